package org.dandang.protection.library;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A case of the library; it names nobody.
 *
 * @param pack under whose rules it was determined; its words say what the answers mean
 * @param situation word of the positive list; null where none was found
 * @param outcome {@code tolerate} or {@code lighter}
 * @param answers the answers the rules looked at, by field
 * @param state {@code draft}, {@code published}, {@code taken-back}
 * @param why why it is typical, or why it was taken back; empty for a draft
 * @param leftIn what was found in it and a person confirmed that it tells nobody's identity
 */
public record TypicalCase(
    long id,
    String title,
    String text,
    String pack,
    @Nullable String situation,
    String outcome,
    Map<String, String> answers,
    int year,
    String state,
    String why,
    Set<String> leftIn) {
  public TypicalCase {
    answers = new TreeMap<>(answers);
    leftIn = Set.copyOf(leftIn);
  }
}
