package org.dandang.platform.access;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.dandang.platform.ledger.Ledger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who must keep away from which record by declaration or because somebody found a reason. What
 * follows from the registers themselves (the own record, kin) {@link Access} finds each time anew.
 */
@Component
public class Recusals {
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final Changes changes;

  Recusals(JdbcClient jdbc, Ledger ledger, Clock clock, Changes changes) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.changes = changes;
  }

  /** Why somebody keeps away. */
  public enum Ground {
    KIN,
    SUPERIOR,
    PARTY,
    OTHER;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A recusal that holds. */
  public record Recusal(
      long id,
      long account,
      String subjectKind,
      String subjectId,
      String ground,
      boolean declared,
      String reason,
      OffsetDateTime recordedAt,
      String recordedBy) {}

  /**
   * Records that an account keeps away from a record.
   *
   * @param declared by the account itself; else found by whoever is signed in
   */
  @Transactional
  public void recuse(
      long account, Subject subject, Ground ground, boolean declared, String reason) {
    int recorded =
        jdbc.sql(
                """
                insert into platform.recusal (account_id, subject_kind, subject_id, ground, declared, reason, recorded_at, recorded_by)
                values (:account, :kind, :id, :ground, :declared, :reason, :now, :by)
                on conflict do nothing
                """)
            .param("account", account)
            .param("kind", subject.kind())
            .param("id", subject.id())
            .param("ground", ground.word())
            .param("declared", declared)
            .param("reason", reason)
            .param("now", OffsetDateTime.now(clock))
            .param("by", SignedIn.actor())
            .update();
    if (recorded > 0) {
      changes.count();
      ledger.append(
          SignedIn.actor(),
          "recused",
          subject.kind(),
          subject.id(),
          Map.of("account", account, "ground", ground.word(), "declared", declared));
    }
  }

  /** Lifts a recusal, with a reason; false when it does not hold any more. */
  @Transactional
  public boolean lift(long id, String why) {
    List<Recusal> lifted =
        jdbc.sql(
                """
                update platform.recusal set lifted_at = :now, lifted_by = :by, lifted_why = :why
                 where id = :id and lifted_at is null
                returning id, account_id as account, subject_kind, subject_id, ground, declared, reason, recorded_at, recorded_by
                """)
            .param("now", OffsetDateTime.now(clock))
            .param("by", SignedIn.actor())
            .param("why", why)
            .param("id", id)
            .query(Recusal.class)
            .list();
    for (Recusal recusal : lifted) {
      changes.count();
      ledger.append(
          SignedIn.actor(),
          "recusal-lifted",
          recusal.subjectKind(),
          recusal.subjectId(),
          Map.of("account", recusal.account(), "ground", recusal.ground()));
    }
    return !lifted.isEmpty();
  }

  /** What holds for an account, the latest first. */
  public List<Recusal> of(long account) {
    return jdbc.sql(
            """
            select id, account_id as account, subject_kind, subject_id, ground, declared, reason, recorded_at, recorded_by
              from platform.recusal where account_id = :account and lifted_at is null order by id desc
            """)
        .param("account", account)
        .query(Recusal.class)
        .list();
  }

  boolean holds(long account, Subject subject) {
    return jdbc.sql(
            """
            select exists (select from platform.recusal
                            where account_id = :account and subject_kind = :kind and subject_id = :id and lifted_at is null)
            """)
        .param("account", account)
        .param("kind", subject.kind())
        .param("id", subject.id())
        .query(Boolean.class)
        .single();
  }
}
