package org.dandang.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.engine.Compilation;
import org.dandang.engine.Compiled;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.Evaluation;
import org.dandang.engine.InputTypes;
import org.dandang.engine.ModelInput;
import org.dandang.engine.ModelTable;
import org.dandang.engine.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Decisions per second over generated rows: one query on DuckDB beside Apache KIE on one thread, in
 * one run. The counts of outcome and row over the rows KIE goes through must be the same both ways.
 *
 * <p>Arguments: the model's file, then any of {@code decision=NAME}, {@code rows=N}, {@code
 * peer=N}, {@code threads=N}, and {@code NAME=NUMBER} for an input that is the same for everybody.
 */
public final class PolicyBench {
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.\"])-?\\d+(?:\\.\\d+)?");
  private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");

  private final Connection connection;
  private final DecisionModel model;
  private final String decision;
  private final Map<String, Object> constants;

  private PolicyBench(
      Connection connection, DecisionModel model, String decision, Map<String, Object> constants) {
    this.connection = connection;
    this.model = model;
    this.decision = decision;
    this.constants = constants;
  }

  public static void main(String[] args) throws IOException, SQLException {
    run(args);
  }

  /** Runs the benchmark and prints its figures. */
  public static void run(String[] args) throws IOException, SQLException {
    Path file = Path.of(args[0]);
    Map<String, String> options = new HashMap<>();
    for (int i = 1; i < args.length; i++) {
      int at = args[i].indexOf('=');
      options.put(args[i].substring(0, at), args[i].substring(at + 1));
    }
    long rows = Long.parseLong(options.getOrDefault("rows", "10000000"));
    long peer = Long.parseLong(options.getOrDefault("peer", "200000"));
    int threads = Integer.parseInt(options.getOrDefault("threads", "2"));
    DecisionModel model =
        DecisionModel.read(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    String decision =
        options.getOrDefault("decision", model.tables().get(model.tables().size() - 1).name());
    Map<String, Object> constants = new LinkedHashMap<>();
    for (ModelInput input : model.inputs(decision)) {
      String constant = options.get(input.name());
      if (constant != null) {
        constants.put(input.name(), new BigDecimal(constant));
      }
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + threads);
      new PolicyBench(connection, model, decision, constants).run(statement, rows, peer, threads);
    }
  }

  private void run(Statement statement, long rows, long peer, int threads) throws SQLException {
    generate(statement, rows);
    InputTypes types = InputTypes.of(connection, "people").withConstants(constants);
    Compilation compilation = model.compile(decision, types);
    if (!(compilation instanceof Compiled compiled)) {
      throw new IllegalStateException(
          "not compiled: " + ((Compilation.NotCompilable) compilation).refusals());
    }
    ModelTable table = model.table(decision).orElseThrow();
    print(
        "%s: %,d rows × %d inputs (%d of them constants) × %d rules, %d threads",
        decision,
        rows,
        model.inputs(decision).size(),
        constants.size(),
        table.rows().size(),
        threads);

    Map<String, Long> interpretedCounts = new TreeMap<>();
    double kie = peer(peer, interpretedCounts);
    print("Apache KIE DMN, one thread:                   %,14.0f decisions/s over %,d", kie, peer);
    check(statement, compiled, peer, interpretedCounts);

    double counted = best(rows, () -> drain(statement, compiled.countingSql("people")));
    print(
        "compiled, counts by matched row (and outcome): %,13.0f decisions/s   %,.0f× KIE",
        counted, counted / kie);
    double kept =
        best(
            rows,
            () ->
                drain(
                    statement,
                    "CREATE OR REPLACE TABLE result AS " + compiled.sql("people", List.of("id"))));
    print(
        "compiled, kept for everybody:                  %,13.0f decisions/s   %,.0f× KIE",
        kept, kept / kie);
    print("resident: %,d MiB", resident());
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static long resident() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D+", "")) / 1024;
        }
      }
    } catch (IOException e) {
      return -1;
    }
    return -1;
  }

  private static double best(long rows, LongSupplier work) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      if (work.getAsLong() < 0) {
        throw new IllegalStateException("nothing was counted");
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return rows * 1e9 / best;
  }

  private static long drain(Statement statement, String sql) {
    try {
      long seen = 0;
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            seen += result.getLong(2);
          }
        }
      }
      return seen;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---------------------------------------------------------------- the peer

  private double peer(long rows, Map<String, Long> counts) throws SQLException {
    List<String> names =
        model.inputs(decision).stream()
            .map(ModelInput::name)
            .filter(n -> !constants.containsKey(n))
            .toList();
    List<Map<String, @Nullable Object>> subjects = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT "
                    + String.join(", ", names.stream().map(n -> '"' + n + '"').toList())
                    + " FROM people WHERE id < "
                    + rows)) {
      while (result.next()) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(constants);
        for (int i = 0; i < names.size(); i++) {
          values.put(names.get(i), result.getObject(i + 1));
        }
        subjects.add(values);
      }
    }
    for (int i = 0; i < Math.min(30_000, subjects.size()); i++) {
      model.evaluate(decision, subjects.get(i));
    }
    long start = System.nanoTime();
    for (Map<String, @Nullable Object> subject : subjects) {
      counts.merge(describe(model.evaluate(decision, subject)), 1L, Long::sum);
    }
    return subjects.size() * 1e9 / (System.nanoTime() - start);
  }

  private static String describe(Evaluation evaluation) {
    if (!(evaluation.outcome() instanceof Outcome.Value value)) {
      return "failed";
    }
    return evaluation
            .ownHits()
            .filter(h -> h.decided().size() == 1)
            .map(h -> Integer.toString(h.decided().get(0).row()))
            .orElse("none")
        + " "
        + value.value();
  }

  private void check(Statement statement, Compiled compiled, long peer, Map<String, Long> expected)
      throws SQLException {
    statement.execute("CREATE OR REPLACE VIEW sample AS SELECT * FROM people WHERE id < " + peer);
    Map<String, Long> counts = new TreeMap<>();
    try (ResultSet result =
        statement.executeQuery(
            "SELECT failed, \"row\", \""
                + compiled.outcomeColumns().get(0)
                + "\", count(*) FROM ("
                + compiled.sql("sample", List.of())
                + ") GROUP BY ALL")) {
      while (result.next()) {
        String row = result.getString(2);
        String key =
            result.getBoolean(1)
                ? "failed"
                : (row == null ? "none" : row) + " " + result.getString(3);
        counts.merge(key, result.getLong(4), Long::sum);
      }
    }
    if (!counts.equals(expected)) {
      throw new IllegalStateException("compiled " + counts + " but interpreted " + expected);
    }
    print("same counts of row and outcome both ways: %s", counts);
  }

  // ---------------------------------------------------------------- the rows

  /** Columns for all inputs that are not constants, from what the model says about them. */
  private void generate(Statement statement, long rows) throws SQLException {
    List<String> columns = new ArrayList<>();
    int salt = 0;
    for (ModelInput input : model.inputs(decision)) {
      if (!constants.containsKey(input.name())) {
        columns.add(column(input, ++salt) + " AS \"" + input.name() + '"');
      }
    }
    statement.execute(
        "CREATE OR REPLACE TABLE people AS SELECT CAST(i AS INTEGER) AS id, "
            + String.join(", ", columns)
            + " FROM range("
            + rows
            + ") t(i)");
  }

  private String column(ModelInput input, int salt) {
    String texts = texts(input);
    String draw = "hash(i * 31 + " + salt + ")";
    String missing = "CASE WHEN hash(i * 17 + " + salt + ") % 25 = 0 THEN NULL ELSE ";
    return switch (input.type()) {
      case "boolean" -> missing + draw + " % 2 = 0 END";
      case "string" -> {
        TreeSet<String> values = new TreeSet<>();
        Matcher matcher = STRING.matcher(texts);
        while (matcher.find()) {
          values.add("'" + matcher.group(1).replace("'", "''") + "'");
        }
        if (values.isEmpty()) {
          values.add("'any'");
        }
        String list = String.join(", ", values);
        yield "CAST("
            + missing
            + "["
            + list
            + "][CAST(1 + "
            + draw
            + " % "
            + values.size()
            + " AS INTEGER)] END AS ENUM("
            + list
            + "))";
      }
      case "date" -> missing + "DATE '2000-01-01' + CAST(" + draw + " % 9000 AS INTEGER) END";
      default -> {
        BigDecimal most = BigDecimal.TEN;
        boolean whole = true;
        Matcher matcher = NUMBER.matcher(texts);
        while (matcher.find()) {
          BigDecimal number = new BigDecimal(matcher.group());
          most = most.max(number);
          whole &= number.scale() <= 0;
        }
        for (Object constant : constants.values()) {
          most = constant instanceof BigDecimal c ? most.max(c) : most;
        }
        long span = most.multiply(BigDecimal.valueOf(whole ? 1.3 : 13)).longValue() + 1;
        yield whole
            ? "CAST(" + missing + draw + " % " + span + " END AS SMALLINT)"
            : "CAST("
                + missing
                + "CAST("
                + draw
                + " % "
                + span
                + " AS DECIMAL(8,0)) / 10 END AS DECIMAL(8,1))";
      }
    };
  }

  /** Everything the model says of an input: its allowed values and the tests of its columns. */
  private String texts(ModelInput input) {
    var texts = new StringBuilder(String.join(" ", input.allowedValues()));
    for (ModelTable table : model.tables()) {
      for (int c = 0; c < table.inputs().size(); c++) {
        if (table.inputs().get(c).expression().equals(input.name())) {
          int column = c;
          texts.append(' ').append(table.inputs().get(c).allowedValues());
          table.rows().forEach(r -> texts.append(' ').append(r.tests().get(column)));
        }
      }
    }
    return texts.toString();
  }
}
