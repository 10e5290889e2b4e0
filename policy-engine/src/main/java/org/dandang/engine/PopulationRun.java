package org.dandang.engine;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One decision over everybody in a table of DuckDB.
 *
 * <p>The table has a column {@code subject BIGINT} and a column an input, by the input's name; a
 * missing value is NULL. The result is a table {@code (subject BIGINT, outcome VARCHAR, rule
 * VARCHAR)}: rule NULL where no row matched, both NULL where the decision failed.
 */
public final class PopulationRun {
  private static final int BATCH = 2_000;

  private final Connection connection;
  private final String source;

  /**
   * @param source name of the table or view with the inputs
   */
  public PopulationRun(Connection connection, String source) {
    this.connection = connection;
    this.source = source;
  }

  /** Runs the compiled decision; one pass, no row leaves the database. */
  public long compiled(Compilation.Compiled decision, String result) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE "
              + Sql.name(result)
              + " AS SELECT m.subject, r.outcome, r.rule FROM (SELECT subject, "
              + decision.row()
              + " AS matched FROM "
              + Sql.name(source)
              + ") m LEFT JOIN ("
              + rules(decision)
              + ") r ON r.matched = m.matched");
      return count(statement, result);
    }
  }

  /**
   * Counts how many subjects each rule decides, without keeping a result for each.
   *
   * @return by {@code outcome by rule}; rules that decide nobody are left out
   */
  public Map<String, Long> counts(Compilation.Compiled decision) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT coalesce(r.outcome, 'null') || ' by ' || coalesce(r.rule, '–'), m.subjects FROM (SELECT matched, count(*) AS subjects FROM (SELECT "
                    + decision.row()
                    + " AS matched FROM "
                    + Sql.name(source)
                    + ") GROUP BY matched) m LEFT JOIN ("
                    + rules(decision)
                    + ") r ON r.matched = m.matched ORDER BY m.matched")) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }

  /** The table of a compiled decision's rules, as a VALUES list. */
  static String rules(Compilation.Compiled decision) {
    return decision.rules().stream()
        .map(
            rule ->
                "("
                    + rule.number()
                    + ", "
                    + (rule.outcome() == null ? "NULL" : Sql.text(shown(rule.outcome())))
                    + ", "
                    + Sql.text(rule.id())
                    + ")")
        .collect(Collectors.joining(", ", "SELECT * FROM (VALUES ", ") v(matched, outcome, rule)"));
  }

  /**
   * Asks the interpreter for every subject, on all processors.
   *
   * @param goOn told how many are done; false stops the run
   * @return subjects done, or -1 when it was stopped
   */
  public long interpreted(DecisionModel model, String decision, String result, LongPredicate goOn)
      throws SQLException {
    List<String> inputs = List.copyOf(model.inputsOf(decision));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE " + Sql.name(result) + " (subject BIGINT, outcome VARCHAR, rule VARCHAR)");
    }
    String columns = inputs.stream().map(Sql::name).collect(Collectors.joining(", "));
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    long done = 0;
    try (ExecutorService workers = Executors.newFixedThreadPool(threads);
        Connection reading = ((DuckDBConnection) connection).duplicate();
        PreparedStatement statement =
            reading.prepareStatement("SELECT subject, " + columns + " FROM " + Sql.name(source));
        ResultSet rows = statement.executeQuery();
        DuckDBAppender appender = ((DuckDBConnection) connection).createAppender("main", result)) {
      List<Future<List<Answer>>> waiting = new ArrayList<>();
      boolean more = true;
      while (more || !waiting.isEmpty()) {
        while (more && waiting.size() < 2 * threads) {
          List<Question> batch = new ArrayList<>(BATCH);
          while (batch.size() < BATCH && (more = rows.next())) {
            batch.add(question(rows, inputs));
          }
          if (!batch.isEmpty()) {
            waiting.add(workers.submit(answer(model, decision, batch)));
          }
        }
        if (waiting.isEmpty()) {
          break;
        }
        for (Answer answer : waiting.removeFirst().get()) {
          appender.beginRow();
          appender.append(answer.subject);
          append(appender, answer.outcome);
          append(appender, answer.rule);
          appender.endRow();
          done++;
        }
        if (!goOn.test(done)) {
          workers.shutdownNow();
          return -1;
        }
      }
      appender.flush();
      return done;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The decision could not be interpreted.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private record Question(long subject, Map<String, @Nullable Object> values) {}

  private record Answer(long subject, @Nullable String outcome, @Nullable String rule) {}

  private static Callable<List<Answer>> answer(
      DecisionModel model, String decision, List<Question> batch) {
    return () -> {
      List<Answer> answers = new ArrayList<>(batch.size());
      for (Question question : batch) {
        Evaluation evaluation = model.evaluate(decision, question.values);
        Object outcome = evaluation.outcome();
        boolean one = evaluation.matched().size() == 1 && !evaluation.failed();
        answers.add(
            new Answer(
                question.subject,
                outcome == null || evaluation.failed() ? null : shown(outcome),
                one ? evaluation.matched().getFirst().id() : null));
      }
      return answers;
    };
  }

  private static Question question(ResultSet rows, List<String> inputs) throws SQLException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(inputs.get(i), value(rows.getObject(i + 2)));
    }
    return new Question(rows.getLong(1), values);
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Date date -> date.toLocalDate();
      case LocalDate date -> date;
      case BigDecimal number -> number;
      case Boolean bool -> bool;
      case Number number -> new BigDecimal(number.toString());
      default -> Objects.toString(value);
    };
  }

  /** An outcome as a result table holds it. */
  static String shown(Object outcome) {
    return outcome instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : outcome.toString();
  }

  private static void append(DuckDBAppender appender, @Nullable String text) throws SQLException {
    if (text == null) {
      appender.appendNull();
    } else {
      appender.append(text);
    }
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + Sql.name(table))) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
