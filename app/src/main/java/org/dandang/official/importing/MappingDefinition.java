package org.dandang.official.importing;

import java.util.Locale;
import java.util.Map;
import org.dandang.official.Mapping;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as it was read and found well-formed.
 *
 * @param key the official's key; null where the rows speak of units only
 * @param createOfficials whether an official nobody knows yet is created or refuses the row
 * @param units what happens to units a posting names
 * @param feeds in the order of {@link Field}
 * @param mostCommonUnit of several descriptions of a unit in one file the most common one is taken;
 *     otherwise a second, different one is refused
 * @param blanksKeep a blank says nothing and keeps what the register has; otherwise it says that
 *     there is no such value
 */
record MappingDefinition(
    String id,
    Map<String, String> titles,
    String source,
    @Nullable String sheet,
    @Nullable FieldRule key,
    boolean createOfficials,
    Units units,
    Map<Field, FieldRule> feeds,
    boolean mostCommonUnit,
    boolean blanksKeep)
    implements Mapping {

  /**
   * @param create whether a unit nobody knows yet is created or refuses the row
   * @param under the unit under which units without a parent are put; null for none
   */
  record Units(boolean create, String kind, String level, @Nullable Root under) {}

  record Root(String code, String name, String kind, String level) {}

  boolean feeds(Register register) {
    return feeds.keySet().stream().anyMatch(field -> field.register() == register);
  }

  @Override
  public String title(Locale language) {
    String tag =
        "en".equals(language.getLanguage())
            ? "en"
            : "Hant".equals(language.getScript()) || "TW".equals(language.getCountry())
                ? "zh-Hant"
                : "zh-CN";
    return titles.getOrDefault(tag, id);
  }

  @Override
  public Mapping withSource(String other) {
    MappingReader.checkSource(other);
    return new MappingDefinition(
        id, titles, other, sheet, key, createOfficials, units, feeds, mostCommonUnit, blanksKeep);
  }
}
