package org.dandang.platform.custody;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.custody.CustodyProblem.Reason;
import org.dandang.platform.ledger.Ledger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The custodians and their keys. A lost passphrase cannot be set anew: a new key is made. */
@Component
public class Custodians {
  /** Shortest passphrase accepted, in characters. */
  public static final int SHORTEST = 12;

  /**
   * Of custodian {@code c}: the key is not ended, and the account is still named as custodian on
   * {@code :today}.
   */
  private static final String PRESENT =
      """
      c.ended_at is null and exists (
        select from platform.role_assignment r
         where r.account_id = c.account_id and r.role = 'custodian'
           and r.starts_on <= :today and (r.ends_on is null or r.ends_on > :today))
      """;

  private static final String ALL =
      """
      select c.id, c.account_id as account, a.shown_name, c.enrolled_at, c.ended_at, c.public_key, c.private_key,
             (%s) as present
        from platform.custodian c join platform.account a on a.id = c.account_id
      """
          .formatted(PRESENT);

  private final JdbcClient jdbc;
  private final Passphrase passphrases;
  private final Ledger ledger;
  private final Clock clock;
  private final Assignments assignments;

  Custodians(
      JdbcClient jdbc,
      Passphrase passphrases,
      Ledger ledger,
      Clock clock,
      Assignments assignments) {
    this.jdbc = jdbc;
    this.passphrases = passphrases;
    this.ledger = ledger;
    this.clock = clock;
    this.assignments = assignments;
  }

  /** Those who hold shares of what is sealed now and are named as custodians, longest first. */
  public List<Custodian> present() {
    return jdbc.sql(ALL + " where " + PRESENT + " order by c.id")
        .param("today", assignments.today())
        .query(Custodian.class)
        .list();
  }

  /** Those who hold shares and those who held them, newest first. */
  public List<Custodian> ever() {
    return jdbc.sql(ALL + " order by c.ended_at desc nulls first, c.id desc")
        .param("today", assignments.today())
        .query(Custodian.class)
        .list();
  }

  /** The key of an account that is not ended. */
  public Optional<Custodian> of(long account) {
    return jdbc.sql(ALL + " where c.ended_at is null and c.account_id = :account")
        .param("today", assignments.today())
        .param("account", account)
        .query(Custodian.class)
        .optional();
  }

  /**
   * Makes a key for an account, locked by its passphrase. It holds shares of what is sealed from
   * now on; of older records after {@link Renewing}.
   *
   * @throws CustodyProblem when the security administrator has not named the account a custodian,
   *     the passphrase is too short, or there is a key already
   */
  @Transactional
  public long enrol(SignedIn account, String passphrase) {
    named(account);
    checked(passphrase);
    if (of(account.account()).isPresent()) {
      throw new CustodyProblem(Reason.HAS_KEY);
    }
    KeyPair pair = KeyPair.generated();
    long id =
        jdbc.sql(
                """
                insert into platform.custodian (account_id, public_key, private_key, enrolled_at)
                values (:account, :public, :private, :at) returning id
                """)
            .param("account", account.account())
            .param("public", pair.publicKey())
            .param("private", locked(account.account(), pair, passphrase))
            .param("at", OffsetDateTime.now(clock))
            .query(Long.class)
            .single();
    pair.forget();
    ledger.append(
        account.signInName(), "custodian-enrolled", "custodian", Long.toString(id), Map.of());
    return id;
  }

  /** Locks the same key under other words. */
  @Transactional
  public void changePassphrase(SignedIn account, String present, String wanted) {
    checked(wanted);
    Custodian custodian = required(account);
    KeyPair pair = custodian.unlocked(present);
    jdbc.sql("update platform.custodian set private_key = ? where id = ?")
        .params(locked(account.account(), pair, wanted), custodian.id())
        .update();
    pair.forget();
    ledger.append(
        account.signInName(),
        "custodian-passphrase-changed",
        "custodian",
        Long.toString(custodian.id()),
        Map.of());
  }

  /**
   * Ends a custodian's office: no shares of new records, no more consents. The shares of older
   * records stay until they are renewed.
   */
  @Transactional
  public void end(SignedIn account) {
    Custodian custodian = required(account);
    jdbc.sql("update platform.custodian set ended_at = ? where id = ?")
        .params(OffsetDateTime.now(clock), custodian.id())
        .update();
    ledger.append(
        account.signInName(),
        "custodian-ended",
        "custodian",
        Long.toString(custodian.id()),
        Map.of());
  }

  /** The present key of an account that is named as custodian. */
  Custodian required(SignedIn account) {
    named(account);
    return of(account.account()).orElseThrow(() -> new CustodyProblem(Reason.NO_KEY));
  }

  private static void named(SignedIn account) {
    if (!account.has(Role.CUSTODIAN)) {
      throw new CustodyProblem(Reason.NOT_NAMED);
    }
  }

  private byte[] locked(long account, KeyPair pair, String passphrase) {
    return passphrases.locked(pair.privateKey(), passphrase, Custodian.bound(account));
  }

  private static void checked(String passphrase) {
    if (passphrase.strip().length() < SHORTEST) {
      throw new CustodyProblem(Reason.SHORT_PASSPHRASE);
    }
  }
}
