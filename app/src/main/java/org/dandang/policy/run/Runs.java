package org.dandang.policy.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.dandang.policy.fact.SubjectKind;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** The register of runs and of what each gave. */
@Component
public class Runs {
  private final JdbcClient jdbc;
  private final DataSource source;

  Runs(JdbcClient jdbc, DataSource source) {
    this.jdbc = jdbc;
    this.source = source;
  }

  /** Opens a run; called inside the transaction that also keeps its results. */
  long begin(
      PolicyVersion version,
      @Nullable Long slate,
      boolean partial,
      OffsetDateTime at,
      String actor) {
    return jdbc.sql(
            """
            insert into policy.run (pack, version, as_of, slate_id, how, subjects, subject_kind, partial, started_at, started_by)
            values (:pack, :version, :asOf, :slate, 'compiled', 0, :kind, :partial, :at, :actor) returning id
            """)
        .param("pack", version.pack().id())
        .param("version", version.name())
        .param("asOf", version.asOf())
        .param("slate", slate)
        .param("kind", version.pack().subject())
        .param("partial", partial)
        .param("at", at)
        .param("actor", actor)
        .query(Long.class)
        .single();
  }

  /** Takes in a file of {@code subject,outcome,rule} lines in the running transaction. */
  void keep(long run, Path csv) {
    Connection connection = DataSourceUtils.getConnection(source);
    try (var statement = connection.createStatement();
        InputStream in = Files.newInputStream(csv)) {
      statement.execute(
          "create temp table taken (subject bigint, outcome text, rule text) on commit drop");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy taken from stdin (format csv, null '\\N')", in, 1 << 16);
      statement.execute(
          "insert into policy.run_result (run_id, subject_id, outcome, rule) select "
              + run
              + ", subject, outcome, rule from taken order by subject");
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("The results could not be kept.", e);
    } finally {
      DataSourceUtils.releaseConnection(connection, source);
    }
  }

  void finish(long run, RunSummary.How how, long subjects, OffsetDateTime at) {
    jdbc.sql("update policy.run set how = ?, subjects = ?, finished_at = ? where id = ?")
        .params(how.name().toLowerCase(Locale.ROOT), subjects, at, run)
        .update();
  }

  /** A finished run with its hits per rule. */
  public Optional<RunSummary> find(long run) {
    return jdbc.sql("select * from policy.run where id = ? and finished_at is not null")
        .param(run)
        .query((row, number) -> summary(row, this::hits))
        .optional();
  }

  /** Finished runs of a pack, newest first, without hits. */
  public List<RunSummary> of(String pack, int atMost) {
    return jdbc.sql(
            "select * from policy.run where pack = ? and finished_at is not null order by id desc"
                + " limit ?")
        .params(pack, atMost)
        .query((row, number) -> summary(row, id -> List.of()))
        .list();
  }

  /** The newest run of a pack over what is, no slate laid over it. */
  public Optional<RunSummary> newest(String pack) {
    return jdbc.sql(
            "select * from policy.run where pack = ? and finished_at is not null and slate_id is"
                + " null and not partial order by id desc limit 1")
        .param(pack)
        .query((row, number) -> summary(row, this::hits))
        .optional();
  }

  /**
   * Results after a subject, by the subjects' numbers.
   *
   * @param outcome only this one; null for all
   * @param rule only this one; null for all
   */
  public List<Result> results(
      long run,
      SubjectKind kind,
      @Nullable String outcome,
      @Nullable String rule,
      long after,
      int atMost) {
    return jdbc.sql(
            """
            select r.subject_id, s.label, s.key, r.outcome, r.rule
              from (select * from policy.run_result
                     where run_id = :run and subject_id > :after
                       and (cast(:outcome as text) is null or outcome = :outcome)
                       and (cast(:rule as text) is null or rule = :rule)
                     order by subject_id limit :most) r
              join %s s on s.subject = r.subject_id
             order by r.subject_id
            """
                .formatted(kind.view()))
        .param("run", run)
        .param("after", after)
        .param("outcome", outcome)
        .param("rule", rule)
        .param("most", atMost)
        .query(
            (row, number) ->
                new Result(
                    row.getLong("subject_id"),
                    row.getString("label"),
                    row.getString("key"),
                    row.getString("outcome"),
                    row.getString("rule")))
        .list();
  }

  /** What the newest run of each pack gave for one subject: pack, run, outcome, rule. */
  public List<Map<String, Object>> latestFor(List<String> packs, long subject) {
    return jdbc.sql(
            """
            select n.pack, n.id as run, n.as_of, r.outcome, r.rule
              from (select distinct on (pack) pack, id, as_of from policy.run
                     where finished_at is not null and slate_id is null and pack = any(:packs)
                     order by pack, id desc) n
              join policy.run_result r on r.run_id = n.id and r.subject_id = :subject
             order by n.pack
            """)
        .param("packs", packs.toArray(String[]::new))
        .param("subject", subject)
        .query()
        .listOfRows();
  }

  private List<RunSummary.Hits> hits(long run) {
    return jdbc.sql(
            """
            select rule, outcome, count(*) as subjects from policy.run_result
             where run_id = ? group by rule, outcome order by 3 desc, 1
            """)
        .param(run)
        .query(
            (row, number) ->
                new RunSummary.Hits(
                    row.getString("rule"), row.getString("outcome"), row.getLong("subjects")))
        .list();
  }

  private static RunSummary summary(ResultSet row, Function<Long, List<RunSummary.Hits>> hits)
      throws SQLException {
    long id = row.getLong("id");
    return new RunSummary(
        id,
        row.getString("pack"),
        row.getString("version"),
        row.getObject("as_of", LocalDate.class),
        row.getObject("slate_id", Long.class),
        row.getBoolean("partial"),
        RunSummary.How.valueOf(row.getString("how").toUpperCase(Locale.ROOT)),
        row.getLong("subjects"),
        row.getObject("started_at", OffsetDateTime.class),
        row.getObject("finished_at", OffsetDateTime.class),
        row.getString("started_by"),
        hits.apply(id));
  }
}
