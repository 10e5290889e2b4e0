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
 * @param within published view of those within the jurisdiction of whoever asks, with the column
 *     {@code subject}; of people row-level security makes {@code view} one
 */
public record SubjectKind(String id, String view, String page, boolean people, String within) {
  private static final String NAME = "[a-z_]+\\.[a-z_]+";

  /** People. */
  public static SubjectKind ofPeople(String id, String view, String page) {
    return new SubjectKind(id, view, page, true, view);
  }

  /** A kind whose subjects are no people. */
  public static SubjectKind ofThings(String id, String view, String page, String within) {
    return new SubjectKind(id, view, page, false, within);
  }

  public SubjectKind {
    if (!view.matches(NAME) || !within.matches(NAME)) {
      throw new IllegalArgumentException("a view of a module's schema: " + view);
    }
  }
}
