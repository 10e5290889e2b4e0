package org.dandang.platform.storage;

/** The data folder or database cannot be used; the message says in one line what to do. */
public final class StorageProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageProblem(String whatToDo) {
    super(inOneLine(whatToDo));
  }

  public StorageProblem(String whatToDo, Throwable cause) {
    super(inOneLine(whatToDo), cause);
  }

  /** What a database says may run over several. */
  private static String inOneLine(String words) {
    return words.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
