package org.dandang.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.dandang.engine.Evaluation.Hit;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * Makes a decision for every row of a DuckDB table, view or Parquet file with one column for each
 * input. Compiled where that is exact, else interpreted in parallel, with the same result either
 * way.
 *
 * <p>The result table has the key columns, {@link Compiled#ROW}, the outcome column or columns,
 * {@link Compiled#RULE} and {@link Compiled#FAILED}.
 */
public final class PopulationRun {
  /** Rows fetched with one query: what DuckDB keeps together. */
  private static final int BLOCK = 122_880;

  /** Rows a thread takes at once. */
  private static final int HANDFUL = 512;

  /** In place of a row's number where the decision failed. */
  private static final int FAILED = -1;

  private final Connection connection;
  private final String source;
  private final List<String> keys;
  private final int threads;
  private final Map<String, Object> constants;

  private PopulationRun(
      Connection connection,
      String source,
      List<String> keys,
      int threads,
      Map<String, Object> constants) {
    this.connection = connection;
    this.source = source;
    this.keys = List.copyOf(keys);
    this.threads = threads;
    this.constants = Map.copyOf(constants);
  }

  /** Over a table, a view, or a file that ends in {@code .parquet}; on all processors. */
  public static PopulationRun over(Connection connection, String source, List<String> keyColumns) {
    return new PopulationRun(
        connection, source, keyColumns, Runtime.getRuntime().availableProcessors(), Map.of());
  }

  /** The same on this many threads. */
  public PopulationRun withThreads(int count) {
    return new PopulationRun(connection, source, keys, count, constants);
  }

  /** The same with these inputs the same for everybody; see {@link InputTypes#withConstants}. */
  public PopulationRun withConstants(Map<String, Object> values) {
    return new PopulationRun(connection, source, keys, threads, values);
  }

  /**
   * Runs a decision and keeps the result, replacing a table of that name.
   *
   * @throws IllegalArgumentException if the source has no column for an input that is not constant
   * @throws CancellationException if {@code progress} ended the run; the result table is then
   *     absent
   */
  public RunSummary run(DecisionModel model, String decision, String resultTable, Progress progress)
      throws SQLException {
    withAllColumns(model, decision);
    return switch (model.compile(
        decision, InputTypes.of(connection, source).withConstants(constants))) {
      case Compiled compiled -> compiled(compiled, resultTable, progress);
      case Compilation.NotCompilable not ->
          interpreted(model, decision, resultTable, progress, not.refusals());
    };
  }

  /** Runs interpreted whether or not the decision compiles; otherwise as {@link #run}. */
  public RunSummary runInterpreted(
      DecisionModel model, String decision, String resultTable, Progress progress)
      throws SQLException {
    withAllColumns(model, decision);
    return interpreted(model, decision, resultTable, progress, List.of());
  }

  private void withAllColumns(DecisionModel model, String decision) throws SQLException {
    InputTypes types = InputTypes.of(connection, source);
    List<String> absent =
        model.inputs(decision).stream()
            .map(ModelInput::name)
            .filter(n -> types.column(n).isEmpty() && !constants.containsKey(n))
            .toList();
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          source + " has no column for " + String.join(", ", absent));
    }
  }

  private RunSummary compiled(Compiled compiled, String resultTable, Progress progress)
      throws SQLException {
    long start = System.nanoTime();
    long total = count();
    if (!progress.at(0, total)) {
      throw new CancellationException("cancelled before it began");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + threads);
      Watching watching = new Watching(statement, progress, total);
      try {
        statement.execute(
            "CREATE OR REPLACE TABLE "
                + DuckDbSql.relation(resultTable)
                + " AS "
                + compiled.sql(source, keys));
      } catch (SQLException e) {
        if (watching.cancelled()) {
          throw new CancellationException("cancelled while the query ran");
        }
        throw e;
      } finally {
        watching.end();
      }
    }
    progress.at(total, total);
    return summary(
        resultTable, compiled.rules(), new RunSummary.How.CompiledQuery(), elapsed(start));
  }

  /** Tells how far a query is while it runs and ends it when asked to. */
  private static final class Watching {
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Thread thread;

    Watching(Statement statement, Progress progress, long total) {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (!done.await(200, TimeUnit.MILLISECONDS)) {
                        double part =
                            statement instanceof DuckDBPreparedStatement s
                                ? Math.max(0, s.getQueryProgress().getPercentage())
                                : 0;
                        if (!progress.at((long) (total * part / 100), total)) {
                          cancelled.set(true);
                          statement.cancel();
                        }
                      }
                    } catch (SQLException e) {
                      // The query has ended, or cannot tell how far it is.
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
    }

    boolean cancelled() {
      return cancelled.get();
    }

    void end() {
      done.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Duration elapsed(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private long count() throws SQLException {
    return number("SELECT count(*) FROM " + DuckDbSql.relation(source));
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private RunSummary summary(
      String resultTable, Map<Integer, String> rules, RunSummary.How how, Duration elapsed)
      throws SQLException {
    Map<String, Long> hits = new LinkedHashMap<>();
    rules.values().forEach(r -> hits.put(r, 0L));
    boolean several = InputTypes.of(connection, resultTable).column(Compiled.ROWS).isPresent();
    long rows = 0;
    long unmatched = 0;
    long failed = 0;
    try (Statement statement = connection.createStatement();
        ResultSet counts =
            statement.executeQuery(
                several
                    ? "SELECT nullif(rows, '[]'), failed, count(*) FROM "
                        + DuckDbSql.relation(resultTable)
                        + " GROUP BY 1, 2"
                    : "SELECT \"row\", failed, count(*) FROM "
                        + DuckDbSql.relation(resultTable)
                        + " GROUP BY 1, 2")) {
      while (counts.next()) {
        String decided = counts.getString(1);
        boolean none = decided == null;
        boolean fails = counts.getBoolean(2);
        long count = counts.getLong(3);
        rows += count;
        if (fails) {
          failed += count;
        } else if (none) {
          unmatched += count;
        } else {
          for (String row : String.valueOf(decided).replaceAll("[\\[\\] ]", "").split(",")) {
            hits.merge(rules.getOrDefault(Integer.valueOf(row), "row " + row), count, Long::sum);
          }
        }
      }
    }
    return new RunSummary(rows, hits, rules.isEmpty() ? 0 : unmatched, failed, how, elapsed);
  }

  // ---------------------------------------------------------------- one by one

  private record Subject(long number, Map<String, @Nullable Object> inputs) {}

  private record Answer(
      long number, @Nullable Integer row, List<@Nullable Object> outcome, @Nullable String rows) {}

  private RunSummary interpreted(
      DecisionModel model,
      String decision,
      String resultTable,
      Progress progress,
      List<Refusal> because)
      throws SQLException {
    long start = System.nanoTime();
    List<String> outputs = outputs(model, decision);
    List<String> inputs = new ArrayList<>();
    InputTypes columns = InputTypes.of(connection, source);
    for (ModelInput input : model.inputs(decision)) {
      if (columns.column(input.name()).isPresent() && !constants.containsKey(input.name())) {
        inputs.add(input.name());
      }
    }
    String numbered = "__numbered " + resultTable;
    String answered = "__answered " + resultTable;
    try (Statement statement = connection.createStatement()) {
      List<String> kept = new ArrayList<>(keys);
      inputs.stream().filter(i -> !kept.contains(i)).forEach(kept::add);
      statement.execute(
          "CREATE OR REPLACE TABLE "
              + DuckDbSql.quotedName(numbered)
              + " AS SELECT row_number() OVER () AS __n"
              + String.join("", kept.stream().map(k -> ", " + DuckDbSql.quotedName(k)).toList())
              + " FROM "
              + DuckDbSql.relation(source));
      Path folder = folder();
      try {
        Kinds kinds = new Kinds(outputs.size());
        answer(model, decision, inputs, numbered, folder, outputs, kinds, progress);
        statement.execute(answers(answered, folder, outputs.size()));
        var select = new StringBuilder("CREATE OR REPLACE TABLE ");
        select.append(DuckDbSql.relation(resultTable)).append(" AS SELECT ");
        keys.forEach(k -> select.append("n.").append(DuckDbSql.quotedName(k)).append(", "));
        select.append("nullif(a.\"row\", ").append(FAILED).append(") AS \"row\"");
        for (int o = 0; o < outputs.size(); o++) {
          select
              .append(", CAST(a.o")
              .append(o)
              .append(" AS ")
              .append(kinds.type(o))
              .append(") AS ")
              .append(DuckDbSql.quotedName(Compiled.outcomeColumn(outputs.get(o))));
        }
        select
            .append(", ")
            .append(rule(model, decision))
            .append(" AS rule, ")
            .append(gathers(model, decision) ? "a.rows, " : "")
            .append("a.\"row\" IS NOT DISTINCT FROM ")
            .append(FAILED)
            .append(" AS failed FROM ")
            .append(DuckDbSql.quotedName(numbered))
            .append(" n JOIN ")
            .append(DuckDbSql.quotedName(answered))
            .append(" a USING (__n) ORDER BY __n");
        statement.execute(select.toString());
      } finally {
        statement.execute("DROP TABLE IF EXISTS " + DuckDbSql.quotedName(numbered));
        statement.execute("DROP TABLE IF EXISTS " + DuckDbSql.quotedName(answered));
        remove(folder);
      }
    }
    Map<Integer, String> rules = new LinkedHashMap<>();
    model.table(decision).ifPresent(t -> t.rows().forEach(r -> rules.put(r.index(), r.id())));
    return summary(resultTable, rules, new RunSummary.How.Interpreted(because), elapsed(start));
  }

  /** The name of the rule that decided. */
  private static String rule(DecisionModel model, String decision) {
    List<ModelTable.Row> rows = model.table(decision).map(ModelTable::rows).orElse(List.of());
    if (rows.isEmpty()) {
      return "CAST(NULL AS VARCHAR)";
    }
    return "CASE a.\"row\""
        + String.join(
            "",
            rows.stream()
                .map(r -> " WHEN " + r.index() + " THEN " + DuckDbSql.quoted(r.id()))
                .toList())
        + " END";
  }

  /** Whether all matching rows of the decision's table decide. */
  private static boolean gathers(DecisionModel model, String decision) {
    return model
        .table(decision)
        .filter(t -> t.hitPolicy().startsWith("COLLECT") || t.hitPolicy().endsWith("ORDER"))
        .isPresent();
  }

  private static List<String> outputs(DecisionModel model, String decision) {
    return model
        .table(decision)
        .filter(t -> t.outputs().size() > 1)
        .map(t -> t.outputs().stream().map(ModelTable.OutputColumn::name).toList())
        .orElse(List.of(""));
  }

  /** Every thread takes handful after handful, decides each row, and adds the answers. */
  private void answer(
      DecisionModel model,
      String decision,
      List<String> inputs,
      String numbered,
      Path folder,
      List<String> outputs,
      Kinds kinds,
      Progress progress)
      throws SQLException {
    long total = number("SELECT count(*) FROM " + DuckDbSql.quotedName(numbered));
    String select =
        "SELECT __n"
            + String.join("", inputs.stream().map(i -> ", " + DuckDbSql.quotedName(i)).toList())
            + " FROM "
            + DuckDbSql.quotedName(numbered)
            + " WHERE __n > ? AND __n <= ?";
    var done = new AtomicLong();
    var stopped = new AtomicBoolean(!progress.at(0, total));
    var gathers = gathers(model, decision);
    var ended = new CountDownLatch(threads);
    try (Connection reading = connection.unwrap(DuckDBConnection.class).duplicate();
        Subjects subjects = new Subjects(reading.prepareStatement(select), inputs, total);
        ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> working = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Path file = folder.resolve(t + ".csv");
        working.add(
            executor.submit(
                () -> {
                  try (Writer answers = Files.newBufferedWriter(file)) {
                    StringBuilder line = new StringBuilder();
                    Kinds own = new Kinds(outputs.size());
                    for (List<Subject> some = subjects.take();
                        !some.isEmpty() && !stopped.get();
                        some = subjects.take()) {
                      for (Subject subject : some) {
                        line.setLength(0);
                        write(line, answer(model, decision, subject, outputs, gathers), own);
                        answers.append(line);
                      }
                      done.addAndGet(some.size());
                    }
                    kinds.merge(own);
                  } finally {
                    ended.countDown();
                  }
                  return null;
                }));
      }
      while (working.stream().anyMatch(w -> !w.isDone())) {
        ended.await(20, TimeUnit.MILLISECONDS);
        if (!progress.at(done.get(), total)) {
          stopped.set(true);
        }
      }
      for (Future<?> worker : working) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a decision could not be evaluated", e.getCause());
    } catch (InterruptedException e) {
      stopped.set(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    if (stopped.get()) {
      throw new CancellationException("cancelled after " + done.get() + " of " + total);
    }
    progress.at(total, total);
  }

  /** Reads on, for whichever thread asks. */
  private static final class Subjects implements AutoCloseable {
    private final PreparedStatement block;
    private final List<String> inputs;
    private final long total;
    private long from;
    private @Nullable ResultSet rows;

    Subjects(PreparedStatement block, List<String> inputs, long total) {
      this.block = block;
      this.inputs = inputs;
      this.total = total;
    }

    /** The next rows; none at the end. */
    synchronized List<Subject> take() throws SQLException {
      List<Subject> taken = new ArrayList<>(HANDFUL);
      while (taken.size() < HANDFUL) {
        ResultSet current = rows;
        if (current == null) {
          if (from >= total) {
            break;
          }
          block.setLong(1, from);
          block.setLong(2, from + BLOCK);
          from += BLOCK;
          rows = block.executeQuery();
        } else if (current.next()) {
          taken.add(subject(current));
        } else {
          current.close();
          rows = null;
        }
      }
      return taken;
    }

    private Subject subject(ResultSet row) throws SQLException {
      Map<String, @Nullable Object> values = HashMap.newHashMap(inputs.size());
      for (int i = 0; i < inputs.size(); i++) {
        values.put(inputs.get(i), row.getObject(i + 2));
      }
      return new Subject(row.getLong(1), values);
    }

    @Override
    public void close() throws SQLException {
      block.close();
    }
  }

  private Answer answer(
      DecisionModel model,
      String decision,
      Subject subject,
      List<String> outputs,
      boolean several) {
    Map<String, @Nullable Object> values = subject.inputs();
    values.putAll(constants);
    Evaluation evaluation = model.evaluate(decision, values);
    List<@Nullable Object> outcome = new ArrayList<>();
    return switch (evaluation.outcome()) {
      case Outcome.Failure failure -> {
        outputs.forEach(o -> outcome.add(null));
        yield new Answer(subject.number(), FAILED, outcome, null);
      }
      case Outcome.Value value -> {
        for (String output : outputs) {
          outcome.add(
              output.isEmpty()
                  ? value.value()
                  : value.value() instanceof Map<?, ?> map ? map.get(output) : null);
        }
        List<Hit> decided = several ? List.of() : evaluation.decided();
        Hit hit = decided.size() == 1 ? decided.getFirst() : null;
        String rows =
            several
                ? evaluation
                    .ownHits()
                    .map(h -> h.matched().stream().map(Hit::row).toList().toString())
                    .orElse("[]")
                : null;
        yield new Answer(subject.number(), hit == null ? null : hit.row(), outcome, rows);
      }
    };
  }

  private static void write(StringBuilder line, Answer answer, Kinds kinds) {
    line.append(answer.number()).append(',');
    if (answer.row() != null) {
      line.append(answer.row().intValue());
    }
    for (int o = 0; o < answer.outcome().size(); o++) {
      line.append(',');
      quoted(line, kinds.text(o, answer.outcome().get(o)));
    }
    line.append(',');
    quoted(line, answer.rows());
    line.append('\n');
  }

  /** Nothing at all for null, quotes around everything else. */
  private static void quoted(StringBuilder line, @Nullable String text) {
    if (text != null) {
      line.append('"');
      line.append(text.indexOf('"') < 0 ? text : text.replace("\"", "\"\""));
      line.append('"');
    }
  }

  /** Reads what the threads have written. */
  private static String answers(String table, Path folder, int outputs) {
    var columns = new StringBuilder("{'__n': 'BIGINT', 'row': 'INTEGER'");
    for (int o = 0; o < outputs; o++) {
      columns.append(", 'o").append(o).append("': 'VARCHAR'");
    }
    columns.append(", 'rows': 'VARCHAR'}");
    return "CREATE OR REPLACE TABLE %s AS FROM read_csv(%s, columns = %s, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', nullstr = '', allow_quoted_nulls = false)"
        .formatted(
            DuckDbSql.quotedName(table),
            DuckDbSql.quoted(folder.resolve("*.csv").toString()),
            columns);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("dandang-answers");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds, while values pass by, the column types that hold them all. */
  private static final class Kinds {
    private final String[] kinds;
    private final int[] whole;
    private final int[] scale;

    Kinds(int outputs) {
      kinds = new String[outputs];
      whole = new int[outputs];
      scale = new int[outputs];
    }

    @Nullable String text(int output, @Nullable Object given) {
      Object value = Values.shown(given);
      String kind =
          switch (value) {
            case null -> null;
            case BigDecimal d -> "number";
            case Boolean b -> "BOOLEAN";
            case LocalDate d -> "DATE";
            default -> "VARCHAR";
          };
      if (value == null || kind == null) {
        return null;
      }
      meet(output, kind);
      if (value instanceof BigDecimal d) {
        BigDecimal plain = Values.plain(d);
        scale[output] = Math.max(scale[output], plain.scale());
        whole[output] = Math.max(whole[output], plain.precision() - plain.scale());
        return plain.toPlainString();
      }
      return value instanceof java.util.Collection<?> ? Values.listed(value) : value.toString();
    }

    private void meet(int output, String kind) {
      String known = kinds[output];
      kinds[output] = known == null || known.equals(kind) ? kind : "VARCHAR";
    }

    synchronized void merge(Kinds other) {
      for (int output = 0; output < kinds.length; output++) {
        if (other.kinds[output] != null) {
          meet(output, other.kinds[output]);
          whole[output] = Math.max(whole[output], other.whole[output]);
          scale[output] = Math.max(scale[output], other.scale[output]);
        }
      }
    }

    String type(int output) {
      String kind = kinds[output];
      if (!"number".equals(kind)) {
        return kind == null ? "VARCHAR" : kind;
      }
      if (whole[output] + scale[output] > 38) {
        return "VARCHAR";
      }
      return scale[output] == 0 && whole[output] <= 18
          ? "BIGINT"
          : "DECIMAL(38," + scale[output] + ")";
    }
  }
}
