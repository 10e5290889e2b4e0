package org.dandang.engine;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A decision table and rows for it, made from a seed; bounds and missing values are frequent. */
final class GeneratedTable {
  static final Map<String, ColumnType> COLUMNS = columns();
  private static final List<String> TEXTS = List.of("甲", "b", "it's", "\\u0041", "");

  private final Random random;
  final String hitPolicy;
  final byte[] xml;

  GeneratedTable(long seed) {
    random = new Random(seed);
    hitPolicy = random.nextInt(3) == 0 ? "UNIQUE" : "FIRST";
    xml = model().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, ColumnType> columns() {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    columns.put("months-served", ColumnType.integer(true));
    columns.put("分数", ColumnType.decimal(9, 2, true));
    columns.put("last grade", ColumnType.of(FeelType.STRING, true));
    columns.put("serving", ColumnType.of(FeelType.BOOLEAN, true));
    columns.put("since", ColumnType.of(FeelType.DATE, true));
    columns.put("threshold", ColumnType.integer(false));
    return columns;
  }

  List<Map<String, Object>> rows(int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("months-served", missing() ? null : BigDecimal.valueOf(random.nextInt(9) - 1));
      row.put("分数", missing() ? null : new BigDecimal(number()));
      row.put("last grade", missing() ? null : text(random.nextInt(TEXTS.size())));
      row.put("serving", missing() ? null : random.nextBoolean());
      row.put("since", missing() ? null : day());
      row.put("threshold", BigDecimal.valueOf(random.nextInt(6)));
      rows.add(row);
    }
    return rows;
  }

  private static String text(int index) {
    return TEXTS.get(index).equals("\\u0041") ? "A" : TEXTS.get(index);
  }

  private boolean missing() {
    return random.nextInt(5) == 0;
  }

  private String number() {
    return BigDecimal.valueOf(random.nextInt(900) - 100, 2).toPlainString();
  }

  private LocalDate day() {
    return LocalDate.of(2019 + random.nextInt(2), 1 + random.nextInt(2), 27 + random.nextInt(2));
  }

  private String model() {
    StringBuilder xml =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:generated">
            """);
    COLUMNS.forEach(
        (name, type) ->
            xml.append(
                "<inputData id=\"i%d\" name=\"%s\"><variable name=\"%s\" typeRef=\"%s\"/></inputData>%n"
                    .formatted(
                        List.copyOf(COLUMNS.keySet()).indexOf(name),
                        name,
                        name,
                        type.type().name().toLowerCase(java.util.Locale.ROOT))));
    xml.append("<decision id=\"d\" name=\"d\"><variable name=\"d\" typeRef=\"string\"/>\n");
    for (int i = 0; i < COLUMNS.size(); i++) {
      xml.append(
          "<informationRequirement id=\"r%d\"><requiredInput href=\"#i%d\"/></informationRequirement>%n"
              .formatted(i, i));
    }
    xml.append("<decisionTable id=\"t\" hitPolicy=\"").append(hitPolicy).append("\">\n");
    List<String> names = new ArrayList<>(COLUMNS.keySet());
    names.remove("threshold");
    names.add("months-served - threshold * 2");
    for (String name : names) {
      xml.append("<input><inputExpression><text>")
          .append(name)
          .append("</text></inputExpression></input>\n");
    }
    xml.append("<output name=\"o\" typeRef=\"string\"/>\n");
    int rules = 1 + random.nextInt(6);
    for (int rule = 1; rule <= rules; rule++) {
      xml.append("<rule id=\"rule-").append(rule).append("\">");
      for (int column = 0; column < names.size(); column++) {
        xml.append("<inputEntry><text>")
            .append(escaped(random.nextInt(5) < 3 ? "-" : cell(column)))
            .append("</text></inputEntry>");
      }
      xml.append("<outputEntry><text>\"o")
          .append(random.nextInt(3))
          .append("\"</text></outputEntry></rule>\n");
    }
    return xml.append("</decisionTable></decision></definitions>").toString();
  }

  private String cell(int column) {
    String tests = test(column);
    for (int more = random.nextInt(3); more > 0; more--) {
      tests += ", " + test(column);
    }
    return random.nextInt(5) == 0 ? "not(" + tests + ")" : tests;
  }

  private String test(int column) {
    if (random.nextInt(8) == 0) {
      return "null";
    }
    return switch (column) {
      case 2 -> "\"" + TEXTS.get(random.nextInt(TEXTS.size())) + "\"";
      case 3 -> Boolean.toString(random.nextBoolean());
      case 4 -> range("date(\"" + day() + "\")", "date(\"2020-02-28\")");
      case 0 ->
          range(
              random.nextInt(3) == 0 ? "threshold" : "" + (random.nextInt(9) - 1),
              "" + (7 + random.nextInt(3)));
      default -> range(number(), "" + (8 + random.nextInt(3)));
    };
  }

  private String range(String low, String high) {
    return switch (random.nextInt(8)) {
      case 0 -> "< " + low;
      case 1 -> "<= " + low;
      case 2 -> "> " + low;
      case 3 -> ">= " + low;
      case 4 -> "[" + low + ".." + high + "]";
      case 5 -> "(" + low + ".." + high + ")";
      case 6 -> "!= " + low;
      default -> low;
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
