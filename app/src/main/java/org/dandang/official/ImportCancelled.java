package org.dandang.official;

/** Somebody asked to stop; nothing of the file was stored. */
public final class ImportCancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ImportCancelled() {
    super("cancelled; nothing was stored");
  }
}
