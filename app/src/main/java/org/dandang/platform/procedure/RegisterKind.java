package org.dandang.platform.procedure;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a kind of register asks of procedures, from {@code registers/<module>/<word>.properties}:
 *
 * <pre>
 * entered=true            procedures enter into it (dandang:enters); false when left out
 * adverse=true            an entry is a disadvantage to the party; false when left out
 * named=true              forms can name what is in it (a kind of field); false when left out
 * field.measure=choice    a field some form of the procedure has, with the kinds it may be of
 * </pre>
 *
 * @param fields kinds of each field an entry is made of, by the field
 */
public record RegisterKind(
    String word, boolean entered, boolean adverse, boolean named, Map<String, Set<String>> fields) {
  private static final String FIELD = "field.";

  public RegisterKind {
    fields = Map.copyOf(fields);
  }

  /**
   * @throws IllegalStateException naming the key that is not known
   */
  static RegisterKind of(String word, Properties text) {
    Map<String, Set<String>> fields = new TreeMap<>();
    for (String key : text.stringPropertyNames()) {
      if (key.startsWith(FIELD)) {
        fields.put(
            key.substring(FIELD.length()),
            new LinkedHashSet<>(Arrays.asList(text.getProperty(key).strip().split("\\s+"))));
      } else if (!Set.of("entered", "adverse", "named").contains(key)) {
        throw new IllegalStateException("registers: " + word + " has an unknown key " + key);
      }
    }
    return new RegisterKind(
        word, is(text, "entered"), is(text, "adverse"), is(text, "named"), fields);
  }

  private static boolean is(Properties text, String key) {
    return Boolean.parseBoolean(text.getProperty(key, "false").strip());
  }
}
