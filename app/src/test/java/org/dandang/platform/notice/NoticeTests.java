package org.dandang.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wording;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices in the inbox and by mail, against a real mail server on loopback. */
@DandangTest
@Import(NoticeTests.Surroundings.class)
@DirtiesContext
class NoticeTests {
  private static final GreenMail SERVER =
      new GreenMail(new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static final String SECRET = "关于某同志的谈话提醒";

  @Autowired Notices notices;
  @Autowired MailWorker worker;
  @Autowired Mails mails;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired MovedClock clock;

  @TestConfiguration(proxyBeanMethods = false)
  static class Surroundings {
    @Bean
    @Primary
    MovedClock movedClock() {
      return MovedClock.standing(LocalDate.of(2026, 6, 1));
    }
  }

  @DynamicPropertySource
  static void mailServer(DynamicPropertyRegistry properties) {
    SERVER.start();
    properties.add("dandang.mail.host", () -> "127.0.0.1");
    properties.add("dandang.mail.port", () -> SERVER.getSmtp().getPort());
    properties.add("dandang.mail.tls", () -> "none");
    properties.add("dandang.mail.from", () -> "dandang@office.example.cn");
  }

  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void down() {
    SERVER.stop();
  }

  @BeforeEach
  void clear() throws Exception {
    clock.moveTo(LocalDate.of(2026, 6, 1));
    jdbc.sql("delete from platform.mail").update();
    jdbc.sql("delete from platform.mail_address").update();
    SERVER.purgeEmailFromAllMailboxes();
    for (String name : List.of("one", "two", "three")) {
      if (!accounts.exists(name)) {
        accounts.create(name, name, "a long password", Role.PERSONNEL_OFFICER, null, "test");
      }
    }
    if (!accounts.exists("li")) {
      accounts.create("li", "li", "a long password", Role.OFFICIAL, 7L, "test");
    }
  }

  @Test
  void aNoticeIsThereExactlyWhenWhatItTellsIs() {
    assertThatThrownBy(() -> notices.send(notice("alone", new Recipient.OfAccount("one"))))
        .isInstanceOf(IllegalTransactionStateException.class);
    transaction.executeWithoutResult(
        status -> {
          notices.send(notice("undone", new Recipient.OfAccount("one")));
          status.setRollbackOnly();
        });
    assertThat(notices.receipts("undone")).isEmpty();
    send(notice("done", new Recipient.OfAccount("one")));
    assertThat(notices.receipts("done")).hasSize(1);
  }

  @Test
  void theSameCauseTellsARecipientOnce() throws Exception {
    NewNotice twice =
        notice("twice", new Recipient.OfAccount("one"), Recipient.everyone(Role.PERSONNEL_OFFICER));
    CountDownLatch together = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(
                () -> {
                  together.await();
                  send(twice);
                  return null;
                }));
      }
      together.countDown();
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(notices.receipts("twice")).hasSize(3);
  }

  @Test
  void theOwnNoticesAreReadAndNobodyElsesAre() {
    send(notice("own", new Recipient.OfAccount("one")));
    Notice notice = notices.receipts("own").getFirst();
    assertThat(notices.read(notice.id(), account("two"))).isEmpty();
    assertThat(notices.receipts("own").getFirst().isUnread()).isTrue();
    assertThat(notices.read(notice.id(), account("one"))).isPresent();
    assertThat(notices.receipts("own").getFirst().readAt()).isNotNull();
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action = 'notice-read' and"
                        + " subject_id = 'own'")
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void anOfficialIsToldByTheOwnAccountOrOnPaper() {
    send(notice("official", new Recipient.OfOfficial(7), new Recipient.OfOfficial(8)));
    List<Notice> sent = notices.receipts("official");
    assertThat(sent).hasSize(2);
    assertThat(sent.getFirst().account()).isEqualTo(account("li").account());
    Notice paper = sent.getLast();
    assertThat(paper.account()).isNull();
    assertThat(notices.waitingOnPaper(null, false, 0, 10))
        .extracting(Notice::id)
        .contains(paper.id());
    assertThat(notices.waitingOnPaper(List.of(8L), true, 0, 10))
        .extracting(Notice::id)
        .contains(paper.id());
    assertThat(notices.countWaitingOnPaper(List.of(8L))).isPositive();
    assertThat(notices.waitingOnPaper(List.of(9L), true, 0, 10)).isEmpty();
    assertThat(notices.waitingOnPaper(List.of(8L), false, 1_000, 10)).isEmpty();
    assertThatThrownBy(
            () -> notices.handedOver(paper.id(), LocalDate.of(2026, 6, 2), "", "officer"))
        .isInstanceOf(Refused.class);
    notices.handedOver(paper.id(), LocalDate.of(2026, 6, 1), "家属代收", "officer");
    assertThatThrownBy(
            () -> notices.handedOver(paper.id(), LocalDate.of(2026, 6, 1), "", "officer"))
        .isInstanceOf(Refused.class);
    assertThat(notices.waitingOnPaper(null, false, 0, 10))
        .extracting(Notice::id)
        .doesNotContain(paper.id());
    assertThat(notices.receipts("official").getLast().handedNote()).isEqualTo("家属代收");
  }

  @Test
  void aMailTellsThatThereIsANoticeAndNothingOfIt() throws Exception {
    address("one", "one@example.cn");
    send(notice("mail", new Recipient.OfAccount("one"), new Recipient.OfAccount("two")));
    worker.run();
    worker.run();
    MimeMessage[] received = SERVER.getReceivedMessages();
    assertThat(received).as("the second keeps no address").hasSize(1);
    assertThat(received[0].getAllRecipients()[0]).hasToString("one@example.cn");
    assertThat(text(received[0])).contains("请登录").doesNotContain(SECRET, "谈话", "mail:");
    assertThat(mails.count("sent")).isEqualTo(1);
  }

  @Test
  void aMailThatACrashLeftBeingSentGoesOutUnderTheSameId() throws Exception {
    address("one", "one@example.cn");
    send(notice("crash", new Recipient.OfAccount("one")));
    worker.run();
    // The crash: the server has taken the mail, the mark that it is sent was never written.
    jdbc.sql("update platform.mail set state = 'sending', sent_at = null").update();
    worker.run();
    assertThat(SERVER.getReceivedMessages()).as("not before it is sure").hasSize(1);
    clock.moveTo(clock.instant().plus(MailWorker.LEFT).plusSeconds(1));
    worker.run();
    MimeMessage[] received = SERVER.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(ids(received)).as("one mail in effect").hasSize(1);
    assertThat(mails.count("sent")).isEqualTo(1);
  }

  @Test
  void aServerThatIsDownIsTriedAgainUntilTheMailIsDeadAndCanBeSentAgain() throws Exception {
    address("one", "one@example.cn");
    send(notice("down", new Recipient.OfAccount("one")));
    SERVER.stop();
    try {
      int tries = 0;
      while (mails.count("dead") == 0) {
        assertThat(tries++).isLessThan(50);
        worker.run();
        clock.moveTo(clock.instant().plus(Duration.ofHours(7)));
      }
      assertThat(tries).isEqualTo(MailWorker.MOST_ATTEMPTS);
      assertThat(mails.dead(10)).hasSize(1).allSatisfy(d -> assertThat(d.problem()).isNotBlank());
    } finally {
      SERVER.start();
    }
    worker.run();
    assertThat(SERVER.getReceivedMessages()).isEmpty();
    assertThat(mails.sendAgain(Optional.empty(), "admin")).isEqualTo(1);
    worker.run();
    assertThat(SERVER.getReceivedMessages()).hasSize(1);
  }

  @Test
  void anAddressThatCannotBeIsNotTriedAgain() throws Exception {
    address("one", "one@example.cn");
    send(notice("gone", new Recipient.OfAccount("one")));
    jdbc.sql("update platform.mail_address set address = 'no address at all'").update();
    worker.run();
    assertThat(mails.count("dead")).isEqualTo(1);
    assertThatThrownBy(() -> mails.keep(account("one"), "x@y\r\nBcc: z@example.cn"))
        .isInstanceOf(Refused.class);
  }

  /**
   * Connections are cut between the decision and its notice, again and again: no decision that is
   * there lacks its notice. The control tells after the commit, and loses.
   */
  @Test
  void noneIsLostWhenConnectionsAreCutBetweenDecisionAndNotice() throws Exception {
    jdbc.sql("create table if not exists decision (id text primary key)").update();
    assertThat(missing("in", true)).isZero();
    assertThat(missing("after", false)).as("the control loses").isPositive();
  }

  private long missing(String run, boolean together) throws Exception {
    int decisions = 120;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < decisions; i++) {
        String id = run + "-" + i;
        boolean cut = i % 3 == 0;
        all.add(threads.submit(() -> decide(id, cut, together)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(count("select count(*) from decision where id like '" + run + "-%'"))
        .isGreaterThanOrEqualTo(decisions * 2L / 3);
    return count(
        "select count(*) from decision d where id like '"
            + run
            + "-%' and not exists (select from platform.notice n where n.cause = d.id)");
  }

  private void decide(String id, boolean cut, boolean together) {
    try {
      if (together) {
        transaction.executeWithoutResult(
            status -> {
              decided(id);
              cutIf(cut);
              notices.send(notice(id, new Recipient.OfAccount("one")));
            });
      } else {
        transaction.executeWithoutResult(status -> decided(id));
        transaction.executeWithoutResult(
            status -> {
              cutIf(cut);
              notices.send(notice(id, new Recipient.OfAccount("one")));
            });
      }
    } catch (RuntimeException lost) {
      assertThat(cut).as("only a cut fails: " + lost).isTrue();
    }
  }

  private void decided(String id) {
    jdbc.sql("insert into decision (id) values (?)").param(id).update();
  }

  private void cutIf(boolean cut) {
    if (cut) {
      jdbc.sql("select pg_terminate_backend(pg_backend_pid())").query(Boolean.class).list();
    }
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  private void address(String name, String address) {
    mails.keep(account(name), address);
  }

  private SignedIn account(String name) {
    return accounts.loadUserByUsername(name);
  }

  private void send(NewNotice notice) {
    transaction.executeWithoutResult(status -> notices.send(notice));
  }

  private static NewNotice notice(String cause, Recipient... to) {
    return new NewNotice(cause, Wording.plain(SECRET), null, "/officials/1", List.of(to), "test");
  }

  private static String text(MimeMessage message) throws MessagingException, IOException {
    return message.getSubject() + "\n" + message.getContent();
  }

  private static Set<String> ids(MimeMessage[] messages) throws MessagingException {
    Set<String> ids = new HashSet<>();
    for (MimeMessage message : messages) {
      ids.add(message.getMessageID());
    }
    return ids;
  }
}
