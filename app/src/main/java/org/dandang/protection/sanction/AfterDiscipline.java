package org.dandang.protection.sanction;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Role;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.jobs.Recurring;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Wordings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the clock sees to: evaluations are opened in time; who is free of a period is told, and the
 * mentor's time ends with it; whoever has no mentor is named to the personnel office. A period ends
 * by itself, whether this runs or not.
 */
@Component
class AfterDiscipline implements Recurring {
  /** Periods that ended longer ago are not told of: they came by an import. */
  private static final int TOLD_WITHIN_DAYS = 60;

  private final JdbcClient jdbc;
  private final Evaluations evaluations;
  private final Mentors mentors;
  private final Notices notices;
  private final Wordings wordings;
  private final OfficeCalendar office;
  private final TransactionTemplate transaction;
  private final Clock clock;

  AfterDiscipline(
      JdbcClient jdbc,
      Evaluations evaluations,
      Mentors mentors,
      Notices notices,
      Wordings wordings,
      OfficeCalendar office,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.evaluations = evaluations;
    this.mentors = mentors;
    this.notices = notices;
    this.wordings = wordings;
    this.office = office;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "after-discipline";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    Sights.everywhere(
        () -> {
          evaluations.open();
          transaction.executeWithoutResult(status -> lapsed());
          transaction.executeWithoutResult(status -> nameThoseWithoutMentor());
        });
  }

  private record Lapsed(long official, LocalDate until) {}

  /** Tells those whose period is over, once, and ends the times of their mentors. */
  private void lapsed() {
    LocalDate today = office.today();
    List<Lapsed> fresh =
        jdbc.sql(
                """
                insert into protection.lapse (official_id, until, told_at)
                select official_id, until, :now from protection.impact_on(:day)
                 where effect = 'no-promotion' and until <= :day and until > cast(:day as date) - :within
                on conflict do nothing returning official_id, until
                """)
            .param("now", OffsetDateTime.now(clock))
            .param("day", today)
            .param("within", TOLD_WITHIN_DAYS)
            .query((row, number) -> new Lapsed(row.getLong(1), row.getObject(2, LocalDate.class)))
            .list();
    for (Lapsed one : fresh) {
      notices.send(
          new NewNotice(
              "period-over:" + one.official() + ":" + one.until(),
              wordings.of("sanction.notice.over"),
              wordings.of("sanction.notice.over.body", one.until()),
              "/me/sanctions",
              List.of(new Recipient.OfOfficial(one.official())),
              Evaluations.ACTOR));
    }
    jdbc.sql(
            """
            select m.id, i.until from protection.mentor m
              join protection.impact_on(:day) i on i.official_id = m.official_id and i.effect = 'no-promotion'
             where m.to_on is null and i.until <= :day
            """)
        .param("day", today)
        .query((row, number) -> Map.entry(row.getLong(1), row.getObject(2, LocalDate.class)))
        .list()
        .forEach(one -> mentors.end(one.getKey(), one.getValue(), Evaluations.ACTOR));
  }

  /** One notice a week to the personnel officers where somebody has no mentor. */
  private void nameThoseWithoutMentor() {
    LocalDate monday = office.today().minusDays(office.today().getDayOfWeek().getValue() - 1L);
    int without = mentors.without();
    if (without > 0) {
      notices.send(
          new NewNotice(
              "without-mentor:" + monday,
              wordings.of("sanction.notice.without-mentor", without),
              null,
              "/protection/mentors?tab=without",
              List.of(Recipient.everyone(Role.PERSONNEL_OFFICER)),
              Evaluations.ACTOR));
    }
  }
}
