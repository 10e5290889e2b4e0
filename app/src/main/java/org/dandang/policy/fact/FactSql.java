package org.dandang.policy.fact;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts facts together into one question, for everybody or for one subject. */
final class FactSql {
  private static final Pattern AS_OF = Pattern.compile("(?<!:):as_of\\b");

  /** Stands for the date asked in a statement that is prepared once. */
  static final String ASKED = "cast(? as date)";

  private FactSql() {}

  /** A date as it is written into a statement. */
  static String literal(LocalDate date) {
    return "date '" + date + "'";
  }

  /**
   * One row a subject: {@code subject}, then each fact in the given order.
   *
   * @param population conditions on facts; a subject must satisfy all
   * @param asOf the date as SQL: {@link #literal} or {@link #ASKED}
   */
  static String wide(
      SubjectKind kind, List<Fact> facts, Map<Fact, List<String>> population, String asOf) {
    return wide(kind, facts, population, asOf, "");
  }

  /** The same, each fact followed by the register rows it rests on: {@code official.posting 12}. */
  static String wideWithSources(SubjectKind kind, List<Fact> facts, String asOf) {
    return wide(
        kind, facts, Map.of(), asOf, ", array_agg(distinct register || ' ' || row) as sources");
  }

  private static String wide(
      SubjectKind kind,
      List<Fact> facts,
      Map<Fact, List<String>> population,
      String asOf,
      String besides) {
    StringJoiner columns = new StringJoiner(",\n       ", "select s.subject,\n       ", "\n");
    StringBuilder joins = new StringBuilder("  from " + kind.view() + " s\n");
    StringJoiner conditions = new StringJoiner("\n   and ", " where ", "\n").setEmptyValue("");
    int number = 0;
    for (Fact fact : facts) {
      String alias = "f" + ++number;
      columns.add(value(fact, alias) + " as " + quoted(fact.id()));
      if (!besides.isEmpty()) {
        columns.add(alias + ".sources as sources" + number);
      }
      joins.append(join(fact, alias, asOf, besides));
      List<String> allowed = population.get(fact);
      if (allowed != null) {
        StringJoiner values = new StringJoiner(", ", "(", ")");
        allowed.forEach(text -> values.add("'" + text.replace("'", "''") + "'"));
        conditions.add(value(fact, alias) + "::text in " + values);
      }
    }
    return columns + joins.toString() + conditions;
  }

  /** The register rows behind a fact: {@code subject, register, row} and what it aggregates. */
  static String evidence(Fact fact, String asOf) {
    return dated(fact.evidence(), asOf);
  }

  private static String value(Fact fact, String alias) {
    String value = alias + ".value";
    if (fact.absent() != null) {
      value = "coalesce(" + value + ", " + fact.absent() + ")";
    }
    return "cast(" + value + " as " + fact.type().postgres() + ")";
  }

  private static String join(Fact fact, String alias, String asOf, String besides) {
    return """
             left join (select subject, %s as value%s
                          from (%s) as evidence
                         group by subject) %s on %s.subject = s.subject
           """
        .formatted(dated(fact.value(), asOf), besides, dated(fact.evidence(), asOf), alias, alias);
  }

  private static String dated(String sql, String asOf) {
    return AS_OF.matcher(sql).replaceAll(Matcher.quoteReplacement(asOf));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
