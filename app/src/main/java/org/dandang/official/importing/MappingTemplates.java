package org.dandang.official.importing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.dandang.official.ImportTemplates;
import org.dandang.official.Mappings;
import org.dandang.official.register.Field;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.stereotype.Component;

@Component
class MappingTemplates implements ImportTemplates {
  private static final int ROWS_WITH_LISTS = 5_000;

  private final Mappings mappings;

  MappingTemplates(Mappings mappings) {
    this.mappings = mappings;
  }

  @Override
  public void write(String name, Locale language, OutputStream out) throws IOException {
    MappingDefinition mapping = (MappingDefinition) mappings.named(name);
    try (Workbook workbook = new Workbook(out, "Dandang", "1.0")) {
      Worksheet sheet =
          workbook.newWorksheet(mapping.title(language).replaceAll("[\\[\\]:*?/\\\\]", " "));
      Worksheet lists = null;
      int listColumn = 0;
      int column = 0;
      Set<String> headers = new LinkedHashSet<>();
      List<Map.Entry<String, Field>> columns = new ArrayList<>();
      if (mapping.key() != null) {
        headers.add(header(mapping.key(), language));
        sheet.value(0, column++, header(mapping.key(), language));
      }
      for (Map.Entry<Field, FieldRule> feed : mapping.feeds().entrySet()) {
        FieldRule rule = feed.getValue();
        if (rule.constant() != null || !headers.add(header(rule, language))) {
          continue;
        }
        sheet.value(0, column, header(rule, language) + (rule.required() ? "*" : ""));
        if (feed.getKey().closed()) {
          List<String> words = words(feed.getKey());
          if (lists == null) {
            lists = workbook.newWorksheet("…");
          }
          for (int i = 0; i < words.size(); i++) {
            lists.value(i, listColumn, words.get(i));
          }
          sheet
              .range(1, column, ROWS_WITH_LISTS, column)
              .validateWithList(lists.range(0, listColumn, words.size() - 1, listColumn))
              .allowBlank(true);
          listColumn++;
        }
        columns.add(Map.entry(header(rule, language), feed.getKey()));
        column++;
      }
      for (int i = 0; i < column; i++) {
        sheet.style(0, i).bold().set();
        sheet.width(i, 16);
      }
      sheet.freezePane(0, 1);
      if (lists != null) {
        lists.setVisibilityState(org.dhatim.fastexcel.VisibilityState.HIDDEN);
      }
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
