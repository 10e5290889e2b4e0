package org.dandang.official.importing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.dandang.official.ImportTemplates;
import org.dandang.official.Mappings;
import org.dandang.official.register.Field;
import org.springframework.stereotype.Component;

@Component
class MappingTemplates implements ImportTemplates {
  private final Mappings mappings;

  MappingTemplates(Mappings mappings) {
    this.mappings = mappings;
  }

  @Override
  public void write(String name, Locale language, OutputStream out) throws IOException {
    MappingDefinition mapping = (MappingDefinition) mappings.named(name);
    try (TemplateSheet sheet = new TemplateSheet(mapping.title(language), out)) {
      Set<String> headers = new LinkedHashSet<>();
      if (mapping.key() != null) {
        headers.add(header(mapping.key(), language));
        sheet.column(header(mapping.key(), language), null, List.of());
      }
      mapping
          .feeds()
          .forEach(
              (field, rule) -> {
                if (rule.constant() == null && headers.add(header(rule, language))) {
                  sheet.column(
                      header(rule, language) + (rule.required() ? "*" : ""),
                      null,
                      field.closed() ? words(field) : List.of());
                }
              });
    }
  }

  /** The first header in the office's language, or the first there is. */
  private static String header(FieldRule rule, Locale language) {
    boolean chinese = !"en".equals(language.getLanguage());
    return rule.headers().stream()
        .filter(header -> chinese == header.chars().anyMatch(Character::isIdeographic))
        .findFirst()
        .orElse(rule.headers().getFirst());
  }

  /** The first word of office usage for each value a closed field can store. */
  private static List<String> words(Field field) {
    return field.allowed().stream()
        .map(
            stored ->
                field.words().entrySet().stream()
                    .filter(word -> word.getValue().equals(stored) && !word.getKey().equals(stored))
                    .map(Map.Entry::getKey)
                    .filter(word -> word.chars().anyMatch(Character::isIdeographic))
                    .max(java.util.Comparator.comparingInt(String::length))
                    .orElse(stored))
        .toList();
  }
}
