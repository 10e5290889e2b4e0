package org.dandang.policy.fact;

/**
 * A kind of subject, registered by the module that keeps them.
 *
 * @param id as packs and facts name it: {@code official}
 * @param view published view of all of them, with columns {@code subject bigint, label text, key
 *     text}
 * @param page path of a subject's own page, followed by its number
 * @param people whether a subject is a person: what is asked about one is held to what the reader
 *     may see. Figures about units and the like count everybody, whoever asks
 */
public record SubjectKind(String id, String view, String page, boolean people) {
  /** A kind whose subjects are no people. */
  public SubjectKind(String id, String view, String page) {
    this(id, view, page, false);
  }

  public SubjectKind {
    if (!view.matches("[a-z_]+\\.[a-z_]+")) {
      throw new IllegalArgumentException("a view of a module's schema: " + view);
    }
  }
}
