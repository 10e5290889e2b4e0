package org.dandang.policy.fact;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.dandang.policy.PolicyProblem;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Computes facts, by the same definition for one subject and for all. */
@Component
public class Facts {
  /** How many rows of evidence are shown at most. */
  private static final int SHOWN = 200;

  /** What the database may use for one sort or hash while everybody's facts are computed. */
  private static final String ROOM_TO_SORT = "64MB";

  private final FactCatalogue catalogue;
  private final Map<String, SubjectKind> kinds;
  private final JdbcClient jdbc;
  private final DataSource source;
  private final TransactionTemplate transaction;

  Facts(
      FactCatalogue catalogue,
      List<SubjectKind> kinds,
      JdbcClient jdbc,
      DataSource source,
      TransactionTemplate transaction) {
    this.catalogue = catalogue;
    this.kinds = kinds.stream().collect(Collectors.toMap(SubjectKind::id, kind -> kind));
    this.jdbc = jdbc;
    this.source = source;
    this.transaction = transaction;
  }

  public FactCatalogue catalogue() {
    return catalogue;
  }

  /** The kind of subject a pack speaks of. */
  public SubjectKind kind(String id) {
    SubjectKind kind = kinds.get(id);
    if (kind == null) {
      throw new IllegalArgumentException("Nobody keeps subjects of the kind " + id + ".");
    }
    return kind;
  }

  /**
   * Writes everybody's facts as CSV without header, nulls as {@code \N}: the subject's number, then
   * the facts in order.
   *
   * @param slate proposed postings laid over the registers; null for what is
   * @return rows written
   */
  public long write(
      String subject,
      List<String> facts,
      Map<String, List<String>> population,
      LocalDate asOf,
      @Nullable Long slate,
      OutputStream out) {
    return write(subject, facts, population, asOf, slate, null, out);
  }

  /**
   * @param moment a snapshot another transaction has exported, to see what it sees; null: what is
   */
  long write(
      String subject,
      List<String> facts,
      Map<String, List<String>> population,
      LocalDate asOf,
      @Nullable Long slate,
      @Nullable String moment,
      OutputStream out) {
    String sql =
        FactSql.wide(
            kind(subject),
            definitions(facts, population),
            conditions(population),
            FactSql.literal(asOf));
    return Sights.everything(() -> write(sql, moment, slate, out));
  }

  private long write(String sql, @Nullable String moment, @Nullable Long slate, OutputStream out) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement()) {
        if (moment != null) {
          statement.execute("set transaction snapshot '" + moment + "'");
        }
        statement.execute("set local work_mem = '" + ROOM_TO_SORT + "'");
        statement.execute("set local jit = off");
        lay(connection, slate);
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        return copy.copyOut("copy (" + sql + ") to stdout (format csv, null '\\N')", out);
      } finally {
        connection.rollback();
      }
    } catch (SQLException | IOException e) {
      throw new DataAccessResourceFailureException("The facts could not be computed.", e);
    }
  }

  /**
   * Columns of {@link #write}, after the subject: the facts asked, then those of the population.
   */
  public List<Fact> definitions(List<String> facts, Map<String, List<String>> population) {
    Set<String> ids = new LinkedHashSet<>(facts);
    ids.addAll(population.keySet());
    return ids.stream().map(catalogue::get).toList();
  }

  /** One subject's facts; a missing one is present with null. */
  public Map<String, @Nullable Object> of(
      String subject, long id, List<String> facts, LocalDate asOf, @Nullable Long slate) {
    List<Fact> definitions = definitions(facts, Map.of());
    String sql =
        FactSql.wide(kind(subject), definitions, Map.of(), FactSql.ASKED) + " where s.subject = ?";
    return inSlate(
        subject,
        slate,
        () ->
            jdbc.sql(sql)
                .params(asked(sql, asOf, id))
                .query((row, number) -> values(row, definitions))
                .optional()
                .orElseThrow(
                    () -> new IllegalArgumentException("There is no " + subject + " " + id + ".")));
  }

  /** The facts of some subjects, by the subject's number; a missing one is present with null. */
  public Map<Long, Map<String, @Nullable Object>> ofThese(
      String subject, Collection<Long> ids, List<String> facts, LocalDate asOf) {
    List<Fact> definitions = definitions(facts, Map.of());
    // "offset 0" keeps the question about one whole, so that its subject reaches into every fact;
    // without it each fact is counted for everybody first.
    String one =
        FactSql.wide(kind(subject), definitions, Map.of(), FactSql.literal(asOf))
            + " where s.subject = chosen.subject offset 0";
    Map<Long, Map<String, @Nullable Object>> all = new LinkedHashMap<>();
    jdbc.sql("select one.* from unnest(:ids) chosen(subject) cross join lateral (" + one + ") one")
        .param("ids", ids.toArray(Long[]::new))
        .query(
            row -> {
              all.put(row.getLong("subject"), values(row, definitions));
            });
    return all;
  }

  /** One subject's facts on several days, asked at once; a missing one is present with null. */
  public Map<LocalDate, Map<String, @Nullable Object>> onDays(
      String subject, long id, List<String> facts, Collection<LocalDate> days) {
    List<Fact> definitions = definitions(facts, Map.of());
    String one =
        FactSql.wide(kind(subject), definitions, Map.of(), "asked.day") + " where s.subject = :id";
    Map<LocalDate, Map<String, @Nullable Object>> all = new TreeMap<>();
    jdbc.sql(
            "select asked.day as day_asked, one.* from unnest(cast(:days as date[])) asked(day)"
                + " cross join lateral ("
                + one
                + ") one")
        .param("days", days.stream().map(LocalDate::toString).toArray(String[]::new))
        .param("id", id)
        .query(
            row -> {
              all.put(row.getObject("day_asked", LocalDate.class), values(row, definitions));
            });
    return all;
  }

  /**
   * The facts of every subject of a small population, by the subject's number; for large ones
   * {@link #write}.
   */
  public Map<Long, Map<String, @Nullable Object>> ofAll(
      String subject,
      List<String> facts,
      Map<String, List<String>> population,
      LocalDate asOf,
      @Nullable Long slate) {
    List<Fact> definitions = definitions(facts, population);
    List<Fact> asked = definitions(facts, Map.of());
    String sql =
        FactSql.wide(kind(subject), definitions, conditions(population), FactSql.literal(asOf));
    return inSlate(
        subject,
        slate,
        () -> {
          Map<Long, Map<String, @Nullable Object>> all = new LinkedHashMap<>();
          jdbc.sql(sql + " order by s.subject")
              .query(
                  row -> {
                    all.put(row.getLong("subject"), values(row, asked));
                  });
          return all;
        });
  }

  /** The date for every place but the last of a prepared statement, which is the subject's. */
  private static List<Object> asked(String sql, LocalDate asOf, long subject) {
    List<Object> parameters = new ArrayList<>();
    int places = (int) sql.chars().filter(c -> c == '?').count();
    for (int place = 1; place < places; place++) {
      parameters.add(asOf);
    }
    parameters.add(subject);
    return parameters;
  }

  /**
   * One subject's facts and what they rest on.
   *
   * @param values by the fact's id; a missing one is present with null
   * @param sources by the fact's id, ordered; empty for a fact that rests on nothing
   */
  public record Sourced(Map<String, @Nullable Object> values, Map<String, List<Source>> sources) {}

  /** One subject's facts with the rows of the registers each rests on. */
  public Sourced sourced(
      String subject, long id, List<String> facts, LocalDate asOf, @Nullable Long slate) {
    List<Fact> definitions = definitions(facts, Map.of());
    if (definitions.isEmpty()) {
      return new Sourced(of(subject, id, facts, asOf, slate), Map.of());
    }
    String sql =
        FactSql.wideWithSources(kind(subject), definitions, FactSql.ASKED) + " where s.subject = ?";
    return inSlate(
        subject,
        slate,
        () ->
            jdbc.sql(sql)
                .params(asked(sql, asOf, id))
                .query(
                    (row, number) ->
                        new Sourced(values(row, definitions), sources(row, definitions)))
                .optional()
                .orElseThrow(
                    () -> new IllegalArgumentException("There is no " + subject + " " + id + ".")));
  }

  private static Map<String, List<Source>> sources(ResultSet row, List<Fact> facts)
      throws SQLException {
    Map<String, List<Source>> sources = new LinkedHashMap<>();
    for (int i = 0; i < facts.size(); i++) {
      Array rows = row.getArray("sources" + (i + 1));
      sources.put(
          facts.get(i).id(),
          rows == null
              ? List.of()
              : Arrays.stream((String[]) rows.getArray())
                  .map(Source::parse)
                  .sorted(Comparator.comparing(Source::register).thenComparingLong(Source::row))
                  .toList());
    }
    return sources;
  }

  /** How many register rows one subject's fact rests on. */
  public long evidenceCount(String fact, long subject, LocalDate asOf, @Nullable Long slate) {
    return inSlate(
        catalogue.get(fact).subject(),
        slate,
        () ->
            jdbc.sql("select count(*) from (" + evidenceRows(fact, subject, asOf) + ") as counted")
                .query(Long.class)
                .single());
  }

  /** The register rows one subject's fact rests on, newest first, at most {@value #SHOWN}. */
  public List<Evidence> evidence(String fact, long subject, LocalDate asOf, @Nullable Long slate) {
    return inSlate(
        catalogue.get(fact).subject(),
        slate,
        () ->
            jdbc
                .sql(
                    "select distinct register from ("
                        + evidenceRows(fact, subject, asOf)
                        + ") as named")
                .query(String.class)
                .list()
                .stream()
                .flatMap(register -> described(register, fact, subject, asOf).stream())
                .toList());
  }

  private String evidenceRows(String fact, long subject, LocalDate asOf) {
    return "select distinct register, row from (%s) as evidence where subject = %d"
        .formatted(FactSql.evidence(catalogue.get(fact), FactSql.literal(asOf)), subject);
  }

  /**
   * Register rows in words and with where they came from; those no longer there are left out. Asked
   * register by register: only so is a row found by its number, and no register read from end to
   * end.
   */
  public Map<Source, Evidence> rows(Collection<Source> sources) {
    Map<Source, Evidence> all = new LinkedHashMap<>();
    sources.stream()
        .collect(Collectors.groupingBy(Source::register))
        .forEach(
            (register, those) ->
                jdbc.sql(
                        """
                        select e.register, e.row, since, until, words, import_id, file_name, line, recorded_at, recorded_by
                          from %s.evidence e
                         where e.register = :register and e.row = any (:rows)
                        """
                            .formatted(those.getFirst().schema()))
                    .param("register", register)
                    .param("rows", those.stream().map(Source::row).toArray(Long[]::new))
                    .query((row, number) -> evidence(row))
                    .list()
                    .forEach(row -> all.put(new Source(row.register(), row.row()), row)));
    return all;
  }

  private static Evidence evidence(ResultSet row) throws SQLException {
    return new Evidence(
        row.getString("register"),
        row.getLong("row"),
        row.getObject("since", LocalDate.class),
        row.getObject("until", LocalDate.class),
        row.getString("words"),
        row.getObject("import_id", Long.class),
        row.getString("file_name"),
        row.getObject("line", Integer.class),
        row.getObject("recorded_at", OffsetDateTime.class),
        row.getString("recorded_by"));
  }

  private List<Evidence> described(String register, String fact, long subject, LocalDate asOf) {
    String schema = register.substring(0, register.indexOf('.'));
    if (!schema.matches("[a-z]+")) {
      throw new IllegalArgumentException("not a register: " + register);
    }
    return jdbc.sql(
            """
            select e.register, e.row, since, until, words, import_id, file_name, line, recorded_at, recorded_by
              from %s.evidence e join (%s) used on used.register = e.register and used.row = e.row
             where e.register = :register
             order by since desc nulls last, e.row desc limit %d
            """
                .formatted(schema, evidenceRows(fact, subject, asOf), SHOWN))
        .param("register", register)
        .query((row, number) -> evidence(row))
        .list();
  }

  /**
   * The number of the subject with a key.
   *
   * @throws PolicyProblem when there is none, or several registers use the key
   */
  public long subject(String subject, String key) {
    List<Long> found =
        seeing(
            subject,
            () ->
                jdbc.sql("select subject from " + kind(subject).view() + " where key = ? limit 2")
                    .param(key)
                    .query(Long.class)
                    .list());
    if (found.size() != 1) {
      throw new PolicyProblem(found.isEmpty() ? "no-such-subject" : "key-of-several", key);
    }
    return found.getFirst();
  }

  /** Names and keys of subjects, in the order asked. */
  public Map<Long, String> labels(String subject, List<Long> ids) {
    Map<Long, String> labels = new LinkedHashMap<>();
    jdbc.sql("select subject, label from " + kind(subject).view() + " where subject = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .query(
            row -> {
              labels.put(row.getLong("subject"), row.getString("label"));
            });
    return labels;
  }

  /** Writes number, key and name of all subjects of a kind as CSV without header. */
  public void names(String subject, OutputStream out) {
    Sights.everywhere(() -> writeNames(subject, out));
  }

  /** The numbers of all subjects within the jurisdiction of whoever asks. */
  public Set<Long> within(String subject) {
    return new HashSet<>(
        Sights.wide(
            () ->
                jdbc.sql("select subject from " + kind(subject).within())
                    .query(Long.class)
                    .list()));
  }

  /** Writes the numbers of the subjects within a reader's jurisdiction, a line each. */
  public void within(String subject, Sight reader, OutputStream out) {
    Sights.as(
        reader,
        () ->
            Sights.wide(
                () -> {
                  copied("select subject from " + kind(subject).within(), out);
                  return Boolean.TRUE;
                }));
  }

  private void writeNames(String subject, OutputStream out) {
    copied("select subject, key, label from " + kind(subject).view(), out);
  }

  private void copied(String question, OutputStream out) {
    try (Connection connection = source.getConnection()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (" + question + ") to stdout (format csv, null '\\N')", out);
    } catch (SQLException | IOException e) {
      throw new DataAccessResourceFailureException("The subjects could not be named.", e);
    }
  }

  /** Figures about units count everybody; what is asked about a person is held to the reader. */
  private <T> T seeing(String subject, java.util.function.Supplier<T> question) {
    return kind(subject).people() ? question.get() : Sights.everything(question);
  }

  private <T> T inSlate(
      String subject, @Nullable Long slate, java.util.function.Supplier<T> question) {
    return seeing(subject, () -> inSlate(slate, question));
  }

  private <T> T inSlate(@Nullable Long slate, java.util.function.Supplier<T> question) {
    if (slate == null) {
      return question.get();
    }
    T answer =
        transaction.execute(
            status -> {
              jdbc.sql("select set_config('dandang.slate', :slate, true)")
                  .param("slate", Long.toString(slate))
                  .query(String.class)
                  .single();
              return question.get();
            });
    return java.util.Objects.requireNonNull(answer);
  }

  private static void lay(Connection connection, @Nullable Long slate) throws SQLException {
    if (slate != null) {
      try (var statement =
          connection.prepareStatement("select set_config('dandang.slate', ?, true)")) {
        statement.setString(1, Long.toString(slate));
        statement.execute();
      }
    }
  }

  private Map<Fact, List<String>> conditions(Map<String, List<String>> population) {
    Map<Fact, List<String>> conditions = new LinkedHashMap<>();
    population.forEach((fact, values) -> conditions.put(catalogue.get(fact), values));
    return conditions;
  }

  static Map<String, @Nullable Object> values(ResultSet row, List<Fact> facts) throws SQLException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Fact fact : facts) {
      values.put(
          fact.id(),
          switch (fact.type().kind()) {
            case INTEGER, DECIMAL -> row.getBigDecimal(fact.id());
            case STRING -> row.getString(fact.id());
            case BOOLEAN -> row.getObject(fact.id(), Boolean.class);
            case DATE -> row.getObject(fact.id(), LocalDate.class);
          });
    }
    return values;
  }
}
