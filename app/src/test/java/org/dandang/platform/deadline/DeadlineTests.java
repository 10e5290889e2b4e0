package org.dandang.platform.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Role;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wording;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deadlines under a clock that the tests move. */
@DandangTest
@Import(DeadlineTests.Surroundings.class)
class DeadlineTests {
  private static final LocalDate START = LocalDate.of(2026, 6, 1);

  @Autowired Deadlines deadlines;
  @Autowired DeadlineRunner runner;
  @Autowired OfficeCalendar office;
  @Autowired JdbcClient jdbc;
  @Autowired MovedClock clock;
  @Autowired Heard heard;

  @TestConfiguration(proxyBeanMethods = false)
  static class Surroundings {
    @Bean
    @Primary
    MovedClock movedClock() {
      return MovedClock.standing(LocalDate.of(2026, 6, 1));
    }

    @Bean
    Heard heard(JdbcClient jdbc) {
      return new Heard(jdbc);
    }
  }

  /** A module that listens: it writes what it hears, and fails when it is told to. */
  static class Heard {
    private final JdbcClient jdbc;
    volatile boolean failing;

    Heard(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @EventListener
    void on(DeadlineReminder event) {
      write("reminder " + event.workingDaysBefore(), event.deadline());
    }

    @EventListener
    void on(DeadlinePassed event) {
      write("passed", event.deadline());
    }

    @EventListener
    void on(DeadlineEscalated event) {
      write("escalated", event.deadline());
    }

    @EventListener
    void on(DeadlineMoved event) {
      write("moved from " + event.before(), event.deadline());
    }

    private void write(String what, Deadline deadline) {
      jdbc.sql("insert into heard (what, deadline_id, due_on) values (?, ?, ?)")
          .params(what, deadline.id(), deadline.due())
          .update();
      if (failing) {
        throw new IllegalStateException("the listener fails after it has written");
      }
    }
  }

  @BeforeEach
  void begin() {
    jdbc.sql(
            "create table if not exists heard (id bigint generated always as identity, what text,"
                + " deadline_id bigint, due_on date)")
        .update();
    heard.failing = false;
    clock.moveTo(START);
  }

  @Test
  void remindsPassesAndEscalatesEachOnceOnItsDay() throws Exception {
    Deadline deadline = deadlines.begin(wanted(Term.workingDays(10)), "officer");
    assertThat(deadline.due()).isEqualTo("2026-06-15");
    for (LocalDate day = START; day.isBefore(LocalDate.of(2026, 6, 26)); day = day.plusDays(1)) {
      clock.moveTo(day);
      runner.run();
      runner.run();
    }
    assertThat(heardOf(deadline))
        .containsExactly("reminder 3", "reminder 1", "passed", "escalated");
    assertThat(
            jdbc.sql(
                    "select kind || ' ' || to_char(at at time zone 'Asia/Shanghai', 'MM-DD') from"
                        + " platform.deadline_effect where deadline_id = ? order by at, kind")
                .param(deadline.id())
                .query(String.class)
                .list())
        .containsExactly("reminded 06-10", "reminded 06-12", "passed 06-16", "escalated 06-22");
    assertThat(deadlines.one(deadline.id()).isOverdue(office.today())).isTrue();
  }

  @Test
  void whatFellDueWhileNobodyRanIsDoneOnceAndStaleRemindersAreLeftOut() throws Exception {
    Deadline deadline = deadlines.begin(wanted(Term.workingDays(10)), "officer");
    clock.moveTo(LocalDate.of(2026, 7, 20));
    runner.run();
    runner.run();
    assertThat(heardOf(deadline)).containsExactly("passed", "escalated");
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.deadline_effect where deadline_id = ? and"
                        + " skipped")
                .param(deadline.id())
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void whoMeetsItInTimeIsToldNothing() throws Exception {
    Deadline deadline = deadlines.begin(wanted(Term.workingDays(10)), "officer");
    clock.moveTo(LocalDate.of(2026, 6, 9));
    assertThat(deadlines.meet(deadline.id(), "officer").isMetLate()).isFalse();
    clock.moveTo(LocalDate.of(2026, 7, 20));
    runner.run();
    assertThat(heardOf(deadline)).isEmpty();
    assertThat(deadlines.meet(deadline.id(), "other").endedOn()).isEqualTo("2026-06-09");
  }

  @Test
  void suspendingStopsTheCountAndResumingLetsTheRestRunOn() throws Exception {
    Deadline deadline = deadlines.begin(wanted(Term.workingDays(10)), "officer");
    clock.moveTo(LocalDate.of(2026, 6, 4));
    assertThatThrownBy(() -> deadlines.suspend(deadline.id(), "  ", "officer"))
        .isInstanceOf(Refused.class);
    deadlines.suspend(deadline.id(), "等待补充材料", "officer");
    assertThatThrownBy(() -> deadlines.suspend(deadline.id(), "again", "officer"))
        .isInstanceOf(Refused.class);
    clock.moveTo(LocalDate.of(2026, 7, 1));
    runner.run();
    assertThat(heardOf(deadline)).isEmpty();
    Deadline resumed = deadlines.resume(deadline.id(), "officer");
    assertThat(resumed.due()).isEqualTo("2026-07-10");
    assertThat(deadlines.suspensions(deadline.id())).hasSize(1);
    clock.moveTo(LocalDate.of(2026, 7, 11));
    runner.run();
    assertThat(heardOf(deadline)).containsExactly("passed");
  }

  @Test
  void isExtendedOnceWithAReasonWhereItMayBe() {
    Deadline fixed =
        deadlines.begin(
            NewDeadline.of(owner(), Wording.plain("复核"), "/", Term.days(30), START), "officer");
    refused("deadline.problem.not-extendable", () -> deadlines.extend(fixed.id(), 1, "r", "o"));
    Deadline deadline = deadlines.begin(wanted(Term.workingDays(30)).extendableBy(15), "officer");
    refused("deadline.problem.too-far", () -> deadlines.extend(deadline.id(), 16, "r", "o"));
    refused("deadline.problem.reason", () -> deadlines.extend(deadline.id(), 15, "", "o"));
    Deadline extended = deadlines.extend(deadline.id(), 15, "案情复杂", "officer");
    assertThat(office.current().workingDaysBetween(START, extended.due())).isEqualTo(45);
    refused("deadline.problem.extended-once", () -> deadlines.extend(deadline.id(), 1, "r", "o"));
    clock.moveTo(extended.due().plusDays(1));
    refused("deadline.problem.overdue", () -> deadlines.suspend(deadline.id(), "r", "o"));
  }

  @Test
  void anotherCalendarMovesTheLastDayAndSaysSo() throws Exception {
    clock.moveTo(LocalDate.of(2026, 12, 25));
    Deadline deadline =
        deadlines.begin(
            NewDeadline.of(
                owner(), Wording.plain("答复"), "/", Term.workingDays(5), LocalDate.of(2026, 12, 29)),
            "officer");
    assertThat(deadline.due()).isEqualTo("2027-01-05");
    assertThat(deadline.provisional()).isTrue();
    runner.run();
    office.enter(2027, "n", "一、元旦：1月1日（周五）至3日（周日）放假，共3天。", "officer");
    runner.run();
    Deadline moved = deadlines.one(deadline.id());
    assertThat(moved.due()).isEqualTo("2027-01-06");
    assertThat(moved.provisional()).isFalse();
    runner.run();
    assertThat(heardOf(deadline)).containsExactly("moved from 2027-01-05");
    office.withdraw(2027, "officer");
    runner.run();
    assertThat(deadlines.one(deadline.id()).due()).isEqualTo("2027-01-05");
  }

  @Test
  void aListenerThatFailsLeavesNothingHalfAndIsToldAgain() throws Exception {
    Deadline deadline = deadlines.begin(wanted(Term.workingDays(1)), "officer");
    clock.moveTo(LocalDate.of(2026, 6, 3));
    heard.failing = true;
    runner.run();
    assertThat(heardOf(deadline)).isEmpty();
    assertThat(deadlines.one(deadline.id()).problem()).contains("the listener fails");
    heard.failing = false;
    runner.run();
    assertThat(heardOf(deadline)).as("waits before it tries again").isEmpty();
    clock.moveTo(LocalDate.of(2026, 6, 4));
    runner.run();
    assertThat(heardOf(deadline)).containsExactly("passed");
    assertThat(deadlines.one(deadline.id()).problem()).isNull();
  }

  @Test
  void twoRunnersAtOnceTellOnce() throws Exception {
    List<Deadline> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(deadlines.begin(wanted(Term.workingDays(2)), "officer"));
    }
    clock.moveTo(LocalDate.of(2026, 6, 8));
    CountDownLatch together = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(
            threads.submit(
                () -> {
                  together.await();
                  runner.run();
                  return null;
                }));
      }
      together.countDown();
      for (Future<?> run : runs) {
        run.get();
      }
    }
    assertThat(many).allSatisfy(one -> assertThat(heardOf(one)).containsExactly("passed"));
  }

  private static Owner owner() {
    return new Owner("test", "1");
  }

  private static NewDeadline wanted(Term term) {
    return NewDeadline.of(owner(), Wording.plain("核实"), "/", term, START)
        .reminding(List.of(new Recipient.OfAccount("officer")), List.of(1, 3))
        .escalating(List.of(Recipient.everyone(Role.PERSONNEL_OFFICER)), 4);
  }

  private List<String> heardOf(Deadline deadline) {
    return jdbc.sql("select what from heard where deadline_id = ? order by id")
        .param(deadline.id())
        .query(String.class)
        .list();
  }

  private static void refused(String key, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.key()).isEqualTo(key));
  }
}
