package org.dandang.platform.signin;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wordings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes the second factors from an account whose holder has lost them and has no recovery code
 * left. Where the account's roles ask for one, a new one has to be set up at the next signing in.
 */
@Component
class LostFactors {
  /** Longest reason, in characters. */
  static final int LONGEST_REASON = 300;

  private final JdbcClient jdbc;
  private final SecondFactors factors;
  private final Accounts accounts;
  private final Notices notices;
  private final Wordings wordings;
  private final Ledger ledger;

  LostFactors(
      JdbcClient jdbc,
      SecondFactors factors,
      Accounts accounts,
      Notices notices,
      Wordings wordings,
      Ledger ledger) {
    this.jdbc = jdbc;
    this.factors = factors;
    this.accounts = accounts;
    this.notices = notices;
    this.wordings = wordings;
    this.ledger = ledger;
  }

  /**
   * Takes all of them away, with what signs in or confirms by them; sessions end, and the holder is
   * told who did it and why.
   *
   * @param reason how it was made sure that the holder asks; required
   * @throws Refused for the own account, without a reason, or where there is none
   */
  @Transactional
  public void remove(long account, String reason, SignedIn by) {
    if (account == by.account()) {
      throw refused("own");
    }
    String why = reason.strip();
    if (why.isEmpty() || why.length() > LONGEST_REASON) {
      throw refused("reason", LONGEST_REASON);
    }
    String name =
        jdbc.sql("select sign_in_name from platform.account where id = ? for update")
            .param(account)
            .query(String.class)
            .optional()
            .orElseThrow(() -> refused("none"));
    KeptFactors kept = factors.of(account);
    if (!kept.any() && kept.codes() == 0) {
      throw refused("none");
    }
    jdbc.sql("delete from platform.authenticator where account_id = ?").param(account).update();
    jdbc.sql(
            """
            delete from platform.passkey p using platform.passkey_owner o
             where o.handle = p.handle and o.account_id = ?
            """)
        .param(account)
        .update();
    jdbc.sql("delete from platform.recovery_code where account_id = ?").param(account).update();
    ledger.append(
        by.signInName(),
        "second-factor-removed",
        "account",
        Long.toString(account),
        Map.of("reason", why, "app", kept.app(), "passkeys", kept.passkeys()));
    notices.send(
        new NewNotice(
            "second-factor-removed:" + UUID.randomUUID(),
            wordings.of("accounts.factors.told"),
            wordings.of("accounts.factors.told.body", by.shownName(), why),
            "/account",
            List.of(new Recipient.OfAccount(name)),
            by.signInName()));
    accounts.endSessions(account, by.signInName());
  }

  private static Refused refused(String why, Object... values) {
    return new Refused("access", "accounts.factors.problem." + why, values);
  }
}
