package org.dandang.platform.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.PlainText;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.custody.CustodyProblem.Reason;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What is sealed is opened by two, for a motive and a time, and by nobody else. */
@DandangTest
@TestPropertySource(
    properties = {
      "dandang.password.cost=4",
      "dandang.custody.memory=64",
      "dandang.custody.rounds=1"
    })
@Import(CustodyTests.Moved.class)
@ExtendWith(OutputCaptureExtension.class)
class CustodyTests {
  private static final String WHY = "the report names a relative of the head";
  private static final Duration HOUR = Duration.ofHours(1);

  @Autowired Custody custody;
  @Autowired Custodians custodians;
  @Autowired Unsealings unsealings;
  @Autowired Renewing renewing;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired MovedClock clock;

  private SignedIn asker;
  private SignedIn first;
  private SignedIn second;
  private SignedIn third;

  @TestConfiguration(proxyBeanMethods = false)
  static class Moved {
    @Bean
    @Primary
    MovedClock movedClock() {
      return MovedClock.running();
    }
  }

  @BeforeEach
  void threeCustodiansAndOneWhoAsks() {
    clock.run();
    jdbc.sql("update platform.custodian set ended_at = now() where ended_at is null").update();
    String run = UUID.randomUUID().toString().substring(0, 8);
    asker = account("asker-" + run, Role.PERSONNEL_OFFICER);
    first = custodian("first-" + run);
    second = custodian("second-" + run);
    third = custodian("third-" + run);
  }

  @Test
  void twoCustodiansOpenARecordForTheAskerAlone() {
    UUID record = sealed("检举人：赵六");
    Unsealings.Asked asked = unsealings.ask(asker, record, WHY, HOUR);
    refused(Reason.NOT_CONSENTED, () -> unsealings.read(asker, asked.id(), asked.code()));
    consent(first, asked);
    refused(Reason.NOT_CONSENTED, () -> unsealings.read(asker, asked.id(), asked.code()));
    consent(third, asked);
    assertThat(unsealings.read(asker, asked.id(), asked.code())).isEqualTo("检举人：赵六");
    refused(Reason.UNKNOWN_RECORD, () -> unsealings.read(first, asked.id(), asked.code()));
    refused(Reason.WRONG_CODE, () -> unsealings.read(asker, asked.id(), "0".repeat(32)));
    assertThat(actions(record))
        .containsExactly(
            "unsealing-asked", "unsealing-consented", "unsealing-consented", "sealed-record-read");
  }

  @Test
  void onlyWhoIsNamedACustodianHasAKey() {
    refused(Reason.NOT_NAMED, () -> custodians.enrol(asker, passphrase(asker)));
    assertThat(custodians.of(asker.account())).isEmpty();
  }

  @Test
  void whoIsNoLongerNamedHoldsNoShareOfWhatIsSealedAndConsentsToNothing() {
    UUID before = sealed("x");
    Unsealings.Asked asked = unsealings.ask(asker, before, WHY, HOUR);
    assignments.end(assignmentOf(first), LocalDate.now(clock), "test");
    SignedIn former = accounts.loadUserByUsername(first.signInName());
    refused(Reason.NOT_NAMED, () -> consent(former, asked));
    refused(Reason.NOT_NAMED, () -> renewing.come(former, passphrase(former)));
    assertThat(custodians.present())
        .extracting(Custodian::account)
        .containsExactly(second.account(), third.account());
    UUID after = sealed("y");
    assertThat(shares(after)).isEqualTo(2);
    assertThat(shares(before)).isEqualTo(3);
    assertThat(renewing.waiting()).isPositive();
    assignments.end(assignmentOf(second), LocalDate.now(clock), "test");
    assertThat(custody.ready()).isFalse();
    refused(Reason.TOO_FEW_CUSTODIANS, () -> sealed("z"));
  }

  @Test
  void whoAsksDoesNotConsentAndNobodyConsentsTwice() {
    UUID record = sealed("x");
    Unsealings.Asked own = unsealings.ask(first, record, WHY, HOUR);
    refused(Reason.OWN_REQUEST, () -> consent(first, own));
    consent(second, own);
    refused(Reason.CONSENTED_ALREADY, () -> consent(second, own));
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        """
                        insert into platform.unsealing_consent (unsealing_id, custodian_id, account_id, consented_at, reason, share)
                        select unsealing_id, (select id from platform.custodian where account_id = ? and ended_at is null), ?, now(), 'by hand', share
                          from platform.unsealing_consent where unsealing_id = ?
                        """)
                    .params(first.account(), first.account(), own.id())
                    .update())
        .hasMessageContaining("who asks does not consent");
  }

  @Test
  void twoConsentsOfOnePersonAtTheSameTimeCountOnce() throws Exception {
    UUID record = sealed("x");
    Unsealings.Asked asked = unsealings.ask(asker, record, WHY, HOUR);
    Callable<Boolean> consenting =
        () -> {
          try {
            consent(first, asked);
            return true;
          } catch (CustodyProblem problem) {
            return false;
          }
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      int counted = 0;
      for (Future<Boolean> one :
          threads.invokeAll(List.of(consenting, consenting, consenting, consenting))) {
        counted += one.get() ? 1 : 0;
      }
      assertThat(counted).isEqualTo(1);
    }
    refused(Reason.NOT_CONSENTED, () -> unsealings.read(asker, asked.id(), asked.code()));
  }

  @Test
  void theOwnerOfTheDatabaseWithOnePassphraseOpensNothing() {
    UUID record = sealed("a name");
    Unsealings.Asked asked = unsealings.ask(first, record, WHY, HOUR);
    consent(second, asked);
    jdbc.sql("update platform.sealed_record set threshold = 2, kind = kind where id = ?")
        .param(record)
        .update();
    jdbc.sql(
            "alter table platform.sealed_record drop constraint if exists"
                + " sealed_record_threshold_check")
        .update();
    jdbc.sql("update platform.sealed_record set threshold = 1 where id = ?").param(record).update();
    refused(Reason.CHANGED, () -> unsealings.read(first, asked.id(), asked.code()));
    jdbc.sql(
            """
            insert into platform.unsealing_consent (unsealing_id, custodian_id, account_id, consented_at, reason, share)
            select u.unsealing_id, c.id, c.account_id, now(), 'by hand', s.share
              from platform.unsealing_consent u
              join platform.sealed_share s on s.record_id = ?
              join platform.custodian c on c.id = s.custodian_id and c.account_id = ?
             where u.unsealing_id = ?
            """)
        .params(record, third.account(), asked.id())
        .update();
    jdbc.sql("update platform.sealed_record set threshold = 2 where id = ?").param(record).update();
    jdbc.sql(
            "alter table platform.sealed_record add constraint sealed_record_threshold_check check"
                + " (threshold >= 2)")
        .update();
    refused(Reason.CHANGED, () -> unsealings.read(first, asked.id(), asked.code()));
  }

  @Test
  void aRequestEndsByItselfAndItsKeysAreForgotten() {
    UUID record = sealed("x");
    Unsealings.Asked asked = unsealings.ask(asker, record, WHY, HOUR);
    consent(first, asked);
    consent(second, asked);
    assertThat(unsealings.read(asker, asked.id(), asked.code())).isEqualTo("x");
    clock.move(Duration.ofMinutes(61));
    refused(Reason.EXPIRED, () -> unsealings.read(asker, asked.id(), asked.code()));
    refused(Reason.EXPIRED, () -> consent(third, asked));
    unsealings.forgetExpired();
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from platform.unsealing u left join platform.unsealing_consent c on c.unsealing_id = u.id
                     where u.id = ? and (u.private_key is not null or c.share is not null)
                    """)
                .param(asked.id())
                .query(Long.class)
                .single())
        .isZero();
    assertThat(unsealings.find(asked.id()).orElseThrow().motive()).isEqualTo(WHY);
  }

  @Test
  void oneCustodianRefusesForAll() {
    Unsealings.Asked asked = unsealings.ask(asker, sealed("x"), WHY, HOUR);
    consent(first, asked);
    unsealings.refuse(second, asked.id(), "the matter does not need the name");
    refused(Reason.REFUSED, () -> consent(third, asked));
    refused(Reason.REFUSED, () -> unsealings.read(asker, asked.id(), asked.code()));
    Unsealing after = unsealings.find(asked.id()).orElseThrow();
    assertThat(after.state(OffsetDateTime.now(clock))).isEqualTo(Unsealing.State.REFUSED);
    assertThat(after.refusal().reason()).isEqualTo("the matter does not need the name");
  }

  @Test
  void aMotiveATimeAndARecordAreAskedFor() {
    UUID record = sealed("x");
    refused(Reason.SAY_WHY, () -> unsealings.ask(asker, record, "  because   ", HOUR));
    refused(Reason.TOO_LONG, () -> unsealings.ask(asker, record, WHY, Duration.ofHours(25)));
    refused(Reason.TOO_LONG, () -> unsealings.ask(asker, record, WHY, Duration.ZERO));
    refused(Reason.UNKNOWN_RECORD, () -> unsealings.ask(asker, UUID.randomUUID(), WHY, HOUR));
  }

  @Test
  void aWrongPassphraseConsentsToNothing() {
    Unsealings.Asked asked = unsealings.ask(asker, sealed("x"), WHY, HOUR);
    refused(
        Reason.WRONG_PASSPHRASE,
        () -> unsealings.consent(first, asked.id(), "not the passphrase", WHY));
    refused(
        Reason.NO_KEY,
        () -> unsealings.consent(account("nobody", Role.CUSTODIAN), asked.id(), "x", WHY));
    refused(
        Reason.NOT_NAMED,
        () ->
            unsealings.consent(
                account("no-custodian", Role.PERSONNEL_OFFICER), asked.id(), "x", WHY));
    assertThat(unsealings.find(asked.id()).orElseThrow().consents()).isEmpty();
  }

  @Test
  void withTooFewCustodiansNothingIsKept() {
    custodians.end(first);
    custodians.end(second);
    assertThat(custody.ready()).isFalse();
    long before = records();
    refused(Reason.TOO_FEW_CUSTODIANS, () -> sealed("x"));
    assertThat(records()).isEqualTo(before);
  }

  @Test
  void sharesAreRenewedForThoseWhoCameAndTakenFromThoseWhoLeft() {
    UUID record = sealed("kept");
    custodians.end(third);
    SignedIn fourth = custodian("fourth-" + UUID.randomUUID().toString().substring(0, 8));
    Unsealings.Asked early = unsealings.ask(asker, record, WHY, HOUR);
    refused(Reason.NO_SHARE, () -> consent(fourth, early));
    assertThat(renewing.waiting()).isPositive();
    assertThat(renewing.come(first, passphrase(first))).isFalse();
    refused(Reason.NOT_CONSENTED, () -> renewing.renew(first, Progress.unwatched()));
    renewing.come(first, passphrase(first));
    assertThat(renewing.come(second, passphrase(second))).isTrue();
    renewing.renew(second, Progress.unwatched());
    assertThat(
            jdbc.sql(
                    """
                    select c.account_id from platform.sealed_share s join platform.custodian c on c.id = s.custodian_id
                     where s.record_id = ?
                    """)
                .param(record)
                .query(Long.class)
                .list())
        .containsExactlyInAnyOrder(first.account(), second.account(), fourth.account());
    assertThat(renewing.present()).isEmpty();
    Unsealings.Asked asked = unsealings.ask(asker, record, WHY, HOUR);
    consent(second, asked);
    consent(fourth, asked);
    assertThat(unsealings.read(asker, asked.id(), asked.code())).isEqualTo("kept");
  }

  @Test
  void whoCameToRenewIsLetGoAfterTenMinutes() {
    renewing.come(first, passphrase(first));
    clock.move(Duration.ofMinutes(11));
    assertThat(renewing.come(second, passphrase(second))).isFalse();
    assertThat(renewing.present()).containsExactly(second.shownName());
    clock.move(Duration.ofMinutes(19));
    assertThat(renewing.present()).isEmpty();
  }

  @Test
  void aChangedPassphraseOpensTheSameKey() {
    UUID record = sealed("x");
    custodians.changePassphrase(first, passphrase(first), "quite another passphrase");
    Unsealings.Asked asked = unsealings.ask(asker, record, WHY, HOUR);
    refused(Reason.WRONG_PASSPHRASE, () -> consent(first, asked));
    unsealings.consent(first, asked.id(), "quite another passphrase", WHY);
    consent(second, asked);
    assertThat(unsealings.read(asker, asked.id(), asked.code())).isEqualTo("x");
  }

  /** Every file of the database, its write-ahead log and its log, and what this program wrote. */
  @Test
  void aSealedNameStandsNowhereInPlainText(CapturedOutput output) throws Exception {
    String name = "卡纳里" + UUID.randomUUID();
    String passphrase = "canary passphrase " + UUID.randomUUID();
    SignedIn fourth =
        account("canary-" + UUID.randomUUID().toString().substring(0, 8), Role.CUSTODIAN);
    custodians.enrol(fourth, passphrase);
    UUID record = sealed(name);
    Unsealings.Asked asked = unsealings.ask(asker, record, WHY, HOUR);
    unsealings.consent(fourth, asked.id(), passphrase, WHY);
    consent(first, asked);
    assertThat(unsealings.read(asker, asked.id(), asked.code())).isEqualTo(name);
    refused(Reason.WRONG_CODE, () -> unsealings.read(asker, asked.id(), name));
    List<String> secrets = List.of(name, passphrase, asked.code(), asked.code().replace("-", ""));
    PlainText plainText = new PlainText(jdbc);
    assertThat(plainText.filesWith(secrets.toArray(String[]::new))).isEmpty();
    assertThat(output.getAll()).doesNotContain(secrets);
    // The control: the same search finds what is not sealed.
    String plain = "控制" + UUID.randomUUID();
    jdbc.sql("create table if not exists platform.control_of_the_search (name text)").update();
    jdbc.sql("insert into platform.control_of_the_search values (?)").param(plain).update();
    assertThat(plainText.filesWith(plain)).isNotEmpty();
    jdbc.sql("drop table platform.control_of_the_search").update();
  }

  private long assignmentOf(SignedIn custodian) {
    return jdbc.sql("select id from platform.role_assignment where account_id = ?")
        .param(custodian.account())
        .query(Long.class)
        .single();
  }

  private long shares(UUID record) {
    return jdbc.sql("select count(*) from platform.sealed_share where record_id = ?")
        .param(record)
        .query(Long.class)
        .single();
  }

  private UUID sealed(String text) {
    return transactions.execute(status -> custody.seal("reporter", text));
  }

  private void consent(SignedIn custodian, Unsealings.Asked asked) {
    unsealings.consent(custodian, asked.id(), passphrase(custodian), WHY);
  }

  private SignedIn custodian(String name) {
    SignedIn account = account(name, Role.CUSTODIAN);
    custodians.enrol(account, passphrase(account));
    return account;
  }

  private SignedIn account(String name, Role role) {
    if (!accounts.exists(name)) {
      accounts.create(name, name, "a long password", role, null, "test");
    }
    return accounts.loadUserByUsername(name);
  }

  private static String passphrase(SignedIn account) {
    return "the words of " + account.signInName();
  }

  private long records() {
    return jdbc.sql("select count(*) from platform.sealed_record").query(Long.class).single();
  }

  private List<String> actions(UUID record) {
    return jdbc.sql(
            "select action from platform.ledger_entry where subject_kind = 'sealed-record' and"
                + " subject_id = ? order by id")
        .param(record.toString())
        .query(String.class)
        .list();
  }

  private static void refused(Reason reason, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(
            CustodyProblem.class, problem -> assertThat(problem.reason()).isEqualTo(reason));
  }
}
