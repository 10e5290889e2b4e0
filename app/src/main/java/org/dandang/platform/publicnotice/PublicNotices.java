package org.dandang.platform.publicnotice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.access.Grants;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.deadline.Deadline;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.NewDeadline;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.publicnotice.PublicNotice.Result;
import org.dandang.platform.publicnotice.PublicNotice.State;
import org.dandang.platform.publicnotice.PublicNoticeRules.Rule;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wordings;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Drafts, posts, extends, takes down and concludes public notices. The rule a notice is posted
 * under, its days and its clause, is kept with it.
 */
@Component
public class PublicNotices {
  /** Kind of owner of the deadlines of periods. */
  public static final String OWNER = "public-notice";

  static final int LONGEST_TITLE = 120;
  static final int LONGEST_BODY = 20_000;
  static final int LONGEST_LINE = 200;
  static final int LONGEST_REASON = 500;
  static final int LONGEST_PERIOD = 250;

  private final JdbcClient jdbc;
  private final PublicNoticeRules rules;
  private final Deadlines deadlines;
  private final OfficeCalendar office;
  private final Wordings wordings;
  private final Ledger ledger;
  private final ApplicationEventPublisher events;
  private final Grants grants;
  private final Clock clock;

  PublicNotices(
      JdbcClient jdbc,
      PublicNoticeRules rules,
      Deadlines deadlines,
      OfficeCalendar office,
      Wordings wordings,
      Ledger ledger,
      ApplicationEventPublisher events,
      Grants grants,
      Clock clock) {
    this.jdbc = jdbc;
    this.rules = rules;
    this.deadlines = deadlines;
    this.office = office;
    this.wordings = wordings;
    this.ledger = ledger;
    this.events = events;
    this.grants = grants;
    this.clock = clock;
  }

  /**
   * Keeps a draft.
   *
   * @throws Refused when something is missing or too long
   */
  @Transactional
  public PublicNotice draft(NewPublicNotice wanted, String actor) {
    check(wanted);
    long id =
        jdbc.sql(
                """
                insert into platform.public_notice (kind, owner_kind, owner_id, title, body, issuer, contact,
                    days, named_only, drafted_at, drafted_by, unit_id, about)
                values (:kind, :ownerKind, :owner, :title, :body, :issuer, :contact, :days, :named, :at, :by, :unit, :about)
                returning id
                """)
            .params(values(wanted))
            .param("ownerKind", wanted.owner() == null ? null : wanted.owner().kind())
            .param("owner", wanted.owner() == null ? null : wanted.owner().id())
            .param("unit", wanted.unit(), java.sql.Types.BIGINT)
            .param("about", wanted.about().toArray(Long[]::new))
            .param("at", OffsetDateTime.now(clock))
            .param("by", actor)
            .query(Long.class)
            .single();
    record(actor, "public-notice-drafted", id, Map.of("kind", wanted.kind()));
    return one(id);
  }

  /**
   * Changes a draft.
   *
   * @param edition the change was made on
   * @throws Refused when it is no draft any more or somebody else changed it meanwhile
   */
  @Transactional
  public PublicNotice change(long id, int edition, NewPublicNotice wanted, String actor) {
    check(wanted);
    int changed =
        jdbc.sql(
                """
                update platform.public_notice
                   set kind = :kind, title = :title, body = :body, issuer = :issuer, contact = :contact,
                       days = :days, named_only = :named, edition = edition + 1
                 where id = :id and state = 'draft' and edition = :edition
                """)
            .params(values(wanted))
            .param("id", id)
            .param("edition", edition)
            .update();
    if (changed == 0) {
      throw refused("public-notice.problem.changed");
    }
    record(actor, "public-notice-changed", id, Map.of());
    return one(id);
  }

  /**
   * Posts it from today on. Who posts it handles the objections.
   *
   * @throws Refused when there is no rule for it, or its period is shorter than the rule asks for;
   *     the refusal cites the clause
   */
  @Transactional
  public PublicNotice publish(long id, SignedIn account) {
    PublicNotice notice = locked(id, State.DRAFT);
    LocalDate today = office.today();
    Rule rule =
        rules
            .rule(notice.kind(), today)
            .orElseThrow(() -> refused("public-notice.problem.no-rule", today));
    if (notice.days() < rule.minimumDays()) {
      throw refused(
          "public-notice.problem.too-short", notice.days(), rule.minimumDays(), rule.clause());
    }
    Deadline period =
        deadlines.begin(
            NewDeadline.of(
                    new Owner(OWNER, Long.toString(id)),
                    wordings.of("public-notice.period", notice.title()),
                    "/public-notices/" + id,
                    Term.workingDays(notice.days()),
                    today)
                .belonging(notice.unit(), notice.about())
                .extendableBy(LONGEST_PERIOD),
            account.signInName());
    jdbc.sql(
            """
            update platform.public_notice
               set state = 'open', minimum_days = :minimum, clause = cast(:clause as jsonb),
                   named_only = named_only or :named, published_on = :on, published_by = :by,
                   deadline_id = :deadline
             where id = :id
            """)
        .param("minimum", rule.minimumDays())
        .param("clause", wordings.stored(rule.clause()))
        .param("named", rule.namedOnly())
        .param("on", today)
        .param("by", account.signInName())
        .param("deadline", period.id())
        .param("id", id)
        .update();
    handled(id, account.account());
    record(
        account.signInName(),
        "public-notice-published",
        id,
        Map.of("days", notice.days(), "due", period.due().toString()));
    return one(id);
  }

  /** Extends the period, once, while it runs. */
  @Transactional
  public PublicNotice extend(long id, int more, String reason, String actor) {
    PublicNotice notice = locked(id, State.OPEN);
    deadlines.extend(Objects.requireNonNull(notice.deadline()), more, reason, actor);
    record(actor, "public-notice-extended", id, Map.of("by", more));
    return one(id);
  }

  /**
   * Takes it down: it is no longer shown to the public but for the fact. It can be posted anew only
   * as another notice, for a whole period.
   *
   * @param reason required; shown to the public
   */
  @Transactional
  public PublicNotice takeDown(long id, String reason, String actor) {
    PublicNotice notice = locked(id, State.OPEN);
    jdbc.sql(
            """
            update platform.public_notice
               set state = 'taken-down', taken_down_on = ?, taken_down_by = ?, taken_down_for = ?
             where id = ?
            """)
        .params(office.today(), actor, text(reason, LONGEST_REASON, "reason"), id)
        .update();
    deadlines.cancel(Objects.requireNonNull(notice.deadline()), actor);
    record(actor, "public-notice-taken-down", id, Map.of());
    PublicNotice now = one(id);
    events.publishEvent(new PublicNoticeTakenDown(now));
    return now;
  }

  /**
   * Records what came of it, by a person, after the period.
   *
   * @param words what is told to the public about it
   * @throws Refused before the period is over (with the clause), while an objection is not
   *     answered, or when the result does not agree with the answers
   */
  @Transactional
  public PublicNotice conclude(long id, Result result, String words, String actor) {
    PublicNotice notice = locked(id, State.OPEN);
    if (!notice.isWaitingForResult(office.today())) {
      throw refused(
          "public-notice.problem.period",
          Objects.requireNonNull(notice.due()),
          Objects.requireNonNull(notice.clause()));
    }
    Answers answers = Sights.everything(() -> answers(id)); // counted, not read
    if (answers.open() > 0) {
      throw refused("public-notice.problem.unanswered", answers.open());
    }
    Result follows =
        answers.all() == 0
            ? Result.NO_OBJECTION
            : answers.upheld() > 0 ? Result.UPHELD : Result.UNFOUNDED;
    if (result != follows) {
      throw refused(
          "public-notice.problem.result." + follows.word(), answers.all(), answers.upheld());
    }
    jdbc.sql(
            """
            update platform.public_notice
               set state = 'concluded', result = ?, result_text = ?, concluded_on = ?, concluded_by = ?
             where id = ?
            """)
        .params(result.word(), text(words, LONGEST_REASON, "result"), office.today(), actor, id)
        .update();
    deadlines.meet(Objects.requireNonNull(notice.deadline()), actor);
    record(
        actor,
        "public-notice-concluded",
        id,
        Map.of("result", result.word(), "objections", answers.all()));
    PublicNotice now = one(id);
    events.publishEvent(new PublicNoticeConcluded(now));
    return now;
  }

  private record Answers(int all, int open, int upheld) {}

  /** Lets another account handle the objections too; only who handles them may say so. */
  @Transactional
  public void addHandler(long id, String signInName, SignedIn by) {
    if (!isHandledBy(id, by)) {
      throw refused("public-notice.problem.not-handler");
    }
    long account =
        jdbc.sql(
                "select id from platform.account where sign_in_name = lower(?) and disabled_at is"
                    + " null")
            .param(signInName.strip())
            .query(Long.class)
            .optional()
            .orElseThrow(() -> refused("public-notice.problem.no-account", signInName.strip()));
    handled(id, account);
    grants.give(account, OWNER, Long.toString(id), "handles it", null);
    record(by.signInName(), "public-notice-handler-added", id, Map.of("account", account));
  }

  private Answers answers(long id) {
    return jdbc.sql(
            """
            select count(*) as all, count(*) filter (where finding is null) as open,
                   count(*) filter (where finding = 'upheld') as upheld
              from platform.public_notice_objection where notice_id = ?
            """)
        .param(id)
        .query((row, number) -> new Answers(row.getInt(1), row.getInt(2), row.getInt(3)))
        .single();
  }

  private void handled(long id, long account) {
    jdbc.sql(
            """
            insert into platform.public_notice_handler (notice_id, account_id) values (?, ?)
            on conflict do nothing
            """)
        .params(id, account)
        .update();
  }

  /** Whether an account handles the objections to a notice, and so may see who objected. */
  public boolean isHandledBy(long id, SignedIn account) {
    return jdbc.sql(
            "select count(*) from platform.public_notice_handler where notice_id = ? and account_id"
                + " = ?")
        .params(id, account.account())
        .query(Integer.class)
        .single()
        .equals(1);
  }

  /** Sign-in names of those who handle the objections. */
  public List<String> handlers(long id) {
    return jdbc.sql(
            """
            select a.sign_in_name from platform.public_notice_handler h
              join platform.account a on a.id = h.account_id
             where h.notice_id = ? order by 1
            """)
        .param(id)
        .query(String.class)
        .list();
  }

  public Optional<PublicNotice> find(long id) {
    return notices("where n.id = :id", Map.of("id", id)).stream().findFirst();
  }

  /** Those of a record of a module, the latest first. */
  public List<PublicNotice> of(Owner owner) {
    return notices(
        "where n.owner_kind = :kind and n.owner_id = :owner order by n.id desc",
        Map.of("kind", owner.kind(), "owner", owner.id()));
  }

  PublicNotice one(long id) {
    return find(id).orElseThrow(() -> refused("public-notice.problem.none"));
  }

  List<PublicNotice> notices(String which, Map<String, ?> values) {
    return jdbc.sql(
            """
            select n.*, d.due_on, coalesce(d.provisional, false) as provisional
              from platform.public_notice n left join platform.deadline d on d.id = n.deadline_id
            """
                + which)
        .params(values)
        .query(this::row)
        .list();
  }

  private PublicNotice locked(long id, State expected) {
    jdbc.sql("select id from platform.public_notice where id = ? for update")
        .param(id)
        .query(Long.class)
        .optional();
    PublicNotice notice = one(id);
    if (notice.state() != expected) {
      throw refused("public-notice.problem.not-" + expected.word());
    }
    return notice;
  }

  private void check(NewPublicNotice wanted) {
    text(wanted.title(), LONGEST_TITLE, "title");
    text(wanted.body(), LONGEST_BODY, "body");
    text(wanted.issuer(), LONGEST_LINE, "issuer");
    text(wanted.contact(), LONGEST_LINE, "contact");
    if (wanted.days() < 1 || wanted.days() > LONGEST_PERIOD) {
      throw refused("public-notice.problem.days", LONGEST_PERIOD);
    }
  }

  private static String text(String given, int longest, String field) {
    String text = given.strip();
    if (text.isEmpty() || text.length() > longest) {
      throw refused("public-notice.problem.text." + field, longest);
    }
    return text;
  }

  private static Map<String, Object> values(NewPublicNotice wanted) {
    return Map.of(
        "kind", wanted.kind(),
        "title", wanted.title(),
        "body", wanted.body(),
        "issuer", wanted.issuer(),
        "contact", wanted.contact(),
        "days", wanted.days(),
        "named", wanted.namedOnly());
  }

  private static Refused refused(String key, Object... values) {
    return new Refused("publicnotice", key, values);
  }

  private void record(String actor, String action, long id, Map<String, ?> detail) {
    ledger.append(actor, action, "public-notice", Long.toString(id), new HashMap<>(detail));
  }

  private PublicNotice row(ResultSet row, int number) throws SQLException {
    String ownerKind = row.getString("owner_kind");
    String clause = row.getString("clause");
    String result = row.getString("result");
    return new PublicNotice(
        row.getLong("id"),
        row.getString("kind"),
        ownerKind == null ? null : new Owner(ownerKind, row.getString("owner_id")),
        row.getString("title"),
        row.getString("body"),
        row.getString("issuer"),
        row.getString("contact"),
        row.getInt("days"),
        row.getBoolean("named_only"),
        State.of(row.getString("state")),
        row.getObject("minimum_days", Integer.class),
        clause == null ? null : wordings.read(clause),
        day(row, "published_on"),
        row.getString("published_by"),
        row.getObject("deadline_id", Long.class),
        day(row, "due_on"),
        row.getBoolean("provisional"),
        result == null ? null : Result.of(result),
        row.getString("result_text"),
        day(row, "concluded_on"),
        row.getString("concluded_by"),
        day(row, "taken_down_on"),
        row.getString("taken_down_for"),
        row.getInt("edition"),
        row.getObject("unit_id", Long.class),
        List.of((Long[]) Objects.requireNonNull(row.getArray("about")).getArray()));
  }

  private static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDate.class);
  }
}
