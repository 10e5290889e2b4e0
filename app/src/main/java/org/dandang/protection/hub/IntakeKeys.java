package org.dandang.protection.hub;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.web.NotHere;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keys with which the machines of a source bring leads. A key acts for the account that made it,
 * for one source and unit, as long as that account may; only its hash is kept.
 */
@Component
public class IntakeKeys {
  private static final int BYTES = 32;

  private final JdbcClient jdbc;
  private final LeadAccess access;
  private final Accounts accounts;
  private final Ledger ledger;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  IntakeKeys(JdbcClient jdbc, LeadAccess access, Accounts accounts, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.access = access;
    this.accounts = accounts;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A key as it is listed. */
  public record Key(
      long id,
      String name,
      String source,
      String unit,
      OffsetDateTime madeAt,
      String madeBy,
      @Nullable OffsetDateTime endedAt) {}

  /** For whom, what and where a key that was shown brings leads. */
  record Holder(long id, Source source, long unit, SignedIn account) {}

  private record Row(long id, String source, long unit, String account) {}

  /** Makes a key; its text is shown once. */
  @Transactional
  public String make(String name, Source source, long unit, SignedIn by) {
    if (!access.mayTakeIn(by, unit)) {
      throw Intake.refused("unit");
    }
    if (name.isBlank() || name.length() > 100) {
      throw Intake.refused("key-name");
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    long id =
        jdbc.sql(
                """
                insert into protection.intake_key (name, hash, source, unit_id, account_id, made_at, made_by)
                values (?, ?, ?, ?, ?, ?, ?) returning id
                """)
            .params(
                name.strip(),
                Intake.hash(key),
                source.word(),
                unit,
                by.account(),
                now(),
                by.signInName())
            .query(Long.class)
            .single();
    ledger.append(
        by.signInName(),
        "intake-key-made",
        "intake-key",
        Long.toString(id),
        Map.of("source", source.word()));
    return key;
  }

  /** Ends a key of the account's own. */
  @Transactional
  public void end(long id, SignedIn by) {
    int ended =
        jdbc.sql(
                "update protection.intake_key set ended_at = ?, ended_by = ? where id = ? and"
                    + " account_id = ? and ended_at is null")
            .params(now(), by.signInName(), id, by.account())
            .update();
    if (ended == 0) {
      throw new NotHere();
    }
    ledger.append(by.signInName(), "intake-key-ended", "intake-key", Long.toString(id), Map.of());
  }

  List<Key> of(SignedIn account) {
    return jdbc.sql(
            """
            select k.id, k.name, k.source, coalesce(u.name, '') as unit, k.made_at, k.made_by, k.ended_at
              from protection.intake_key k left join organisation.unit u on u.id = k.unit_id
             where k.account_id = ? order by k.id desc limit 200
            """)
        .param(account.account())
        .query(Key.class)
        .list();
  }

  /** Whose key a text is; empty for none, one that was ended, or whose account is closed. */
  Optional<Holder> holder(String key) {
    return jdbc.sql(
            """
            select k.id, k.source, k.unit_id as unit, a.sign_in_name as account
              from protection.intake_key k join platform.account a on a.id = k.account_id and a.disabled_at is null
             where k.hash = ? and k.ended_at is null
            """)
        .param(Intake.hash(key))
        .query(Row.class)
        .optional()
        .map(
            row ->
                new Holder(
                    row.id(),
                    Source.of(row.source()),
                    row.unit(),
                    accounts.loadUserByUsername(row.account())));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
