package org.dandang.policy.fact;

/**
 * A kind of subject, registered by the module that keeps them.
 *
 * @param id as packs and facts name it: {@code official}
 * @param view published view of all of them, with columns {@code subject bigint, label text, key
 *     text}
 * @param page path of a subject's own page, followed by its number
 */
public record SubjectKind(String id, String view, String page) {
  public SubjectKind {
    if (!view.matches("[a-z_]+\\.[a-z_]+")) {
      throw new IllegalArgumentException("a view of a module's schema: " + view);
    }
  }
}
