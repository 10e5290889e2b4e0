package org.dandang.platform.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Appends to the record of changes, always inside the transaction of the change itself. Nobody
 * waits for the chain: what is committed is linked into it within a second or so.
 */
@Component
public class Ledger {
  private final JdbcClient jdbc;
  private final Clock clock;
  private final JsonMapper json;

  Ledger(JdbcClient jdbc, Clock clock, JsonMapper json) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.json = json;
  }

  /**
   * @param actor sign-in name, or "command line" for the machine's operator
   * @param action past tense, kebab-case: "roster-imported"
   * @param subjectKind what was changed: "official", "import", "account"
   * @param subjectId its id; null for a change to many
   * @param detail counts and keys, never names or numbers of people
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(
      String actor,
      String action,
      String subjectKind,
      @Nullable String subjectId,
      Map<String, ?> detail) {
    jdbc.sql(
            """
            insert into platform.ledger_entry (recorded_at, actor, action, subject_kind, subject_id, detail)
            values (:at, :actor, :action, :kind, :id, cast(:detail as jsonb))
            """)
        .param("at", OffsetDateTime.now(clock))
        .param("actor", actor)
        .param("action", action)
        .param("kind", subjectKind)
        .param("id", subjectId)
        .param("detail", json.writeValueAsString(Acting.told(detail)))
        .update();
  }

  /** An entry by a command that works without the application; committed as the connection is. */
  public static void note(
      Connection connection, String actor, String action, String subjectKind, Map<String, ?> detail)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into platform.ledger_entry (recorded_at, actor, action, subject_kind, detail)
            values (clock_timestamp(), ?, ?, ?, ?::jsonb)
            """)) {
      insert.setString(1, actor);
      insert.setString(2, action);
      insert.setString(3, subjectKind);
      insert.setString(4, new JsonMapper().writeValueAsString(detail));
      insert.executeUpdate();
    }
  }

  /**
   * One entry about many, for instance an export: each of them finds it under the own record. The
   * entry holds how many there are and a hash of their numbers.
   *
   * @param subjects numbers of those concerned; one named twice counts once
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void appendAbout(
      String actor,
      String action,
      String subjectKind,
      Collection<Long> subjects,
      Map<String, ?> detail) {
    Long[] sorted = subjects.stream().distinct().sorted().toArray(Long[]::new);
    Verification.SubjectList list = new Verification.SubjectList();
    for (Long subject : sorted) {
      list.add(subject);
    }
    Map<String, Object> all = new LinkedHashMap<>(detail);
    all.put("subjects", sorted.length);
    all.put("subjects-hash", list.hash());
    long entry =
        jdbc.sql(
                """
                insert into platform.ledger_entry (recorded_at, actor, action, subject_kind, detail)
                values (:at, :actor, :action, :kind, cast(:detail as jsonb)) returning id
                """)
            .param("at", OffsetDateTime.now(clock))
            .param("actor", actor)
            .param("action", action)
            .param("kind", subjectKind)
            .param("detail", json.writeValueAsString(all))
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into platform.ledger_subject (kind, subject, entry)
            select :kind, s, :entry from unnest(cast(:subjects as bigint[])) s
            """)
        .param("kind", subjectKind)
        .param("entry", entry)
        .param("subjects", sorted)
        .update();
  }
}
