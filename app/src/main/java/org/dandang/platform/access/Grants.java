package org.dandang.platform.access;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reading rights to single records, each for as long as a task asks for it. They make nobody able
 * to change anything.
 */
@Component
public class Grants {
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final Changes changes;

  Grants(JdbcClient jdbc, Ledger ledger, Clock clock, Changes changes) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.changes = changes;
  }

  /**
   * Gives an account the right to read one record. A right that is already given for the same
   * reason is not given twice.
   *
   * @param reason what asks for it, told to the auditor: "task 12"
   * @param until when it ends by itself; null: until {@link #end}
   */
  @Transactional
  public void give(
      long account, String subjectKind, String subjectId, String reason, @Nullable Instant until) {
    int given =
        jdbc.sql(
                """
                insert into platform.reading_grant (account_id, subject_kind, subject_id, reason, given_at, given_by, ends_at)
                select :account, :kind, :id, :reason, :now, :by, :until
                 where not exists (select from platform.reading_grant
                                    where account_id = :account and subject_kind = :kind and subject_id = :id
                                      and reason = :reason and ended_at is null
                                      and ends_at is not distinct from :until)
                """)
            .param("account", account)
            .param("kind", subjectKind)
            .param("id", subjectId)
            .param("reason", reason)
            .param("now", now())
            .param("by", SignedIn.actor())
            .param(
                "until",
                until == null ? null : until.atOffset(ZoneOffset.UTC),
                java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
            .update();
    if (given > 0) {
      changes.count();
      ledger.append(
          SignedIn.actor(),
          "reading-granted",
          subjectKind,
          subjectId,
          Map.of("account", account, "reason", reason));
    }
  }

  /** Ends what was given for a reason; nothing happens when there is no such right any more. */
  @Transactional
  public void end(long account, String subjectKind, String subjectId, String reason) {
    int ended =
        jdbc.sql(
                """
                update platform.reading_grant set ended_at = :now, ended_by = :by
                 where account_id = :account and subject_kind = :kind and subject_id = :id
                   and reason = :reason and ended_at is null
                """)
            .param("now", now())
            .param("by", SignedIn.actor())
            .param("account", account)
            .param("kind", subjectKind)
            .param("id", subjectId)
            .param("reason", reason)
            .update();
    if (ended > 0) {
      changes.count();
      ledger.append(
          SignedIn.actor(),
          "reading-ended",
          subjectKind,
          subjectId,
          Map.of("account", account, "reason", reason));
    }
  }

  /** Ids of the records of a kind that an account may read by a grant, now. */
  public Set<String> of(long account, String subjectKind) {
    return new HashSet<>(
        jdbc.sql(
                """
                select subject_id from platform.reading_grant
                 where account_id = :account and subject_kind = :kind and ended_at is null
                   and (ends_at is null or ends_at > :now)
                """)
            .param("account", account)
            .param("kind", subjectKind)
            .param("now", now())
            .query(String.class)
            .list());
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
