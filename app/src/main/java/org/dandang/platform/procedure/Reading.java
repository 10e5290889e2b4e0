package org.dandang.platform.procedure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who may see a matter, how much of it, and what can be done with it now. */
@Component
class Reading {
  private final JdbcClient jdbc;
  private final Matters matters;
  private final MatterSteps steps;
  private final Signatures signatures;
  private final Papers papers;
  private final Register register;
  private final Access access;
  private final OfficeCalendar office;

  Reading(
      JdbcClient jdbc,
      Matters matters,
      MatterSteps steps,
      Signatures signatures,
      Papers papers,
      Register register,
      Access access,
      OfficeCalendar office) {
    this.jdbc = jdbc;
    this.matters = matters;
    this.steps = steps;
    this.signatures = signatures;
    this.papers = papers;
    this.register = register;
    this.access = access;
    this.office = office;
  }

  /** What an account sees of a matter; empty when it sees nothing of it. */
  Optional<MatterView> view(long id, SignedIn reader) {
    return matters.find(id).filter(matter -> maySee(matter, reader)).map(one -> view(one, reader));
  }

  /** Whether an account sees a matter at all. */
  boolean maySee(Matter matter, SignedIn reader) {
    if (matter.begunBy() == reader.account()) {
      return isParty(matter, reader) || steps.recusal(reader, matter, null).isEmpty();
    }
    if (matter.state() == Matter.State.DRAFT || matter.state() == Matter.State.DISCARDED) {
      return false;
    }
    if (isParty(matter, reader)) {
      return wasToldOf(matter);
    }
    boolean steps =
        matters
            .openStep(matter)
            .map(open -> this.steps.refusal(reader, matter, open).isEmpty())
            .orElse(false);
    return steps
        || access
            .may(reader, Action.READ, new Subject(MatterSteps.SUBJECT, Long.toString(matter.id())))
            .allowed();
  }

  /**
   * Whether an account may be told that a matter has gone on: who sees it, or could have seen it a
   * moment before, since one of its steps is for a role the account holds over its unit.
   */
  boolean mayBeTold(long id, SignedIn reader) {
    return Sights.everything(() -> matters.find(id))
        .filter(
            matter ->
                Sights.everything(() -> maySee(matter, reader))
                    || (matter.procedure().flow().steps().stream()
                            .flatMap(step -> step.who().stream())
                            .filter(Who.Holder.class::isInstance)
                            .anyMatch(who -> steps.is(reader, matter, who))
                        && steps.recusal(reader, matter, null).isEmpty()))
        .isPresent();
  }

  private static boolean isParty(Matter matter, SignedIn reader) {
    return reader.official() != null && matter.officials().contains(reader.official());
  }

  /** The party sees a matter from the first step that is the party's own, or from its end. */
  boolean wasToldOf(Matter matter) {
    boolean told =
        matter.result() != null
            && matter.procedure().flow().ends().stream()
                .filter(end -> end.id().equals(matter.result()))
                .flatMap(end -> end.tells().stream())
                .anyMatch(Who.Party.class::isInstance);
    return told
        || jdbc.sql(
                "select exists (select from platform.matter_step where matter_id = ? and party)")
            .param(matter.id())
            .query(Boolean.class)
            .single();
  }

  /** What a reader can do with the step at which a matter stands. */
  private record Now(
      boolean mayAct,
      @Nullable String refusal,
      boolean mayClaim,
      boolean hasClaimed,
      boolean mayTakeBack,
      boolean mayWithdraw) {
    static final Now NOTHING = new Now(false, null, false, false, false, false);
  }

  private Now now(Matter matter, OpenStep open, SignedIn reader) {
    String refusal = steps.refusal(reader, matter, open).orElse(null);
    boolean several = open.node().signing() != Signing.ANY;
    boolean own = Objects.equals(open.claimedBy(), reader.account());
    boolean may =
        refusal == null
            && (own || open.claimedBy() == null)
            && (!several || signatures.next(reader, matter, open).isPresent());
    return new Now(
        may,
        "not-yours".equals(refusal) ? null : refusal,
        refusal == null && !several && !open.node().isOfTheParty() && open.claimedBy() == null,
        own,
        mayTakeBack(matter, open, reader),
        matter.begunBy() == reader.account()
            && matter.procedure().flow().withdrawable().contains(open.node().id()));
  }

  private MatterView view(Matter matter, SignedIn reader) {
    boolean party = isParty(matter, reader);
    OpenStep open = matters.openStep(matter).orElse(null);
    Now now =
        open == null || matter.state() != Matter.State.OPEN
            ? Now.NOTHING
            : now(matter, open, reader);
    boolean live = matter.state() == Matter.State.OPEN || matter.state() == Matter.State.SUSPENDED;
    boolean stopper =
        live
            && matter.procedure().flow().stoppers().stream()
                .anyMatch(who -> steps.is(reader, matter, who))
            && steps.recusal(reader, matter, null).isEmpty();
    List<Paper> all = papers.of(matter.id());
    Party unit = new Party("unit", matter.unit());
    return new MatterView(
        matter,
        about(matter),
        register.labels(List.of(unit)).getOrDefault(unit, ""),
        shown(matter.begunBy()),
        party,
        open,
        open == null || open.claimedBy() == null ? null : shown(open.claimedBy()),
        told(matter, party),
        all.stream().filter(Paper::isSigned).filter(one -> sees(matter, one, party)).toList(),
        open == null ? List.of() : signatures.of(open.id()),
        now.mayAct(),
        now.refusal(),
        now.mayClaim(),
        now.hasClaimed(),
        now.mayTakeBack(),
        now.mayWithdraw(),
        stopper,
        open == null || party ? List.of() : steps.unheld(matter),
        open == null || party ? null : steps.lapseRefused(open),
        draft(all, matter, open, reader),
        open == null || open.dueOn() == null
            ? null
            : office.current().workingDaysBetween(office.today(), open.dueOn()));
  }

  private static @Nullable Paper draft(
      List<Paper> all, Matter matter, @Nullable OpenStep open, SignedIn reader) {
    Long step =
        matter.state() == Matter.State.DRAFT ? null : open == null ? Long.valueOf(-1) : open.id();
    Optional<Paper> own =
        all.stream()
            .filter(paper -> !paper.isSigned() && paper.savedBy() == reader.account())
            .filter(paper -> Objects.equals(paper.step(), step))
            .findFirst();
    if (own.isPresent() || open == null || open.node().form() == null) {
      return own.orElse(null);
    }
    // A form that was signed before and has come back is begun with what it said.
    return all.stream()
        .filter(paper -> paper.isSigned() && paper.savedBy() == reader.account())
        .filter(paper -> paper.form().equals(open.node().form()))
        .reduce((older, newer) -> newer)
        .orElse(null);
  }

  private boolean mayTakeBack(Matter matter, OpenStep open, SignedIn reader) {
    return open.claimedBy() == null
        && !open.node().isOfTheParty()
        && matters
            .last(matter, open)
            .filter(last -> last.doneBy() == reader.account())
            .filter(last -> !last.entered(matter.procedure().flow()))
            .isPresent()
        && !signatures.anySigned(open);
  }

  private String about(Matter matter) {
    Map<Party, String> labels = register.labels(matter.parties());
    return matter.parties().stream().map(labels::get).collect(Collectors.joining("、"));
  }

  private String shown(long account) {
    return account == 0
        ? ""
        : jdbc.sql("select shown_name from platform.account where id = ?")
            .param(account)
            .query(String.class)
            .single();
  }

  /**
   * The party sees the form the matter began with, the own words, and decisions with their reasons;
   * what officials wrote to each other on the way is theirs.
   */
  private boolean sees(Matter matter, Paper paper, boolean party) {
    if (!party || paper.step() == null) {
      return true;
    }
    return told(matter, false).stream()
        .filter(one -> one.id() == paper.step())
        .flatMap(one -> matter.procedure().flow().step(one.step()).stream())
        .anyMatch(
            step ->
                step.isOfTheParty()
                    || step.kind() == Node.Kind.DECIDE
                    || step.kind() == Node.Kind.REVIEW
                    || Objects.equals(step.form(), matter.procedure().flow().start().form()));
  }

  private List<ToldStep> told(Matter matter, boolean party) {
    List<ToldStep> all =
        jdbc.sql(
                """
                select s.id, s.step, s.state, s.opened_at, s.due_on, c.shown_name as by, s.done_at, s.outcome, s.reasons
                  from platform.matter_step s left join platform.account c on c.id = coalesce(s.done_by, s.claimed_by)
                 where s.matter_id = ? order by s.place
                """)
            .param(matter.id())
            .query(ToldStep.class)
            .list();
    if (!party) {
      return all;
    }
    return all.stream()
        .map(
            one -> {
              Node.Step step = matter.procedure().flow().step(one.step()).orElseThrow();
              boolean shown =
                  step.isOfTheParty()
                      || step.kind() == Node.Kind.DECIDE
                      || step.kind() == Node.Kind.REVIEW;
              return shown
                  ? one
                  : new ToldStep(
                      one.id(),
                      one.step(),
                      one.state(),
                      one.openedAt(),
                      one.dueOn(),
                      null,
                      one.doneAt(),
                      null,
                      null);
            })
        .toList();
  }

  /** Accounts that hold a role for the open step besides a reader, to pass it on to. */
  List<Colleague> others(MatterView view, SignedIn reader) {
    OpenStep open = view.open();
    if (open == null) {
      return List.of();
    }
    List<String> roles =
        open.node().signing() == Signing.ANY
            ? open.node().who().stream().map(Who::word).toList()
            : Arrays.stream(org.dandang.platform.access.Role.values())
                .filter(role -> role != org.dandang.platform.access.Role.CUSTODIAN)
                .filter(role -> Who.of(role.word()).isPresent())
                .map(org.dandang.platform.access.Role::word)
                .toList();
    return jdbc.sql(
            """
            select distinct c.sign_in_name, c.shown_name
              from platform.role_assignment a join platform.account c on c.id = a.account_id and c.disabled_at is null
             where a.role = any (:roles) and (a.unit_id is null or a.unit_id = any (:above))
               and a.starts_on <= :today and (a.ends_on is null or a.ends_on > :today)
               and c.id <> :me and not (c.id = any (:apart))
               and (c.official_id is null or not (c.official_id = any (:parties)))
             order by c.shown_name, c.sign_in_name limit 50
            """)
        .param("roles", roles.toArray(String[]::new))
        .param("above", view.matter().above().toArray(Long[]::new))
        .param("today", office.today())
        .param("me", reader.account())
        .param("apart", open.notBy().toArray(Long[]::new))
        .param("parties", view.matter().officials().toArray(Long[]::new))
        .query(Colleague.class)
        .list();
  }
}
