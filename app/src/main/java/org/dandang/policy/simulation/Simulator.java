package org.dandang.policy.simulation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dandang.engine.Compiled;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.ModelInput;
import org.dandang.engine.ModelTable;
import org.dandang.engine.PopulationRun;
import org.dandang.engine.Progress;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.fact.Grouping;
import org.dandang.policy.pack.OutcomeKind;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.run.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Everybody's facts and present results laid out in one DuckDB, ready to be asked again and again
 * what a change would make of them.
 *
 * <p>The results before are computed once and stand beside the facts. The results after are not
 * kept: each question computes them anew and only counts. Questions are answered one at a time.
 */
public final class Simulator {
  /** Position of a subject's result before in {@link #known}. */
  private static final String BEFORE = "#before";

  private static final String LAID = "#laid";

  /** Hit policies by which one row decides. */
  private static final Set<String> ONE_ROW = Set.of("FIRST", "UNIQUE");

  /** An outcome written down as it is. */
  private static final Pattern LITERAL = Pattern.compile("\"[^\"\\\\]*\"");

  private final Connection connection;
  private final PolicyVersion version;
  private final FactCatalogue catalogue;
  private final List<Grouping> groupings;
  private final boolean slate;
  private final long least;
  private final Map<Integer, Answered> known = new LinkedHashMap<>();
  private final List<List<String>> values = new ArrayList<>();
  private final Map<String, DecisionModel> models = new LinkedHashMap<>();
  private final ReentrantLock asking = new ReentrantLock();
  private long subjects;

  private record Answered(@Nullable String outcome, @Nullable String rule) {}

  private Simulator(
      Connection connection,
      PolicyVersion version,
      FactCatalogue catalogue,
      boolean slate,
      long least) {
    this.connection = connection;
    this.version = version;
    this.catalogue = catalogue;
    this.groupings = catalogue.groupings(version.pack().subject());
    this.slate = slate;
    this.least = least;
  }

  /**
   * Over a table {@code facts} with {@code subject}, the facts of the version's pack and those it
   * groups by.
   *
   * @param slate whether a table {@code facts_after} holds the facts with proposed postings
   * @param least groups smaller than this are withheld
   */
  public static Simulator over(
      Connection connection,
      PolicyVersion version,
      FactCatalogue catalogue,
      boolean slate,
      long least,
      Progress progress) {
    Simulator simulator = new Simulator(connection, version, catalogue, slate, least);
    try {
      simulator.layOut(progress);
    } catch (SQLException e) {
      throw new IllegalStateException("The facts could not be laid out for the simulation.", e);
    }
    return simulator;
  }

  /** The version everything is held against. */
  public PolicyVersion version() {
    return version;
  }

  /** How many are compared. */
  public long subjects() {
    return subjects;
  }

  // ---------------------------------------------------------------- laying out

  private void layOut(Progress progress) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create or replace view \"#people before\" as " + Snapshot.people(version, "facts"));
      PopulationRun.over(connection, "#people before", List.of("subject"))
          .withConstants(version.constants())
          .run(model(version), version.pack().decision(), "#result before", progress);
      statement.execute(
          """
          create or replace table "#known" as
            select row_number() over (order by outcome nulls last, rule nulls last)::integer as code, outcome, rule
              from (select distinct outcome::varchar as outcome, rule from "#result before")
          """);
      try (ResultSet rows = statement.executeQuery("select code, outcome, rule from \"#known\"")) {
        while (rows.next()) {
          known.put(rows.getInt(1), new Answered(rows.getString(2), rows.getString(3)));
        }
      }
      StringBuilder columns = new StringBuilder();
      StringBuilder joins = new StringBuilder();
      for (int g = 0; g < groupings.size(); g++) {
        columns.append(", ").append(group(statement, g)).append(" as \"#g").append(g).append('"');
        if (groupings.get(g).bands().isEmpty()) {
          joins.append(
              " left join \"#values %d\" v%d on v%d.value = b.%s::varchar"
                  .formatted(g, g, g, quoted(groupings.get(g).fact().id())));
        }
      }
      statement.execute(
          """
          create or replace table "%s" as
            select a.*, k.code as "%s"%s
              from %s a join facts b on b.subject = a.subject join "#result before" r on r.subject = a.subject
              join "#known" k on k.outcome is not distinct from r.outcome::varchar and k.rule is not distinct from r.rule%s
          """
              .formatted(LAID, BEFORE, columns, slate ? "facts_after" : "facts", joins));
      statement.execute("drop table \"#result before\"");
      try (ResultSet rows = statement.executeQuery("select count(*) from \"" + LAID + '"')) {
        rows.next();
        subjects = rows.getLong(1);
      }
    }
  }

  /** The number of a subject's group, 0 where the fact is missing. */
  private String group(Statement statement, int g) throws SQLException {
    Grouping grouping = groupings.get(g);
    String column = quoted(grouping.fact().id());
    if (!grouping.bands().isEmpty()) {
      StringBuilder bands = new StringBuilder("case when b." + column + " is null then 0");
      for (int band = 0; band < grouping.bands().size(); band++) {
        bands.append(" when b.").append(column).append(" < ").append(grouping.bands().get(band));
        bands.append(" then ").append(band + 1);
      }
      values.add(
          IntStream.rangeClosed(0, grouping.bands().size()).mapToObj(Integer::toString).toList());
      return bands
          .append(" else ")
          .append(grouping.bands().size() + 1)
          .append(" end::usmallint")
          .toString();
    }
    statement.execute(
        """
        create or replace table "#values %d" as
          select row_number() over (order by value)::usmallint as code, value
            from (select distinct %s::varchar as value from facts where %s is not null)
        """
            .formatted(g, column, column));
    List<String> found = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("select value from \"#values %d\" order by code".formatted(g))) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    values.add(found);
    return "coalesce(v%d.code, 0)::usmallint".formatted(g);
  }

  // ---------------------------------------------------------------- asking

  /**
   * What a version would make of everybody's results.
   *
   * @throws PolicyProblem when its table sees something that is neither a fact at hand nor a
   *     parameter
   */
  public Comparison compare(PolicyVersion after) {
    asking.lock();
    try {
      After asked = after(after, groupColumns());
      Map<Cell, Long> cells = new LinkedHashMap<>();
      Map<GroupCell, Long> byGroup = new LinkedHashMap<>();
      count(asked, after, cells, byGroup);
      return new Comparison(
          version,
          after,
          subjects,
          asked.interpreted(),
          outcomes(cells),
          rules(cells, after),
          transitions(cells),
          grouped(byGroup));
    } catch (SQLException e) {
      throw new IllegalStateException("The change could not be simulated.", e);
    } finally {
      asking.unlock();
    }
  }

  /**
   * Whom a version gives another outcome, or, where the two outcomes are the same, the same by
   * another rule; by outcome before, outcome after, and number.
   *
   * @param transition only this one; null for all whose outcome changes
   */
  public List<Changed> changed(
      PolicyVersion after, Comparison.@Nullable Transition transition, long offset, int atMost) {
    asking.lock();
    try (Statement statement = connection.createStatement()) {
      After asked = after(after, List.of());
      Map<Long, Changed> found = new LinkedHashMap<>();
      String sql =
          "select d.subject, d.\"%s\", d.outcome::varchar, d.rule from (%s) d join \"#known\" k on k.code = d.\"%s\" where %s order by k.outcome nulls last, d.outcome::varchar nulls last, d.subject limit %d offset %d"
              .formatted(BEFORE, asked.sql(), BEFORE, condition(transition), atMost, offset);
      Clauses clauses = new Clauses(model(version), model(after), version.pack().decision());
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          Answered before = Objects.requireNonNull(known.get(rows.getInt(2)));
          String rule = rows.getString(4);
          found.put(
              rows.getLong(1),
              new Changed(
                  rows.getLong(1),
                  new Changed.Answer(
                      before.outcome(), before.rule(), clauses.before(before.rule())),
                  new Changed.Answer(rows.getString(3), rule, clauses.after(rule)),
                  List.of()));
        }
      }
      return explained(found, after);
    } catch (SQLException e) {
      throw new IllegalStateException("The change could not be simulated.", e);
    } finally {
      asking.unlock();
    }
  }

  /**
   * Everybody's result before and after, as a query over this simulator's connection: {@code
   * subject}, outcome and rule of each.
   */
  String everybody(PolicyVersion after) throws SQLException {
    return "select d.subject, k.outcome as outcome_before, k.rule as rule_before, d.outcome::varchar as outcome_after, d.rule as rule_after from (%s) d join \"#known\" k on k.code = d.\"%s\""
        .formatted(after(after, List.of()).sql(), BEFORE);
  }

  /** Runs alone with the connection. */
  <T> T alone(Alone<T> work) throws SQLException {
    asking.lock();
    try {
      return work.on(connection);
    } finally {
      asking.unlock();
    }
  }

  /** Work on a connection. */
  interface Alone<T> {
    T on(Connection connection) throws SQLException;
  }

  private static String condition(Comparison.@Nullable Transition transition) {
    if (transition == null) {
      return "k.outcome is distinct from d.outcome::varchar";
    }
    String condition =
        "k.outcome is not distinct from %s and d.outcome::varchar is not distinct from %s"
            .formatted(text(transition.from()), text(transition.to()));
    return transition.changes() ? condition : condition + " and k.rule is distinct from d.rule";
  }

  /** The results after as a query: the key columns, row, outcome and rule. */
  private record After(String sql, boolean interpreted) {}

  private After after(PolicyVersion after, List<String> groups) throws SQLException {
    Pack pack = after.pack();
    DecisionModel model = model(after);
    refuseWhatIsNotAtHand(model, after);
    List<String> keys = new ArrayList<>(List.of("subject", BEFORE));
    keys.addAll(groups);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create or replace view \"#people after\" as " + Snapshot.people(after, LAID));
      if (after.compile(model, catalogue) instanceof Compiled compiled) {
        return new After(compiled.sql("#people after", keys), false);
      }
      PopulationRun.over(connection, "#people after", keys)
          .withConstants(after.constants())
          .run(model, pack.decision(), "#result after", (done, total) -> true);
      return new After("select * from \"#result after\"", true);
    }
  }

  private void refuseWhatIsNotAtHand(DecisionModel model, PolicyVersion after) {
    if (!model.decisions().contains(after.pack().decision())) {
      throw new PolicyProblem(
          "against-decision",
          after.table().name(),
          after.pack().decision(),
          String.join(", ", model.decisions()));
    }
    Set<String> known = new LinkedHashSet<>(after.pack().facts());
    known.addAll(after.figures().keySet());
    List<String> unknown =
        model.inputs(after.pack().decision()).stream()
            .map(ModelInput::name)
            .filter(name -> !known.contains(name))
            .toList();
    if (!unknown.isEmpty()) {
      throw new PolicyProblem("against-input", after.table().name(), String.join(", ", unknown));
    }
  }

  private List<String> groupColumns() {
    return IntStream.range(0, groupings.size()).mapToObj(g -> "#g" + g).toList();
  }

  private DecisionModel model(PolicyVersion of) {
    return models.computeIfAbsent(
        of.table().name() + Arrays.hashCode(of.model()),
        key -> DecisionModel.read(of.table().name(), of.model()));
  }

  // ---------------------------------------------------------------- counting

  /** Stands for no outcome where a key may not be null. */
  private static final String NONE = "";

  private record Cell(Answered before, Answered after) {}

  private record GroupCell(int grouping, int group, String before, String after) {}

  /** One pass over everybody: by result before and after, and by group and outcome. */
  private void count(
      After asked, PolicyVersion after, Map<Cell, Long> cells, Map<GroupCell, Long> byGroup)
      throws SQLException {
    Map<Integer, String> rules = new LinkedHashMap<>();
    model(after)
        .table(after.pack().decision())
        .ifPresent(table -> table.rows().forEach(row -> rules.put(row.index(), row.id())));
    Map<Integer, String> outcomes = literalOutcomes(after);
    int sizes = groupings.size();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(counting(asked, !outcomes.isEmpty()))) {
      while (rows.next()) {
        long mask = rows.getLong(1);
        Answered before = Objects.requireNonNull(known.get(rows.getInt(2)));
        String outcome = outcomes.isEmpty() ? rows.getString(4) : outcomes.get(rows.getInt(3));
        long count = rows.getLong(5);
        if (mask == (1L << sizes) - 1) {
          cells.merge(
              new Cell(before, new Answered(outcome, rules.get(rows.getInt(3)))), count, Long::sum);
        } else {
          int g = 0;
          while ((mask >> (sizes - 1 - g) & 1) == 1) {
            g++;
          }
          byGroup.merge(
              new GroupCell(g, rows.getInt(6 + g), name(before.outcome()), name(outcome)),
              count,
              Long::sum);
        }
      }
    }
  }

  /**
   * The outcome of each row, where the row is all there is to know: one row decides, and every row
   * writes its outcome down. Counting rows is then enough, and faster than counting texts.
   */
  private Map<Integer, String> literalOutcomes(PolicyVersion after) {
    ModelTable table = model(after).table(after.pack().decision()).orElse(null);
    if (table == null
        || !ONE_ROW.contains(table.hitPolicy())
        || table.outputs().size() != 1
        || !table.outputs().getFirst().defaultValue().isEmpty()
        || !table.rows().stream().allMatch(Simulator::isLiteral)) {
      return Map.of();
    }
    Map<Integer, String> outcomes = new LinkedHashMap<>();
    table.rows().forEach(row -> outcomes.put(row.index(), literal(row)));
    return outcomes;
  }

  private String counting(After asked, boolean rowsOnly) {
    String result = rowsOnly ? "\"row\"" : "outcome";
    StringBuilder sets = new StringBuilder("(\"" + BEFORE + "\", \"row\"");
    sets.append(rowsOnly ? ")" : ", outcome)");
    StringBuilder columns = new StringBuilder();
    for (String group : groupColumns()) {
      sets.append(", (\"").append(group).append("\", \"").append(BEFORE).append("\", ");
      sets.append(result).append(')');
      columns.append(", \"").append(group).append('"');
    }
    return "select %s, \"%s\", \"row\", %s, count(*)%s from (%s) group by grouping sets (%s)"
        .formatted(
            columns.isEmpty() ? "0" : "grouping(" + columns.substring(2) + ")",
            BEFORE,
            rowsOnly ? "null" : "outcome::varchar",
            columns,
            asked.sql(),
            sets);
  }

  private static String name(@Nullable String outcome) {
    return outcome == null ? NONE : outcome;
  }

  private static @Nullable String word(String name) {
    return name.isEmpty() ? null : name;
  }

  private List<Comparison.OutcomeCount> outcomes(Map<Cell, Long> cells) {
    Map<String, long[]> counts = new LinkedHashMap<>();
    version.pack().outcomes().keySet().forEach(outcome -> counts.put(outcome, new long[2]));
    cells.forEach(
        (cell, count) -> {
          counts.computeIfAbsent(name(cell.before().outcome()), o -> new long[2])[0] += count;
          counts.computeIfAbsent(name(cell.after().outcome()), o -> new long[2])[1] += count;
        });
    return counts.entrySet().stream()
        .map(e -> new Comparison.OutcomeCount(word(e.getKey()), e.getValue()[0], e.getValue()[1]))
        .toList();
  }

  private List<Comparison.RuleCount> rules(Map<Cell, Long> cells, PolicyVersion after) {
    DecisionModel now = model(version);
    DecisionModel then = model(after);
    Map<Answered, long[]> counts = new LinkedHashMap<>();
    for (DecisionModel model : List.of(now, then)) {
      model
          .table(version.pack().decision())
          .ifPresent(
              table ->
                  table.rows().stream()
                      .filter(Simulator::isLiteral)
                      .forEach(
                          row ->
                              counts.computeIfAbsent(
                                  new Answered(literal(row), row.id()), rule -> new long[2])));
    }
    cells.forEach(
        (cell, count) -> {
          counts.computeIfAbsent(cell.before(), rule -> new long[2])[0] += count;
          counts.computeIfAbsent(cell.after(), rule -> new long[2])[1] += count;
        });
    Clauses clauses = new Clauses(now, then, version.pack().decision());
    return counts.entrySet().stream()
        .map(
            e ->
                new Comparison.RuleCount(
                    e.getKey().rule(),
                    e.getKey().outcome(),
                    clauses.before(e.getKey().rule()),
                    clauses.after(e.getKey().rule()),
                    e.getValue()[0],
                    e.getValue()[1]))
        .toList();
  }

  /** Whether a row writes its outcome down, and does not compute it. */
  private static boolean isLiteral(ModelTable.Row row) {
    return row.outputs().size() == 1 && LITERAL.matcher(row.outputs().getFirst()).matches();
  }

  private static String literal(ModelTable.Row row) {
    return row.outputs().getFirst().replace("\"", "");
  }

  private List<Comparison.Transition> transitions(Map<Cell, Long> cells) {
    Map<List<String>, long[]> counts = new LinkedHashMap<>();
    cells.forEach(
        (cell, count) -> {
          long[] sums =
              counts.computeIfAbsent(
                  List.of(name(cell.before().outcome()), name(cell.after().outcome())),
                  transition -> new long[2]);
          sums[0] += count;
          sums[1] += Objects.equals(cell.before().rule(), cell.after().rule()) ? 0 : count;
        });
    List<String> order = new ArrayList<>(version.pack().outcomes().keySet());
    order.add(NONE);
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<List<String>, long[]> e) -> order.indexOf(e.getKey().getFirst()))
                .thenComparing(e -> order.indexOf(e.getKey().getLast())))
        .map(
            e ->
                new Comparison.Transition(
                    word(e.getKey().getFirst()),
                    word(e.getKey().getLast()),
                    e.getValue()[0],
                    e.getValue()[1]))
        .toList();
  }

  // ---------------------------------------------------------------- groups

  private static final class Counted {
    final Map<String, Long> before = new LinkedHashMap<>();
    final Map<String, Long> after = new LinkedHashMap<>();
    long people;
  }

  private List<Comparison.Grouped> grouped(Map<GroupCell, Long> cells) {
    List<Comparison.Grouped> all = new ArrayList<>();
    for (int g = 0; g < groupings.size(); g++) {
      SortedMap<Integer, Counted> counted = new TreeMap<>();
      for (Map.Entry<GroupCell, Long> cell : cells.entrySet()) {
        if (cell.getKey().grouping() == g) {
          Counted group = counted.computeIfAbsent(cell.getKey().group(), code -> new Counted());
          group.people += cell.getValue();
          group.before.merge(cell.getKey().before(), cell.getValue(), Long::sum);
          group.after.merge(cell.getKey().after(), cell.getValue(), Long::sum);
        }
      }
      all.add(new Comparison.Grouped(groupings.get(g), groups(g, counted)));
    }
    return all;
  }

  private List<Comparison.Group> groups(int grouping, SortedMap<Integer, Counted> counted) {
    // Those of whom nothing is on record come last.
    List<Integer> codes = new ArrayList<>(counted.keySet());
    if (codes.remove(Integer.valueOf(0))) {
      codes.add(0);
    }
    List<Counted> groups = codes.stream().map(counted::get).toList();
    Set<Integer> withheld =
        Fairness.withheld(
            groups.stream()
                .map(
                    group ->
                        Math.min(
                            group.people,
                            Math.min(
                                counts(group.before).applies(), counts(group.after).applies())))
                .toList(),
            least);
    List<Integer> shown =
        IntStream.range(0, groups.size()).filter(i -> !withheld.contains(i)).boxed().toList();
    List<Fairness.Rate> before =
        Fairness.rates(shown.stream().map(i -> counts(groups.get(i).before)).toList());
    List<Fairness.Rate> after =
        Fairness.rates(shown.stream().map(i -> counts(groups.get(i).after)).toList());
    List<Comparison.Group> result = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      int code = codes.get(i);
      String value = code == 0 ? null : values.get(grouping).get(code - 1);
      int at = shown.indexOf(i);
      result.add(
          new Comparison.Group(
              value,
              at < 0
                  ? null
                  : new Comparison.Shares(
                      groups.get(i).people,
                      groups.get(i).before,
                      groups.get(i).after,
                      before.get(at),
                      after.get(at))));
    }
    return result;
  }

  /** Favourable outcomes among those to whom the policy applies. */
  private Fairness.Counts counts(Map<String, Long> outcomes) {
    long favourable = 0;
    long applies = 0;
    for (Map.Entry<String, Long> outcome : outcomes.entrySet()) {
      OutcomeKind kind = version.pack().outcomes().get(outcome.getKey());
      if (kind != null && kind != OutcomeKind.NOT_APPLICABLE) {
        applies += outcome.getValue();
      }
      if (kind == OutcomeKind.MET) {
        favourable += outcome.getValue();
      }
    }
    return new Fairness.Counts(favourable, applies);
  }

  // ---------------------------------------------------------------- why

  private List<Changed> explained(Map<Long, Changed> found, PolicyVersion after)
      throws SQLException {
    Map<Long, Map<String, @Nullable Object>> was = facts("facts", found.keySet());
    Map<Long, Map<String, @Nullable Object>> is =
        slate ? facts("facts_after", found.keySet()) : was;
    Causes causes = new Causes(version, after, model(after));
    List<Changed> explained = new ArrayList<>();
    for (Changed changed : found.values()) {
      explained.add(
          new Changed(
              changed.subject(),
              changed.before(),
              changed.after(),
              causes.of(
                  changed,
                  Objects.requireNonNull(was.get(changed.subject())),
                  Objects.requireNonNull(is.get(changed.subject())))));
    }
    return explained;
  }

  private Map<Long, Map<String, @Nullable Object>> facts(String table, Set<Long> of)
      throws SQLException {
    Map<Long, Map<String, @Nullable Object>> facts = new LinkedHashMap<>();
    if (of.isEmpty()) {
      return facts;
    }
    String numbers = of.stream().map(String::valueOf).collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select * from " + table + " where subject in (" + numbers + ")")) {
      while (rows.next()) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int column = 2; column <= rows.getMetaData().getColumnCount(); column++) {
          values.put(rows.getMetaData().getColumnLabel(column), rows.getObject(column));
        }
        facts.put(rows.getLong(1), values);
      }
    }
    return facts;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String text(@Nullable String value) {
    return value == null ? "null" : "'" + value.replace("'", "''") + "'";
  }
}
