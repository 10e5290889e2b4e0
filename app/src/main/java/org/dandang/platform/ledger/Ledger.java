package org.dandang.platform.ledger;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Appends to the record of changes, always inside the transaction of the change itself. */
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
        .param("at", java.time.OffsetDateTime.now(clock))
        .param("actor", actor)
        .param("action", action)
        .param("kind", subjectKind)
        .param("id", subjectId)
        .param("detail", json.writeValueAsString(Acting.told(detail)))
        .update();
  }
}
