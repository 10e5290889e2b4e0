package org.dandang.protection.tolerance;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
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
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wording;
import org.dandang.platform.web.Wordings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Issues correction plans and follows them item by item until another person has verified each. */
@Component
public class CorrectionPlans {
  static final int LONGEST = 2_000;
  private static final String OWNER = "correction-item";
  private static final String SUBJECT = "correction-item";
  private static final List<Integer> REMIND_BEFORE = List.of(1, 5);

  private final JdbcClient jdbc;
  private final Deadlines deadlines;
  private final Notices notices;
  private final Access access;
  private final OfficeCalendar office;
  private final Wordings wordings;
  private final Ledger ledger;
  private final Clock clock;

  CorrectionPlans(
      JdbcClient jdbc,
      Deadlines deadlines,
      Notices notices,
      Access access,
      OfficeCalendar office,
      Wordings wordings,
      Ledger ledger,
      Clock clock) {
    this.jdbc = jdbc;
    this.deadlines = deadlines;
    this.notices = notices;
    this.access = access;
    this.office = office;
    this.wordings = wordings;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Issues the plan of a determination; each item begins its time. */
  void issue(Entered entered, List<PlannedItem> items) {
    long unit = entered.matter().unit();
    long plan =
        jdbc.sql(
                """
                insert into protection.correction_plan (matter_id, pack, unit_id, official_id, aim, issued_on, due_on)
                values (?, ?, ?, ?, ?, ?, ?) returning id
                """)
            .params(
                entered.matter().id(),
                entered.matter().procedure().pack(),
                unit,
                entered.official(),
                entered.answer("correction-aim").orElse(""),
                entered.on(),
                items.stream().map(PlannedItem::until).max(LocalDate::compareTo).orElseThrow())
            .query(Long.class)
            .single();
    for (PlannedItem item : items) {
      long id =
          jdbc.sql(
                  """
                  insert into protection.correction_item (plan_id, place, text, official_id, until_on)
                  values (?, ?, ?, ?, ?) returning id
                  """)
              .params(plan, item.place(), item.text(), item.official(), item.until())
              .query(Long.class)
              .single();
      follow(id, unit, item, entered);
    }
  }

  private void follow(long id, long unit, PlannedItem item, Entered entered) {
    Recipient responsible = new Recipient.OfOfficial(item.official());
    Recipient officers = new Recipient.OfRole(Role.PERSONNEL_OFFICER, unit);
    Wording name = wordings.of("tolerance.item.deadline");
    int days = Math.toIntExact(ChronoUnit.DAYS.between(entered.on(), item.until()));
    if (days > 0) {
      deadlines.begin(
          NewDeadline.of(owner(id), name, path(id), Term.days(days), entered.on())
              .reminding(List.of(responsible), REMIND_BEFORE)
              .escalating(List.of(officers), 1),
          entered.actor());
    }
    notices.send(
        new NewNotice(
            "correction-item:" + id + ":issued",
            wordings.of("tolerance.item.issued", item.until().toString()),
            ToleranceRegister.word(entered, "title"),
            path(id),
            List.of(responsible),
            entered.actor()));
  }

  private static Owner owner(long item) {
    return new Owner(OWNER, Long.toString(item));
  }

  static String path(long item) {
    return "/plan-items/" + item;
  }

  /**
   * Reports an item as done; only who is responsible for it may, or an officer for somebody without
   * an account.
   */
  @Transactional
  public void report(long item, String words, SignedIn by) {
    Held held = held(item);
    boolean own = by.official() != null && by.official() == held.official();
    if (!own
        && (hasAccount(held.official())
            || !access.holds(by, Role.PERSONNEL_OFFICER, held.unit()))) {
      throw refused("not-responsible");
    }
    move(held, "open", "reported", words, by);
    tell(held, "reported", new Recipient.OfRole(Role.PERSONNEL_OFFICER, held.unit()), by);
  }

  private boolean hasAccount(long official) {
    return jdbc.sql(
            "select exists (select from platform.account where official_id = ? and disabled_at is"
                + " null)")
        .param(official)
        .query(Boolean.class)
        .single();
  }

  /** Sends an item back that is not yet done. */
  @Transactional
  public void sendBack(long item, String words, SignedIn by) {
    Held held = verifier(item, by);
    move(held, "reported", "returned", words, by);
    tell(held, "returned", new Recipient.OfOfficial(held.official()), by);
  }

  /** Verifies that an item is done: another person than who is responsible and who reported it. */
  @Transactional
  public void verify(long item, String words, SignedIn by) {
    Held held = verifier(item, by);
    move(held, "reported", "verified", words, by);
    for (Deadline deadline : deadlines.of(owner(item))) {
      deadlines.meet(deadline.id(), by.signInName());
    }
    boolean whole =
        jdbc.sql(
                    """
                    update protection.correction_plan p set completed_on = ?
                     where p.id = ? and p.completed_on is null
                       and not exists (select from protection.correction_item i where i.plan_id = p.id and i.state <> 'verified')
                    """)
                .params(office.today(), held.plan())
                .update()
            > 0;
    tell(held, whole ? "completed" : "verified", new Recipient.OfOfficial(held.official()), by);
    if (whole) {
      tell(held, "completed", new Recipient.OfRole(Role.HEAD_OF_UNIT, held.unit()), by);
      ledger.append(
          by.signInName(),
          "correction-completed",
          "correction-plan",
          Long.toString(held.plan()),
          Map.of());
    }
  }

  private record Held(
      long id, long plan, long matter, long official, long party, long unit, String state) {}

  private Held held(long item) {
    return Sights.everything(() -> read(item)).orElseThrow(() -> refused("no-item"));
  }

  /** Whoever may do something with an item, responsible or not, need not see the party. */
  private Optional<Held> read(long item) {
    return jdbc.sql(
            """
            select i.id, i.plan_id as plan, p.matter_id as matter, i.official_id as official,
                   p.official_id as party, p.unit_id as unit, i.state
              from protection.correction_item i join protection.correction_plan p on p.id = i.plan_id
             where i.id = ? for update of i, p
            """)
        .param(item)
        .query(Held.class)
        .optional();
  }

  private Held verifier(long item, SignedIn by) {
    Held held = held(item);
    if (!access.holds(by, Role.PERSONNEL_OFFICER, held.unit())
        && !access.holds(by, Role.DISCIPLINE_OFFICER, held.unit())) {
      throw refused("may-not-verify");
    }
    if (by.official() != null
        && (by.official() == held.official() || by.official() == held.party())) {
      throw refused("own-item");
    }
    if (access
        .recused(
            by,
            Action.DECIDE,
            new Subject("matter", Long.toString(held.matter())),
            List.of(held.official(), held.party()))
        .isPresent()) {
      throw refused("recused");
    }
    boolean reported =
        jdbc.sql(
                """
                select coalesce((select account_id = ? from protection.correction_act
                                  where item_id = ? and act = 'reported' order by id desc limit 1), false)
                """)
            .params(by.account(), item)
            .query(Boolean.class)
            .single();
    if (reported) {
      throw refused("own-report");
    }
    return held;
  }

  private void move(Held held, String from, String act, String words, SignedIn by) {
    String said = words.strip();
    if (said.isEmpty() || said.length() > LONGEST) {
      throw refused("words", LONGEST);
    }
    if (!held.state().equals(from)) {
      throw refused("state-" + held.state());
    }
    jdbc.sql("update protection.correction_item set state = ? where id = ?")
        .params(act.equals("returned") ? "open" : act, held.id())
        .update();
    jdbc.sql(
            """
            insert into protection.correction_act (item_id, official_id, act, account_id, on_day, words, recorded_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            held.id(),
            held.official(),
            act,
            by.account(),
            office.today(),
            said,
            OffsetDateTime.now(clock))
        .update();
    ledger.append(
        by.signInName(),
        "correction-" + act,
        SUBJECT,
        Long.toString(held.id()),
        Map.of("plan", held.plan()));
  }

  private void tell(Held held, String what, Recipient to, SignedIn by) {
    String times =
        jdbc.sql("select count(*) from protection.correction_act where item_id = ?")
            .param(held.id())
            .query(String.class)
            .single();
    notices.send(
        new NewNotice(
            "correction-item:" + held.id() + ":" + what + ":" + times,
            wordings.of("tolerance.item." + what),
            null,
            path(held.id()),
            List.of(to),
            by.signInName()));
  }

  private static Refused refused(String why, Object... values) {
    return ToleranceRegister.refused(why, values);
  }
}
