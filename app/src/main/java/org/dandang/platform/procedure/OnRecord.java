package org.dandang.platform.procedure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;

/** A kind of subject that matters are about and forms name; the module that keeps them tells. */
public interface OnRecord {
  /** Its word as a kind of field: {@code official}, {@code unit}; described as registers are. */
  String kind();

  /**
   * The number or key in what was written: what stands behind the last dot of a label, or all of
   * it.
   */
  static String key(String written) {
    return written.substring(written.lastIndexOf('·') + 1).strip();
  }

  /**
   * Whom a text means: a number of the register, a code, or a name that only one has.
   *
   * @param account who asks; nothing is found that this account may not see
   */
  Optional<Long> find(String text, SignedIn account);

  /**
   * What a field of a matter about an official offers to choose from, the newest first; nothing
   * where there is nothing to go by.
   *
   * @param official whom the matter is about; null for somebody or something else
   * @param account who asks; all that is offered is found by {@link #find}
   */
  default List<Long> offered(@Nullable Long official, SignedIn account) {
    return List.of();
  }

  /** How each is called; those that are not there are left out. */
  Map<Long, String> labels(Collection<Long> ids);

  /** The unit a matter about it belongs to. */
  Optional<Long> unit(long id);
}
