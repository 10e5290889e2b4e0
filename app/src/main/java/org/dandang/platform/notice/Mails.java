package org.dandang.platform.notice;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Addresses of accounts, and what became of the mails. */
@Component
class Mails {
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;

  Mails(JdbcClient jdbc, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
  }

  Optional<String> address(long account) {
    return jdbc.sql("select address from platform.mail_address where account_id = ?")
        .param(account)
        .query(String.class)
        .optional();
  }

  /**
   * Keeps the address of an account, or none.
   *
   * @throws Refused when it is no address
   */
  @Transactional
  public void keep(SignedIn account, String given) {
    String address = given.strip();
    if (address.isEmpty()) {
      jdbc.sql("delete from platform.mail_address where account_id = ?")
          .param(account.account())
          .update();
    } else {
      if (address.length() > 254
          || !address.matches("[^@\\s<>,;\"]+@[^@\\s<>,;\"]+\\.[^@\\s<>,;\"]+")) {
        throw new Refused("notice", "notice.problem.address");
      }
      try {
        new InternetAddress(address, true).validate();
      } catch (AddressException e) {
        throw new Refused("notice", "notice.problem.address");
      }
      jdbc.sql(
              """
              insert into platform.mail_address (account_id, address, kept_at) values (?, ?, ?)
              on conflict (account_id) do update set address = excluded.address, kept_at = excluded.kept_at
              """)
          .params(account.account(), address, OffsetDateTime.now(clock))
          .update();
    }
    ledger.append(
        account.signInName(),
        address.isEmpty() ? "mail-address-removed" : "mail-address-kept",
        "account",
        Long.toString(account.account()),
        Map.of());
  }

  long count(String state) {
    return jdbc.sql("select count(*) from platform.mail where state = ?")
        .param(state)
        .query(Long.class)
        .single();
  }

  List<DeadMail> dead(int most) {
    return Sights.everything(() -> deadOfAll(most)); // nothing of a notice but when it was written
  }

  private List<DeadMail> deadOfAll(int most) {
    return jdbc.sql(
            """
            select m.id, a.sign_in_name, m.attempts, coalesce(m.problem, '') as problem, n.sent_at as written
              from platform.mail m
              join platform.account a on a.id = m.account_id
              join platform.notice n on n.id = m.notice_id
             where m.state = 'dead' order by m.id limit ?
            """)
        .param(most)
        .query(DeadMail.class)
        .list();
  }

  /** Lets a dead mail wait again, from the first try on; all of them where no number is given. */
  @Transactional
  public int sendAgain(Optional<Long> id, String actor) {
    int again =
        jdbc.sql(
                """
                update platform.mail set state = 'waiting', attempts = 0, next_at = :now
                 where state = 'dead' and (cast(:id as bigint) is null or id = :id)
                """)
            .param("now", OffsetDateTime.now(clock))
            .param("id", id.orElse(null))
            .update();
    if (again > 0) {
      ledger.append(actor, "mail-sent-again", "mail", null, Map.of("count", again));
    }
    return again;
  }
}
