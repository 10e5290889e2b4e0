package org.dandang.platform.access;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The accounts that may sign in. Every change to one leaves a ledger entry. */
@Component
public class Accounts implements UserDetailsService, UserDetailsPasswordService {
  /** Wrong passwords in a row after which signing in is refused, and for how long. */
  static final int FAILURES = 5;

  static final Duration LOCKED = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final PasswordEncoder encoder;
  private final Ledger ledger;
  private final Assignments assignments;
  private final PasswordRules rules;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Accounts(
      JdbcClient jdbc,
      PasswordEncoder encoder,
      Ledger ledger,
      Assignments assignments,
      PasswordRules rules,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.encoder = encoder;
    this.ledger = ledger;
    this.assignments = assignments;
    this.rules = rules;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Opens an account with a role over everything.
   *
   * @param official number of the own record; needed for the role official
   * @param actor who opens it
   * @throws PasswordRefused when the password may not be used
   */
  @Transactional
  public long create(
      String signInName,
      String shownName,
      String password,
      Role role,
      @Nullable Long official,
      String actor) {
    long id = open(signInName, shownName, password, official, actor);
    assignments.give(Assignments.Wanted.held(id, role, null, assignments.today()), actor);
    return id;
  }

  /**
   * Opens an account that holds no role yet.
   *
   * @param official number of the own record; null for none
   * @throws PasswordRefused when the password may not be used
   */
  @Transactional
  public long open(
      String signInName, String shownName, String password, @Nullable Long official, String actor) {
    long id =
        jdbc.sql(
                """
                insert into platform.account (sign_in_name, shown_name, password_hash, official_id, created_at)
                values (:name, :shown, :hash, :official, :at) returning id
                """)
            .param("name", signInName)
            .param("shown", shownName)
            .param("hash", encoder.encode(rules.accepted(password, signInName, shownName)))
            .param("official", official)
            .param("at", now())
            .query(Long.class)
            .single();
    ledger.append(actor, "account-created", "account", Long.toString(id), Map.of());
    return id;
  }

  /**
   * Opens an account that holds no role yet, with a password for signing in once.
   *
   * @param official number of the own record; null for none
   * @return the account's number and its password, which is kept nowhere
   */
  @Transactional
  public Opened open(String signInName, String shownName, @Nullable Long official, String actor) {
    long id = open(signInName, shownName, PasswordRules.temporary(), official, actor);
    return new Opened(id, resetPassword(id, actor));
  }

  /** An account with the password for signing in once. */
  public record Opened(long account, String password) {}

  public boolean exists(String signInName) {
    return find(signInName).isPresent();
  }

  @Override
  public SignedIn loadUserByUsername(String signInName) {
    return find(signInName).orElseThrow(() -> new UsernameNotFoundException("no such account"));
  }

  /**
   * Changes a password; sessions that began before are over.
   *
   * @return false when the present one is not right; nothing is changed then
   * @throws PasswordRefused when the new one may not be used
   */
  @Transactional
  public boolean changePassword(String signInName, String present, String wanted) {
    SignedIn account = loadUserByUsername(signInName);
    if (!encoder.matches(present, account.passwordHash())) {
      return false;
    }
    rules.accepted(wanted, account.signInName(), account.shownName());
    if (encoder.matches(wanted, account.passwordHash())) {
      throw new PasswordRefused(PasswordRefused.Reason.SAME);
    }
    jdbc.sql(
            """
            update platform.account
               set password_hash = :hash, password_until = null, password_changed_at = :now,
                   sessions_from = :now
             where id = :id
            """)
        .param("hash", encoder.encode(wanted))
        .param("now", now())
        .param("id", account.account())
        .update();
    ledger.append(
        signInName, "password-changed", "account", Long.toString(account.account()), Map.of());
    return true;
  }

  /**
   * Replaces a password by one that is only good for signing in once and choosing a new one. All
   * sessions of the account are over and its lock is lifted.
   *
   * @param actor the security administrator, or the machine's operator
   * @return the password, which is kept nowhere and can be shown only now
   */
  @Transactional
  public String resetPassword(long account, String actor) {
    String password = PasswordRules.temporary();
    jdbc.sql(
            """
            update platform.account
               set password_hash = :hash, password_until = :until, password_changed_at = :now,
                   sessions_from = :now, failures = 0, locked_until = null
             where id = :id
            """)
        .param("hash", encoder.encode(password))
        .param("until", now().plus(rules.temporaryFor()))
        .param("now", now())
        .param("id", account)
        .update();
    ledger.append(actor, "password-reset", "account", Long.toString(account), Map.of());
    events.publishEvent(new SessionsEnded(account));
    return password;
  }

  /** A better hash of the same password, made when it was given at signing in. */
  @Override
  @Transactional
  public SignedIn updatePassword(UserDetails account, @Nullable String hash) {
    jdbc.sql("update platform.account set password_hash = :hash where sign_in_name = :name")
        .param("hash", hash)
        .param("name", account.getUsername())
        .update();
    return loadUserByUsername(account.getUsername());
  }

  /** Ends every session of an account, because it may do less or more from now on. */
  @Transactional
  public void endSessions(long account, String actor) {
    jdbc.sql("update platform.account set sessions_from = ? where id = ?")
        .params(now(), account)
        .update();
    ledger.append(actor, "sessions-ended", "account", Long.toString(account), Map.of());
    events.publishEvent(new SessionsEnded(account));
  }

  @Transactional
  public void keepLanguage(SignedIn account, String language) {
    jdbc.sql("update platform.account set language = ? where id = ?")
        .params(language, account.account())
        .update();
    ledger.append(
        account.signInName(),
        "language-changed",
        "account",
        Long.toString(account.account()),
        Map.of("language", language));
  }

  /**
   * @param by how it was proven: "password", "password code", "passkey", "provider" …
   */
  @Transactional
  public void signedIn(String signInName, String by) {
    jdbc.sql("update platform.account set failures = 0, locked_until = null where sign_in_name = ?")
        .param(signInName)
        .update();
    ledger.append(signInName, "signed-in", "account", signInName, Map.of("by", by));
  }

  /** A wrong password or code; too many in a row lock the account for a while. */
  @Transactional
  public void failed(String given) {
    String signInName = given.toLowerCase(Locale.ROOT);
    int known =
        jdbc.sql(
                """
                update platform.account
                   set failures = case when locked_until < :now then 1 else failures + 1 end,
                       locked_until = case
                         when locked_until >= :now then locked_until
                         when locked_until is null and failures + 1 >= :most then :until
                       end
                 where sign_in_name = :name
                """)
            .param("now", now())
            .param("most", FAILURES)
            .param("until", now().plus(LOCKED))
            .param("name", signInName)
            .update();
    if (known > 0) {
      ledger.append(signInName, "sign-in-failed", "account", signInName, Map.of());
    }
  }

  @Transactional
  public void signedOut(String signInName) {
    ledger.append(signInName, "signed-out", "account", signInName, Map.of());
  }

  private Optional<SignedIn> find(String signInName) {
    return jdbc.sql("select * from platform.account where sign_in_name = ?")
        .param(signInName.toLowerCase(Locale.ROOT))
        .query(
            (row, number) -> {
              OffsetDateTime locked = row.getObject("locked_until", OffsetDateTime.class);
              return new SignedIn(
                  row.getLong("id"),
                  row.getString("sign_in_name"),
                  row.getString("shown_name"),
                  row.getString("password_hash"),
                  assignments.today(row.getLong("id")),
                  row.getObject("official_id", Long.class),
                  row.getString("language"),
                  locked != null && locked.isAfter(now()),
                  row.getObject("disabled_at") == null,
                  clock.instant());
            })
        .optional();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
