package org.dandang.protection.sanction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.Part;
import org.springframework.stereotype.Component;

/** What the packs call their measures, kinds, situations and grades. */
@Component
public class PackWords {
  private final Procedures procedures;
  private final Packs packs;
  private final OfficeCalendar office;

  PackWords(Procedures procedures, Packs packs, OfficeCalendar office) {
    this.procedures = procedures;
    this.packs = packs;
    this.office = office;
  }

  /**
   * The words of one language.
   *
   * @param others of packs without a procedure, by pack
   */
  public record Said(List<Procedure> procedures, Map<String, Properties> others, String language) {
    /** What a pack calls a word of a field; the word itself where the pack is not in force. */
    public String of(String pack, String field, String word) {
      String end = "." + field + "." + word;
      return procedures.stream()
          .filter(procedure -> procedure.pack().equals(pack))
          .flatMap(
              procedure ->
                  procedure
                      .texts()
                      .byLanguage()
                      .getOrDefault(language, Map.of())
                      .entrySet()
                      .stream())
          .filter(text -> text.getKey().startsWith("option.") && text.getKey().endsWith(end))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElseGet(
              () ->
                  others
                      .getOrDefault(pack, new Properties())
                      .getProperty(field + "." + word, word));
    }

    /** What a pack calls something else of it: {@code step.draft}, {@code clause.3}. */
    public String text(String pack, String key) {
      return procedures.stream()
          .filter(procedure -> procedure.pack().equals(pack))
          .map(procedure -> procedure.texts().in(language, key))
          .findFirst()
          .orElse(key);
    }

    /** The title of a pack. */
    public String title(String pack) {
      return procedures.stream()
          .filter(procedure -> procedure.pack().equals(pack))
          .map(procedure -> procedure.title(language))
          .findFirst()
          .orElse(pack);
    }

    /** Packs in force whose procedures enter a register. */
    public List<String> entering(String register) {
      return procedures.stream()
          .filter(
              procedure ->
                  procedure.flow().ends().stream().anyMatch(end -> register.equals(end.enters()))
                      || procedure.flow().steps().stream()
                          .anyMatch(step -> register.equals(step.enters())))
          .map(Procedure::pack)
          .toList();
    }
  }

  /** Those of today in a language. */
  public Said in(String language) {
    Map<String, Properties> others = new HashMap<>();
    for (Pack pack : packs.all()) {
      Properties words = pack.messages().get(language);
      if (pack.holds(Part.Records.class) && words != null) {
        others.put(pack.id(), words);
      }
    }
    return new Said(procedures.on(office.today()), others, language);
  }
}
