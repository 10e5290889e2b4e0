package org.dandang.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dandang.engine.Compiled;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.Evaluation;
import org.dandang.engine.ModelInput;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * Decisions per second of the front-line priority pack over generated officials: compiled on two
 * threads, beside Apache KIE DMN interpreting the same table on one, in one run. Outcome and
 * matched rule are counted on both sides over the same rows and must agree.
 */
public final class PolicyBench {
  private static final String PACK = "guizhou/front-line-priority";
  private static final double WANTED = 300;

  /** Rows made ready at a time; only the asking is timed. */
  private static final long BATCH = 100_000;

  private PolicyBench() {}

  /**
   * @param arguments rows compiled (default 10,000,000), rows of them interpreted too (default all)
   */
  public static void run(String[] arguments) throws Exception {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    long interpreted = arguments.length > 1 ? Math.min(rows, Long.parseLong(arguments[1])) : rows;
    Pack pack =
        new Packs(Path.of(System.getProperty("dandang.home", "."), "packs"))
            .find(PACK)
            .orElseThrow();
    PolicyVersion version = PolicyVersion.of(pack, LocalDate.of(2026, 6, 30));
    DecisionModel model = DecisionModel.read(version.table().name(), version.model());
    if (!(version.compile(model, FactCatalogue.ofTheProgram()) instanceof Compiled compiled)) {
      throw new IllegalStateException(PACK + " does not compile");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set threads = 2");
      System.err.printf("generating %,d officials …%n", rows);
      statement.execute(people(rows, version));
      double counted = best(() -> counts(connection, compiled, "people"));
      double kept = best(() -> kept(connection, compiled));
      System.err.printf("interpreting %,d of them …%n", interpreted);
      ask(model, pack, questions(statement, model, pack, 0, Math.min(20_000, interpreted)));
      Map<String, Long> peer = new TreeMap<>();
      double seconds = 0;
      for (long from = 0; from < interpreted; from += BATCH) {
        List<Map<String, @Nullable Object>> questions =
            questions(statement, model, pack, from, Math.min(interpreted, from + BATCH));
        long began = System.nanoTime();
        Map<String, Long> counts = ask(model, pack, questions);
        seconds += (System.nanoTime() - began) / 1e9;
        counts.forEach((key, count) -> peer.merge(key, count, Long::sum));
      }
      statement.execute("create view sample as from people where subject < " + interpreted);
      Map<String, Long> same = counts(connection, compiled, "sample");
      boolean agree = same.equals(peer);
      double kie = interpreted / seconds;
      System.out.printf(
          "Apache KIE DMN, one thread         %,14.0f decisions/s (%,d rows)%n", kie, interpreted);
      System.out.printf(
          "compiled, two threads, counted     %,14.0f decisions/s (%,d rows)  %.0f times, at least %.0f wanted%n",
          rows / counted, rows, rows / counted / kie, WANTED);
      System.out.printf(
          "compiled, every result kept        %,14.0f decisions/s (%,d rows)  %.0f times%n",
          rows / kept, rows, rows / kept / kie);
      System.out.printf(
          "outcomes and matched rules over the %,d rows both ran: %s%n",
          interpreted, agree ? "the same" : "DIFFERENT");
      peer.forEach(
          (key, count) ->
              System.out.printf("  %-50s %,12d %,12d%n", key, count, same.getOrDefault(key, 0L)));
      if (!agree || rows / counted / kie < WANTED) {
        System.exit(1);
      }
    }
  }

  private interface Timed {
    Object run() throws SQLException;
  }

  /** The best of five runs, in seconds: a shared machine only ever adds. */
  private static double best(Timed timed) throws SQLException {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long began = System.nanoTime();
      timed.run();
      best = Math.min(best, (System.nanoTime() - began) / 1e9);
    }
    return best;
  }

  private static Map<String, Long> counts(Connection connection, Compiled compiled, String source)
      throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select outcome, rule, count(*) from ("
                    + compiled.sql(source, List.of())
                    + ") group by all")) {
      while (rows.next()) {
        String rule = rows.getString(2);
        counts.put(rows.getString(1) + " by " + (rule == null ? "–" : rule), rows.getLong(3));
      }
    }
    return counts;
  }

  private static long kept(Connection connection, Compiled compiled) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(
          "create or replace table result as " + compiled.sql("people", List.of("subject")));
    }
  }

  private static Map<String, Long> ask(
      DecisionModel model, Pack pack, List<Map<String, @Nullable Object>> questions) {
    Map<String, Long> counts = new TreeMap<>();
    for (Map<String, @Nullable Object> question : questions) {
      Evaluation evaluation = model.evaluate(pack.decision(), question);
      String rule = evaluation.decided().isEmpty() ? "–" : evaluation.decided().getFirst().rule();
      counts.merge(evaluation.value() + " by " + rule, 1L, Long::sum);
    }
    return counts;
  }

  private static List<Map<String, @Nullable Object>> questions(
      Statement statement, DecisionModel model, Pack pack, long from, long to) throws SQLException {
    List<String> inputs = model.inputs(pack.decision()).stream().map(ModelInput::name).toList();
    List<Map<String, @Nullable Object>> questions = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select * from people where subject >= " + from + " and subject < " + to)) {
      while (rows.next()) {
        Map<String, @Nullable Object> question = new LinkedHashMap<>();
        for (String input : inputs) {
          Object value = rows.getObject(input);
          question.put(
              input,
              value instanceof Number number ? new java.math.BigDecimal(number.toString()) : value);
        }
        questions.add(question);
      }
    }
    return questions;
  }

  /** Officials with values on both sides of every threshold and missing ones among them. */
  private static String people(long rows, PolicyVersion version) {
    StringBuilder sql =
        new StringBuilder(
            """
            create table people as select range as subject,
              hash(range) % 20 <> 0 as serving,
              case hash(range, 1) % 20 when 0 then null when 1 then 'basically-competent' when 2 then 'incompetent'
                when 3 then 'not-graded' when 4 then 'outstanding' when 5 then 'outstanding' when 6 then 'outstanding'
                else 'competent' end as "last-annual-grade",
              case when hash(range, 2) % 25 = 0 then null else hash(range, 3) % 120 end::integer as "months-at-post-level",
              case when hash(range, 4) % 3 = 0 then null else hash(range, 5) % 130 end::integer as "front-line-months",
              hash(range, 6) % 5 = 0 as "on-front-line-now",
              case when hash(range, 7) % 10 = 0 then null else hash(range, 8) % 7 end::integer as "hardship-class"
            """);
    version
        .figures()
        .forEach(
            (id, dated) ->
                sql.append(", ")
                    .append(dated.figures().values().iterator().next())
                    .append("::integer as \"")
                    .append(id)
                    .append('"'));
    return sql.append(" from range(").append(rows).append(")").toString();
  }
}
