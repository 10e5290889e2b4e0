package org.dandang.platform.procedure;

import java.util.List;

/**
 * Something wrong with a procedure or a form.
 *
 * @param line 1-based line of its file; 0 where a line means nothing
 * @param where the element or field it is about; may be empty
 * @param key under {@code finding.procedure-} in the words of packs
 */
public record Flaw(int line, String where, String key, List<Object> values) {
  public Flaw {
    values = List.copyOf(values);
  }

  static Flaw of(int line, String where, String key, Object... values) {
    return new Flaw(line, where, key, List.of(values));
  }
}
