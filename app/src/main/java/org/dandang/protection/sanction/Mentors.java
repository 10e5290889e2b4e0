package org.dandang.protection.sanction;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.access.Role;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.deadline.Deadline;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.NewDeadline;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.web.Wordings;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Mentors: exactly one at any time for each who is under a period, and how they keep in touch. */
@Component
class Mentors {
  static final String OWNER = "mentor-contact";

  /** Longest note, in characters. */
  static final int LONGEST_NOTE = 2_000;

  /** Ways of keeping in touch. */
  static final List<String> WAYS = List.of("talk", "visit", "phone", "letter");

  private final JdbcClient jdbc;
  private final Deadlines deadlines;
  private final Notices notices;
  private final Wordings wordings;
  private final OfficeCalendar office;
  private final Ledger ledger;
  private final Clock clock;

  Mentors(
      JdbcClient jdbc,
      Deadlines deadlines,
      Notices notices,
      Wordings wordings,
      OfficeCalendar office,
      Ledger ledger,
      Clock clock) {
    this.jdbc = jdbc;
    this.deadlines = deadlines;
    this.notices = notices;
    this.wordings = wordings;
    this.office = office;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Who is to be a mentor.
   *
   * @param contactDays days between contacts
   */
  record Named(
      long official,
      long mentor,
      LocalDate from,
      String why,
      @Nullable String handOver,
      int contactDays,
      String clause,
      long matter,
      long unit) {}

  /**
   * Names a mentor, in the caller's transaction; another one hands over on that day.
   *
   * @throws org.dandang.platform.web.Refused when the mentor is the official, is under a period
   *     too, the official is under none, or the day lies before the present mentor's first
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void name(Named named, String actor) {
    LocalDate today = office.today();
    if (named.mentor() == named.official()) {
      throw Sanctions.refused("own-mentor");
    }
    if (named.from().isAfter(today)) {
      throw Sanctions.refused("later-day", named.from());
    }
    if (underPeriod(named.mentor(), today)) {
      throw Sanctions.refused("mentor-under-period");
    }
    if (!underPeriod(named.official(), today)) {
      throw Sanctions.refused("no-period");
    }
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('mentor ' || ?, 0))")
        .param(named.official())
        .query(row -> {});
    Optional<Mentoring> before =
        mentorings(
                "m.official_id = :official and m.to_on is null",
                Map.of("official", named.official()))
            .stream()
            .findFirst();
    if (before.isPresent()) {
      if (before.get().mentor() == named.mentor()) {
        throw Sanctions.refused("mentor-already");
      }
      if (named.from().isBefore(before.get().from())) {
        throw Sanctions.refused("mentor-before", before.get().from());
      }
      end(before.get().id(), named.from(), actor);
    }
    long id =
        jdbc.sql(
                """
                insert into protection.mentor (official_id, mentor_id, from_on, contact_days, clause, why, hand_over, matter_id, recorded_at, recorded_by)
                values (:official, :mentor, :from, :days, :clause, :why, :over, :matter, :now, :by) returning id
                """)
            .param("official", named.official())
            .param("mentor", named.mentor())
            .param("from", named.from())
            .param("days", named.contactDays())
            .param("clause", named.clause())
            .param("why", named.why())
            .param("over", named.handOver(), Types.VARCHAR)
            .param("matter", named.matter())
            .param("now", OffsetDateTime.now(clock))
            .param("by", actor)
            .query(Long.class)
            .single();
    nextContact(
        id,
        named.official(),
        named.mentor(),
        named.contactDays(),
        named.from(),
        named.unit(),
        actor);
    notices.send(
        new NewNotice(
            "mentor-named:" + id,
            wordings.of("sanction.notice.mentor-named"),
            wordings.of("sanction.notice.mentor-named.body", named.contactDays()),
            "/me/mentees",
            List.of(new Recipient.OfOfficial(named.mentor())),
            actor));
    ledger.append(
        actor,
        "mentor-named",
        "official",
        Long.toString(named.official()),
        Map.of(
            "mentor", named.mentor(), "from", named.from().toString(), "matter", named.matter()));
  }

  private boolean underPeriod(long official, LocalDate day) {
    return jdbc.sql(
            """
            select coalesce(protection.impact_until(decided_on, amount, unit, most order by decided_on, sanction_id) > :day, false)
              from protection.effects_on(:day) where official_id = :official and effect = 'no-promotion'
            """)
        .param("day", day)
        .param("official", official)
        .query(Boolean.class)
        .single();
  }

  private void nextContact(
      long id,
      long official,
      long mentor,
      int days,
      LocalDate start,
      @Nullable Long unit,
      String actor) {
    deadlines.begin(
        NewDeadline.of(
                new Owner(OWNER, Long.toString(id)),
                wordings.of("sanction.contact-due"),
                "/me/mentees",
                Term.days(days),
                start)
            .belonging(unit, List.of(official))
            .reminding(List.of(new Recipient.OfOfficial(mentor)), List.of(3))
            .escalating(
                unit == null
                    ? List.of()
                    : List.of(new Recipient.OfRole(Role.PERSONNEL_OFFICER, unit)),
                1),
        actor);
  }

  /** Ends a mentor's time, in the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  void end(long id, LocalDate on, String actor) {
    jdbc.sql(
            "update protection.mentor set to_on = greatest(from_on, ?) where id = ? and to_on is"
                + " null")
        .params(on, id)
        .update();
    for (Deadline deadline : deadlines.of(new Owner(OWNER, Long.toString(id)))) {
      if (deadline.state() == Deadline.State.RUNNING) {
        deadlines.cancel(deadline.id(), actor);
      }
    }
    ledger.append(actor, "mentor-ended", "mentor", Long.toString(id), Map.of("on", on.toString()));
  }

  /**
   * Notes a contact; sent again under the same number it is not noted again.
   *
   * @throws org.dandang.platform.web.Refused when the mentor's time is over or had not begun, or
   *     nothing is said
   */
  @Transactional
  void contact(long id, LocalDate on, String way, String note, UUID client, String actor) {
    String said = note.strip();
    Mentoring mentoring = find(id).orElseThrow(() -> Sanctions.refused("no-mentor"));
    if (mentoring.to() != null) {
      throw Sanctions.refused("no-mentor");
    }
    if (on.isBefore(mentoring.from()) || on.isAfter(office.today())) {
      throw Sanctions.refused("contact-day", mentoring.from(), office.today());
    }
    if (said.isEmpty() || said.length() > LONGEST_NOTE || !WAYS.contains(way)) {
      throw Sanctions.refused("contact-note", LONGEST_NOTE);
    }
    int noted =
        jdbc.sql(
                """
                insert into protection.mentor_contact (mentor, official_id, met_on, way, note, client, recorded_at, recorded_by)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (client) do nothing
                """)
            .params(
                id, mentoring.official(), on, way, said, client, OffsetDateTime.now(clock), actor)
            .update();
    if (noted == 0) {
      return;
    }
    LocalDate last = mentoring.lastContact();
    if (last == null || on.isAfter(last)) {
      for (Deadline deadline : deadlines.of(new Owner(OWNER, Long.toString(id)))) {
        if (deadline.state() == Deadline.State.RUNNING) {
          deadlines.meet(deadline.id(), actor);
        }
      }
      nextContact(
          id,
          mentoring.official(),
          mentoring.mentor(),
          mentoring.contactDays(),
          on,
          unit(mentoring.official()),
          actor);
    }
    ledger.append(
        actor,
        "mentor-contact-noted",
        "official",
        Long.toString(mentoring.official()),
        Map.of("mentor", id, "on", on.toString(), "way", way));
  }

  private @Nullable Long unit(long official) {
    return jdbc.sql("select c.unit_id from official.counted_posts(?, ?) c order by 1 limit 1")
        .params(official, office.today())
        .query(Long.class)
        .optional()
        .orElse(null);
  }

  Optional<Mentoring> find(long id) {
    return mentorings("m.id = :id", Map.of("id", id)).stream().findFirst();
  }

  /** The mentors an official has had, newest first. */
  List<Mentoring> of(long official) {
    return mentorings("m.official_id = :official", Map.of("official", official));
  }

  /** Those whose mentor an official is. */
  List<Mentoring> menteesOf(long mentor) {
    return mentorings("m.mentor_id = :mentor", Map.of("mentor", mentor));
  }

  /** Those that last, the longest without contact first. */
  List<Mentoring> active(int from, int most) {
    return mentorings(
        "m.to_on is null order by due, m.id limit :most offset :from",
        Map.of("most", most, "from", from));
  }

  private List<Mentoring> mentorings(String which, Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("day", office.today());
    return jdbc.sql(
            """
            select m.*, coalesce(o.label || ' · ' || o.key, m.official_id::text) as label,
                   coalesce(t.label || ' · ' || t.key, m.mentor_id::text) as mentor_label,
                   (select protection.impact_until(e.decided_on, e.amount, e.unit, e.most order by e.decided_on, e.sanction_id)
                      from protection.effects_on(:day) e where e.official_id = m.official_id and e.effect = 'no-promotion') as until,
                   c.last, coalesce(c.contacts, 0) as contacts,
                   case when m.to_on is null then coalesce(c.last, m.from_on) + m.contact_days end as due
              from protection.mentor m
              left join official.subject o on o.subject = m.official_id
              left join official.subject t on t.subject = m.mentor_id
              left join lateral (select max(met_on) as last, count(*)::int as contacts
                                   from protection.mentor_contact k where k.mentor = m.id) c on true
            """
                + " where "
                + which
                + (which.contains("order by")
                    ? ""
                    : " order by m.from_on desc, m.id desc limit 500"))
        .params(all)
        .query(Mentors::mentoring)
        .list();
  }

  private static Mentoring mentoring(ResultSet row, int number) throws SQLException {
    return new Mentoring(
        row.getLong("id"),
        row.getLong("official_id"),
        row.getString("label"),
        row.getLong("mentor_id"),
        row.getString("mentor_label"),
        row.getObject("from_on", LocalDate.class),
        row.getObject("to_on", LocalDate.class),
        row.getObject("until", LocalDate.class),
        row.getInt("contact_days"),
        row.getString("clause"),
        row.getString("hand_over"),
        row.getObject("last", LocalDate.class),
        row.getObject("due", LocalDate.class),
        row.getInt("contacts"));
  }

  /** The contacts of one, newest first. */
  List<Contact> contacts(long id) {
    return jdbc.sql(
            """
            select met_on as "on", way, note, recorded_at as at, recorded_by as by
              from protection.mentor_contact where mentor = ? order by met_on desc, id desc limit 500
            """)
        .param(id)
        .query(
            (row, number) ->
                new Contact(
                    row.getObject(1, LocalDate.class),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, OffsetDateTime.class),
                    row.getString(5)))
        .list();
  }

  /** Those under a period today without a mentor, whose period ends first first. */
  List<WithoutMentor> without(int from, int most) {
    return jdbc.sql(
            """
            select c.official_id, coalesce(o.label || ' · ' || o.key, c.official_id::text) as label, c.until
            """
                + WITHOUT
                + " order by c.until, c.official_id limit :most offset :from")
        .param("day", office.today())
        .param("most", most)
        .param("from", from)
        .query(
            (row, number) ->
                new WithoutMentor(
                    row.getLong("official_id"),
                    row.getString("label"),
                    row.getObject("until", LocalDate.class)))
        .list();
  }

  /** How many there are of them. */
  int without() {
    return jdbc.sql("select count(*)" + WITHOUT)
        .param("day", office.today())
        .query(Integer.class)
        .single();
  }

  private static final String WITHOUT =
      """
       from protection.clearance_on(:day) c left join official.subject o on o.subject = c.official_id
       where c.effect = 'no-promotion'
         and not exists (select from protection.mentor m where m.official_id = c.official_id
                           and m.from_on <= :day and (m.to_on is null or m.to_on > :day))
      """;
}
