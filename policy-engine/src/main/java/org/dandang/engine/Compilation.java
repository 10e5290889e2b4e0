package org.dandang.engine;

import java.util.List;

/** What compiling a decision came to. */
public sealed interface Compilation permits Compiled, Compilation.NotCompilable {

  /**
   * The decision cannot be compiled exactly for these columns. It can still be interpreted.
   *
   * @param refusals every construct that stands in the way, with its cell
   */
  record NotCompilable(List<Refusal> refusals) implements Compilation {
    public NotCompilable {
      refusals = List.copyOf(refusals);
    }
  }
}
