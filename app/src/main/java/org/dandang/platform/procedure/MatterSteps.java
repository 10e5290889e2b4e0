package org.dandang.platform.procedure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Grants;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.RoleShortages.RoleShortage;
import org.dandang.platform.access.Ruling;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.deadline.Deadline;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.NewDeadline;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wording;
import org.dandang.platform.web.Wordings;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens and closes steps: who may do one, until when, who is told, who may read meanwhile. */
@Component
class MatterSteps {
  static final String SUBJECT = "matter";
  private static final String OWNER = "matter-step";
  private static final List<Integer> REMIND_BEFORE = List.of(1, 3);

  private final JdbcClient jdbc;
  private final Matters matters;
  private final UnheldSteps unheld;
  private final Access access;
  private final Grants grants;
  private final Deadlines deadlines;
  private final Notices notices;
  private final Wordings wordings;
  private final OfficeCalendar office;

  MatterSteps(
      JdbcClient jdbc,
      Matters matters,
      UnheldSteps unheld,
      Access access,
      Grants grants,
      Deadlines deadlines,
      Notices notices,
      Wordings wordings,
      OfficeCalendar office) {
    this.jdbc = jdbc;
    this.matters = matters;
    this.unheld = unheld;
    this.access = access;
    this.grants = grants;
    this.deadlines = deadlines;
    this.notices = notices;
    this.wordings = wordings;
    this.office = office;
  }

  /** Opens a step; its number. */
  long open(Matter matter, Node.Step node, String engineId, String actor) {
    List<String> roles =
        node.who().stream().filter(Who.Holder.class::isInstance).map(Who::word).toList();
    long id =
        jdbc.sql(
                """
                insert into platform.matter_step
                       (matter_id, place, step, state, opened_at, party, roles, beginner, not_by, reach, engine_id)
                select :matter, coalesce(max(place), 0) + 1, :step, 'open', :now, :party, :roles, :beginner, :apart, :reach, :engine
                  from platform.matter_step where matter_id = :matter
                returning id
                """)
            .param("matter", matter.id())
            .param("step", node.id())
            .param("now", matters.now())
            .param("party", node.isOfTheParty())
            .param("roles", roles.toArray(String[]::new))
            .param("beginner", node.who().stream().anyMatch(who -> who instanceof Who.Beginner))
            .param("apart", apart(matter, node).toArray(Long[]::new))
            .param(
                "reach",
                reach(matter, node).map(units -> units.toArray(Long[]::new)).orElse(null),
                java.sql.Types.ARRAY)
            .param("engine", engineId)
            .query(Long.class)
            .single();
    if (node.signing() != Signing.ANY) {
      int place = 0;
      for (Who who : node.who()) {
        jdbc.sql("insert into platform.matter_signature (step_id, place, role) values (?, ?, ?)")
            .params(id, ++place, who.word())
            .update();
      }
    }
    if (node.due() != null) {
      deadline(matter, node, id, actor);
    }
    if (node.isOfTheParty()) {
      for (long account : accounts(matter.officials())) {
        grants.give(account, SUBJECT, Long.toString(matter.id()), "step " + id, null);
      }
      tell(
          matter,
          "matter-step:" + id,
          wording(matter, "notice." + node.id()),
          matter.officials().stream().<Recipient>map(Recipient.OfOfficial::new).toList(),
          actor);
    }
    tellUnheld(matter, actor);
    return id;
  }

  /**
   * Tells whoever gives roles that a step waits for one nobody holds, once a day for a role and
   * unit, and never which matter it is.
   */
  private void tellUnheld(Matter matter, String actor) {
    for (RoleShortage lacking : unheld.of(matter.id())) {
      String roles = lacking.roles().stream().map(Role::word).collect(Collectors.joining("+"));
      notices.send(
          new NewNotice(
              "role-unheld:" + roles + ":" + matter.unit() + ":" + office.today(),
              wordings.of("procedure.notice.unheld", roles(lacking), lacking.unit()),
              wordings.of("procedure.notice.unheld.body"),
              "/accounts",
              List.of(Recipient.everyone(Role.SECURITY_ADMINISTRATOR)),
              actor));
    }
  }

  /** What the open step of a matter waits for in vain, in words. */
  List<Wording> unheld(Matter matter) {
    return unheld.of(matter.id()).stream()
        .map(lacking -> wordings.of("procedure.unheld", roles(lacking), lacking.unit()))
        .toList();
  }

  private Wording roles(RoleShortage lacking) {
    Wording all = wordings.of("role." + lacking.roles().getFirst().word());
    for (Role other : lacking.roles().subList(1, lacking.roles().size())) {
      all = wordings.of("procedure.or", all, wordings.of("role." + other.word()));
    }
    return all;
  }

  private void deadline(Matter matter, Node.Step node, long id, String actor) {
    Figure figure = matter.figures().get(node.due());
    if (figure == null || !figure.isTime()) {
      throw new Refused("procedure", "procedure.refused.no-figure", String.valueOf(node.due()));
    }
    int amount = figure.value().intValueExact();
    Term term =
        switch (figure.unit()) {
          case "working-day" -> Term.workingDays(amount);
          case "month" -> Term.months(amount);
          default -> Term.days(amount);
        };
    List<Recipient> remind =
        reach(matter, node).stream().flatMap(List::stream).findFirst().stream()
            .flatMap(
                unit ->
                    node.who().stream()
                        .filter(Who.Holder.class::isInstance)
                        .map(who -> new Recipient.OfRole(((Who.Holder) who).role(), unit)))
            .map(Recipient.class::cast)
            .toList();
    if (remind.isEmpty()) {
      remind = recipients(matter, node.who());
    }
    Deadline deadline =
        deadlines.begin(
            NewDeadline.of(
                    new Owner(OWNER, Long.toString(id)),
                    wording(matter, "step." + node.id()),
                    matter.path(),
                    term,
                    office.today())
                .belonging(matter.unit(), matter.officials())
                .reminding(remind, REMIND_BEFORE)
                .escalating(
                    List.of(new Recipient.OfRole(Role.PERSONNEL_OFFICER, matter.unit())), 1),
            actor);
    jdbc.sql("update platform.matter_step set due_on = ? where id = ?")
        .params(deadline.due(), id)
        .update();
  }

  /** Who is meant, as notices are sent. */
  List<Recipient> recipients(Matter matter, List<Who> whos) {
    return whos.stream()
        .flatMap(
            who ->
                switch (who) {
                  case Who.Party party ->
                      matter.officials().stream().<Recipient>map(Recipient.OfOfficial::new);
                  case Who.Beginner beginner ->
                      jdbc
                          .sql("select sign_in_name from platform.account where id = ?")
                          .param(matter.begunBy())
                          .query(String.class)
                          .list()
                          .stream()
                          .<Recipient>map(Recipient.OfAccount::new);
                  case Who.Clock clock -> java.util.stream.Stream.empty();
                  case Who.Holder holder ->
                      java.util.stream.Stream.<Recipient>of(
                          new Recipient.OfRole(holder.role(), matter.unit()));
                })
        .toList();
  }

  void tell(Matter matter, String cause, Wording subject, List<Recipient> to, String actor) {
    if (!to.isEmpty()) {
      notices.send(
          new NewNotice(cause, subject, wording(matter, "title"), matter.path(), to, actor));
    }
  }

  /** A refusal as it is kept with a matter: in every language. */
  String said(Refused refused) {
    return wordings.stored(wordings.of(refused));
  }

  /** Why the end of a step's time was refused last; null where it was not. */
  @Nullable Wording lapseRefused(OpenStep open) {
    return jdbc.sql(
            """
            select reasons from platform.matter_act
             where step_id = ? and act = 'lapse-refused' order by edition desc limit 1
            """)
        .param(open.id())
        .query(String.class)
        .optional()
        .map(wordings::read)
        .orElse(null);
  }

  /**
   * Tells the personnel officers, whoever began the matter and whoever may stop it that a time is
   * over and the register refuses what would follow, with its reason.
   */
  void tellLapseRefused(Matter matter, OpenStep open, Refused refused) {
    List<Recipient> to =
        new ArrayList<>(List.of(new Recipient.OfRole(Role.PERSONNEL_OFFICER, matter.unit())));
    to.addAll(recipients(matter, List.of(new Who.Beginner())));
    to.addAll(
        recipients(
            matter,
            matter.procedure().flow().stoppers().stream()
                .filter(who -> !(who instanceof Who.Party))
                .toList()));
    notices.send(
        new NewNotice(
            "matter-step:" + open.id() + ":lapse-refused",
            wordings.of(
                "procedure.notice.lapse-refused",
                wording(matter, "title"),
                wording(matter, "step." + open.node().id())),
            wordings.of("procedure.notice.lapse-refused.body", wordings.of(refused)),
            matter.path(),
            to,
            "clock"));
  }

  /** A word of the procedure in every language. */
  static Wording wording(Matter matter, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    Texts words = matter.procedure().texts();
    words.byLanguage().keySet().forEach(language -> texts.put(language, words.in(language, key)));
    return new Wording(texts);
  }

  /** Whoever did one of the steps that a step has to be apart from. */
  private Set<Long> apart(Matter matter, Node.Step node) {
    Set<Long> apart = new LinkedHashSet<>();
    if (node.notBy().contains(matter.procedure().flow().start().id())) {
      apart.add(matter.begunBy());
    }
    if (!node.notBy().isEmpty()) {
      apart.addAll(
          jdbc.sql(
                  """
                  select done_by from platform.matter_step
                   where matter_id = :matter and step = any (:steps) and done_by is not null
                  union
                  select g.account_id from platform.matter_signature g join platform.matter_step s on s.id = g.step_id
                   where s.matter_id = :matter and s.step = any (:steps) and g.signed_at is not null
                  """)
              .param("matter", matter.id())
              .param("steps", node.notBy().toArray(String[]::new))
              .query(Long.class)
              .list());
    }
    return apart;
  }

  List<Long> accounts(List<Long> officials) {
    return officials.isEmpty()
        ? List.of()
        : jdbc.sql(
                "select id from platform.account where official_id = any (?) and disabled_at is"
                    + " null")
            .param(officials.toArray(Long[]::new))
            .query(Long.class)
            .list();
  }

  /** Why an account may not do a step; the key under {@code procedure.refused.}; empty: it may. */
  Optional<String> refusal(SignedIn account, Matter matter, OpenStep step) {
    if (step.notBy().contains(account.account())) {
      return Optional.of("apart");
    }
    boolean named =
        step.node().who().stream().anyMatch(who -> is(account, matter, who))
            || isAddedSigner(account, step);
    if (!named) {
      return Optional.of("not-yours");
    }
    if (step.node().atLevel() != null && !holdsHighEnough(account, matter, step.node())) {
      return Optional.of("level");
    }
    return step.node().isOfTheParty() ? Optional.empty() : recusal(account, matter, step.node());
  }

  /** The level from which a step can be done; empty where its unit suffices. */
  private static Optional<String> level(Matter matter, Node.Step node) {
    if (node.atLevel() == null) {
      return Optional.empty();
    }
    Figure figure = matter.figures().get(node.atLevel());
    if (figure == null || figure.word() == null) {
      throw new Refused("procedure", "procedure.refused.no-figure", node.atLevel());
    }
    return Optional.of(figure.word());
  }

  /** Units over which a role is to be held for a step; empty where the matter's unit suffices. */
  private Optional<List<Long>> reach(Matter matter, Node.Step node) {
    return level(matter, node).map(level -> access.fromLevel(matter.unit(), level));
  }

  private boolean holdsHighEnough(SignedIn account, Matter matter, Node.Step node) {
    String level = level(matter, node).orElseThrow();
    return node.who().stream()
        .anyMatch(
            who ->
                who instanceof Who.Holder holder
                    && access.holds(account, holder.role(), matter.unit(), level));
  }

  /**
   * Whether an account is one of those that are meant. For somebody who is no official whoever
   * began the matter hands in what was said on paper.
   */
  boolean is(SignedIn account, Matter matter, Who who) {
    return switch (who) {
      case Who.Party party ->
          account.official() != null && matter.officials().contains(account.official())
              || account.account() == matter.begunBy()
                  && matter.parties().stream().anyMatch(Party::isOutsider);
      case Who.Beginner beginner -> account.account() == matter.begunBy();
      case Who.Clock clock -> false;
      case Who.Holder holder -> access.holds(account, holder.role(), matter.unit());
    };
  }

  private boolean isAddedSigner(SignedIn account, OpenStep step) {
    return step.node().signing() != Signing.ANY
        && jdbc.sql(
                """
                select exists (select from platform.matter_signature
                                where step_id = ? and account_id = ? and role is null)
                """)
            .params(step.id(), account.account())
            .query(Boolean.class)
            .single();
  }

  /** Why an account keeps away from a matter; empty: it need not. */
  Optional<String> recusal(SignedIn account, Matter matter, Node.@Nullable Step node) {
    boolean deciding =
        node != null
            && switch (node.kind()) {
              case APPROVE, DECIDE, REVIEW -> true;
              case WORK, PROPOSE, REPLY, OBJECT -> false;
            };
    return access
        .recused(
            account,
            deciding ? Action.DECIDE : Action.CHANGE,
            new Subject(SUBJECT, Long.toString(matter.id())),
            matter.officials())
        .map(Ruling.Reason::name)
        .map(reason -> "recused-" + reason.toLowerCase(java.util.Locale.ROOT));
  }

  void claim(OpenStep step, @Nullable Long account) {
    jdbc.sql("update platform.matter_step set claimed_by = :by, claimed_at = :at where id = :id")
        .param("by", account, java.sql.Types.BIGINT)
        .param("at", account == null ? null : matters.now(), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
        .param("id", step.id())
        .update();
    endReading(step);
    if (account != null) {
      grants.give(account, SUBJECT, Long.toString(step.matter()), step.reason(), null);
    }
  }

  /**
   * Closes a step.
   *
   * @param state {@code done}, {@code lapsed}, {@code cancelled}, {@code taken-back}
   * @param by null for the clock
   */
  void close(
      OpenStep step,
      String state,
      @Nullable Long by,
      @Nullable String outcome,
      @Nullable String reasons,
      String actor) {
    jdbc.sql(
            """
            update platform.matter_step
               set state = :state, done_by = :by, done_at = :at, outcome = :outcome, reasons = :reasons
             where id = :id
            """)
        .param("state", state)
        .param("by", state.equals("done") ? by : null, java.sql.Types.BIGINT)
        .param("at", matters.now())
        .param("outcome", outcome, java.sql.Types.VARCHAR)
        .param(
            "reasons",
            reasons == null || reasons.isBlank() ? null : reasons,
            java.sql.Types.VARCHAR)
        .param("id", step.id())
        .update();
    if (step.node().due() != null) {
      for (Deadline deadline : deadlines.of(new Owner(OWNER, Long.toString(step.id())))) {
        if (state.equals("done")) {
          deadlines.meet(deadline.id(), actor);
        } else {
          deadlines.cancel(deadline.id(), actor);
        }
      }
    }
    endReading(step);
  }

  private void endReading(OpenStep step) {
    String matter = Long.toString(step.matter());
    jdbc.sql(
            """
            select distinct account_id from platform.reading_grant
             where subject_kind = ? and subject_id = ? and reason = ? and ended_at is null
            """)
        .params(SUBJECT, matter, step.reason())
        .query(Long.class)
        .list()
        .forEach(account -> grants.end(account, SUBJECT, matter, step.reason()));
  }

  /** Stops the deadline of a step, or lets it run on. */
  void suspend(OpenStep step, @Nullable String reason, String actor) {
    for (Deadline deadline : deadlines.of(new Owner(OWNER, Long.toString(step.id())))) {
      if (reason != null && deadline.state() == Deadline.State.RUNNING) {
        if (!deadline.isOverdue(office.today())) {
          deadlines.suspend(deadline.id(), reason, actor);
        }
      } else if (reason == null && deadline.state() == Deadline.State.SUSPENDED) {
        moved(step.id(), deadlines.resume(deadline.id(), actor));
      }
    }
  }

  /** A deadline has another last day. */
  void moved(long step, Deadline deadline) {
    jdbc.sql("update platform.matter_step set due_on = ? where id = ?")
        .params(deadline.due(), step)
        .update();
  }

  /** The step a deadline belongs to; empty when it is none's. */
  static Optional<Long> of(Deadline deadline) {
    return deadline.owner().kind().equals(OWNER)
        ? Optional.of(Long.valueOf(deadline.owner().id()))
        : Optional.empty();
  }
}
