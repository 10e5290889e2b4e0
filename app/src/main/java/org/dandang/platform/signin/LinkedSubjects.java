package org.dandang.platform.signin;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which account of ours an account of the provider is: by its issuer and subject, which never
 * change and are never given again (OpenID Connect Core 5.7), and by nothing else. Addresses and
 * names are not looked at.
 */
@Component
class LinkedSubjects {
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;

  LinkedSubjects(JdbcClient jdbc, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The sign-in name of the account. */
  Optional<String> find(String issuer, String subject) {
    return jdbc.sql(
            """
            select a.sign_in_name from platform.linked_subject l
              join platform.account a on a.id = l.account_id
             where l.issuer = ? and l.subject = ?
            """)
        .params(issuer, subject)
        .query(String.class)
        .optional();
  }

  boolean isLinked(String issuer, long account) {
    return jdbc.sql(
            "select exists (select from platform.linked_subject where issuer = ? and account_id = ?)")
        .params(issuer, account)
        .query(Boolean.class)
        .single();
  }

  /** False when the subject is linked to another account already. */
  @Transactional
  boolean link(String issuer, String subject, SignedIn account) {
    int linked =
        jdbc.sql(
                "insert into platform.linked_subject (issuer, subject, account_id, linked_at) values (?, ?, ?, ?) on conflict do nothing")
            .params(issuer, subject, account.account(), OffsetDateTime.now(clock))
            .update();
    if (linked == 0) {
      return find(issuer, subject).filter(account.signInName()::equals).isPresent();
    }
    ledger.append(
        account.signInName(),
        "provider-linked",
        "account",
        Long.toString(account.account()),
        Map.of("issuer", issuer));
    return true;
  }

  @Transactional
  void unlink(String issuer, SignedIn account) {
    if (jdbc.sql("delete from platform.linked_subject where issuer = ? and account_id = ?")
            .params(issuer, account.account())
            .update()
        > 0) {
      ledger.append(
          account.signInName(),
          "provider-unlinked",
          "account",
          Long.toString(account.account()),
          Map.of("issuer", issuer));
    }
  }
}
