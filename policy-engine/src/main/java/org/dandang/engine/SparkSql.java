package org.dandang.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Spark's SQL, version 4, in ANSI mode and without loss of precision in decimal operations. */
final class SparkSql extends DuckDbSql {

  @Override
  public String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  @Override
  public String relationOf(String source) {
    if (source.toLowerCase(Locale.ROOT).endsWith(".parquet")) {
      return "parquet." + name(source);
    }
    return Arrays.stream(source.split("\\.")).map(this::name).collect(Collectors.joining("."));
  }

  @Override
  public String type(PlanType type) {
    String duckDb = super.type(type);
    return switch (duckDb) {
      case "VARCHAR" -> "STRING";
      case "HUGEINT" -> "DECIMAL(38,0)";
      default -> duckDb;
    };
  }

  @Override
  String wide(int whole, int scale) {
    String type = super.wide(whole, scale);
    return type.equals("HUGEINT") ? "DECIMAL(38,0)" : type;
  }

  @Override
  public String rowType(int rows) {
    return "INT";
  }

  @Override
  public String list(List<String> parts) {
    return "array(" + String.join(", ", parts) + ")";
  }

  @Override
  public String present(String list) {
    return "filter(" + list + ", n -> n IS NOT NULL)";
  }

  @Override
  public String least(String list) {
    return "array_min(" + list + ")";
  }

  @Override
  public String greatest(String list) {
    return "array_max(" + list + ")";
  }

  @Override
  String spelledOut(String column) {
    return name(column);
  }

  @Override
  String asText(String value) {
    return "CAST(" + value + " AS STRING)";
  }

  @Override
  String withoutEnd(String text, String character) {
    return "trim(TRAILING '" + character + "' FROM " + text + ")";
  }

  @Override
  String divided(String number, String by) {
    return "(" + number + " div " + by + ")";
  }

  @Override
  String startsWith(String text, String start) {
    return "startswith(" + text + ", " + start + ")";
  }

  @Override
  String endsWith(String text, String end) {
    return "endswith(" + text + ", " + end + ")";
  }

  @Override
  String weekday(String day) {
    return "(weekday(" + day + ") + 1)";
  }

  @Override
  String dayNumber(String day) {
    return "CAST(datediff(" + day + ", DATE '1970-01-01') AS BIGINT)";
  }

  @Override
  String dayAt(String number) {
    return "date_add(DATE '1970-01-01', CAST(" + number + " AS INT))";
  }

  @Override
  String plusMonths(String day, String months) {
    return "add_months(" + day + ", CAST(" + months + " AS INT))";
  }

  @Override
  String day(String value) {
    return "date_format(" + value + ", 'yyyy-MM-dd')";
  }
}
