package org.dandang.platform.procedure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Matters under procedures: begun, passed from person to person, ended. Each command is carried out
 * once, whole or not at all, by somebody who may, on the edition of the matter that was seen.
 *
 * <p>What is not allowed is refused with {@link Refused}, a form with mistakes with {@link
 * FormRefused}, a matter that somebody else changed meanwhile with {@link Changed}; nothing is
 * recorded then.
 */
@Component
public class Cases {
  /** Longest reasons, in characters. */
  static final int LONGEST_REASONS = 4_000;

  private final Procedures procedures;
  private final Versions versions;
  private final Engine engine;
  private final Commands commands;
  private final Matters matters;
  private final MatterSteps steps;
  private final Signatures signatures;
  private final Papers papers;
  private final Course course;
  private final Entries entries;
  private final OfficeCalendar office;
  private final ObjectProvider<UnitsAbove> units;

  Cases(
      Procedures procedures,
      Versions versions,
      Engine engine,
      Commands commands,
      Matters matters,
      MatterSteps steps,
      Signatures signatures,
      Papers papers,
      Course course,
      Entries entries,
      OfficeCalendar office,
      ObjectProvider<UnitsAbove> units) {
    this.procedures = procedures;
    this.versions = versions;
    this.engine = engine;
    this.commands = commands;
    this.matters = matters;
    this.steps = steps;
    this.signatures = signatures;
    this.papers = papers;
    this.course = course;
    this.entries = entries;
    this.office = office;
    this.units = units;
  }

  /**
   * Writes down a matter that is not begun yet; only who drafts it sees it. Answers that are given
   * already stand in its form.
   */
  public Done draft(Command command, Beginning wanted) {
    engine.engine();
    return commands.once(
        command,
        "draft " + wanted,
        () -> {
          Matter matter = drafted(command, wanted);
          String form = matter.procedure().flow().start().form();
          if (form != null && !wanted.answers().isEmpty()) {
            papers.save(
                matter,
                null,
                Objects.requireNonNull(matter.procedure().forms().get(form)),
                wanted.answers(),
                command.by().account());
          }
          return new Done(matter.id(), 0, 0, false);
        });
  }

  /** Begins a matter at once. */
  public Done begin(Command command, Beginning wanted) {
    engine.engine();
    return commands.once(
        command,
        "begin " + wanted,
        () -> begun(command.by(), drafted(command, wanted), wanted.answers()));
  }

  /** Begins a matter that was drafted. */
  public Done begin(Command command, long matter, Map<String, String> answers) {
    engine.engine();
    return commands.once(
        command,
        "begin " + matter + " " + new java.util.TreeMap<>(answers),
        () -> begun(command.by(), matters.lock(matter), answers));
  }

  /**
   * Begins a matter whose day has come, in the caller's transaction: nobody began it. The procedure
   * names the clock among those who may begin.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Done beginByClock(Beginning wanted) {
    engine.engine();
    Matter matter = written(wanted, null, "clock");
    if (!matter.procedure().flow().start().who().contains(new Who.Clock())) {
      throw refused("may-not-begin");
    }
    return opened(matter, null, Map.of());
  }

  private Matter drafted(Command command, Beginning wanted) {
    SignedIn by = command.by();
    Matter matter = written(wanted, by.account(), by.signInName());
    mayBegin(by, matter);
    course.note(by.signInName(), "matter-drafted", matter, Map.of("pack", wanted.pack()));
    return matter;
  }

  private Matter written(Beginning wanted, @Nullable Long by, String actor) {
    Procedure procedure =
        procedures
            .find(wanted.pack(), office.today(), actor)
            .orElseThrow(() -> refused("no-procedure", wanted.pack()));
    List<Long> above =
        Optional.ofNullable(units.getIfAvailable())
            .map(tree -> tree.upwards(wanted.unit()))
            .orElse(List.of(wanted.unit()));
    if (above.isEmpty()) {
      throw refused("no-such-unit", wanted.unit());
    }
    long id =
        matters.draft(
            versions.keep(procedure), procedure.figures(), wanted, above, by, office.today());
    return matters.lock(id);
  }

  private void mayBegin(SignedIn by, Matter matter) {
    boolean may =
        matter.procedure().flow().start().who().stream().anyMatch(who -> steps.is(by, matter, who));
    if (!may) {
      throw refused("may-not-begin");
    }
    if (matter.procedure().flow().start().who().stream().noneMatch(Who.Party.class::isInstance)) {
      steps.recusal(by, matter, null).ifPresent(Cases::refuse);
    }
  }

  private Done begun(SignedIn by, Matter matter, Map<String, String> answers) {
    if (matter.state() != Matter.State.DRAFT || matter.begunBy() != by.account()) {
      throw refused("not-a-draft");
    }
    mayBegin(by, matter);
    String form = matter.procedure().flow().start().form();
    String hash = form == null ? null : sign(matter, null, form, answers, by);
    entries.begins(matter, by);
    Map<String, Object> detail = new HashMap<>();
    detail.put("form", hash);
    detail.put("signed", hash == null ? null : by.shownName());
    return opened(matter, by, detail);
  }

  private Done opened(Matter matter, @Nullable SignedIn by, Map<String, Object> signed) {
    if (matter.parties().stream().noneMatch(party -> party.isOfficial() || party.isOutsider())
        && matter.procedure().flow().steps().stream().anyMatch(Node.Step::isOfTheParty)) {
      throw refused("no-person");
    }
    String instance = engine.begin(matter.engineKey(), matter.id());
    matters.begun(matter.id(), instance, office.today());
    Matter open = matters.lock(matter.id());
    int edition = matters.acted(open, null, "begun", by == null ? null : by.account(), null, null);
    Map<String, Object> detail = new HashMap<>(signed);
    detail.put("pack", matter.procedure().pack());
    detail.put("version", matter.procedure().from().toString());
    course.note(by == null ? "clock" : by.signInName(), "matter-begun", matter, detail);
    return course.goOn(open, matter.procedure().flow().first().orElseThrow(), edition, by);
  }

  /** Takes a step on, so that others know. */
  public Done claim(Command command, long step, int edition) {
    return onStep(
        command,
        "claim " + step + " " + edition,
        step,
        edition,
        (matter, open) -> {
          if (open.claimedBy() != null) {
            throw refused("claimed");
          }
          if (open.node().signing() != Signing.ANY) {
            throw refused("several-sign");
          }
          steps.refusal(command.by(), matter, open).ifPresent(Cases::refuse);
          steps.claim(open, command.by().account());
          return course.noted(command, matter, open, "claimed", null, null);
        });
  }

  /** Gives a step back that was taken on. */
  public Done release(Command command, long step, int edition) {
    return onStep(
        command,
        "release " + step + " " + edition,
        step,
        edition,
        (matter, open) -> {
          mine(command.by(), open);
          steps.claim(open, null);
          return course.noted(command, matter, open, "released", null, null);
        });
  }

  /** Passes a step that was taken on to another who may do it. */
  public Done delegate(Command command, long step, int edition, SignedIn to, String reasons) {
    return onStep(
        command,
        "delegate " + step + " " + edition + " " + to.account() + " " + reasons,
        step,
        edition,
        (matter, open) -> {
          mine(command.by(), open);
          needed(reasons);
          if (to.account() == command.by().account() || open.node().isOfTheParty()) {
            throw refused("delegate-to");
          }
          steps
              .refusal(to, matter, open)
              .ifPresent(
                  reason -> {
                    throw refused("delegate-" + reason);
                  });
          steps.claim(open, to.account());
          return course.noted(command, matter, open, "delegated", null, reasons);
        });
  }

  /** Asks somebody more to sign a step that several sign. */
  public Done addSigner(Command command, long step, int edition, SignedIn signer, String reasons) {
    return onStep(
        command,
        "add " + step + " " + edition + " " + signer.account() + " " + reasons,
        step,
        edition,
        (matter, open) -> {
          needed(reasons);
          steps.refusal(command.by(), matter, open).ifPresent(Cases::refuse);
          signatures.add(matter, open, signer, command.by());
          return course.noted(command, matter, open, "signer-added", null, reasons);
        });
  }

  /** Does a step: its outcome with reasons and the form. */
  public Done act(Command command, Acting acting) {
    return onStep(
        command,
        "act " + acting,
        acting.step(),
        acting.edition(),
        (matter, open) -> acted(command, matter, open, acting));
  }

  private Done acted(Command command, Matter matter, OpenStep open, Acting acting) {
    SignedIn by = command.by();
    Node.Step node = open.node();
    if (!node.outcomes().contains(acting.outcome())) {
      throw refused("no-such-outcome", acting.outcome());
    }
    steps.refusal(by, matter, open).ifPresent(Cases::refuse);
    if (open.claimedBy() != null && open.claimedBy() != by.account()) {
      throw refused("claimed");
    }
    if (node.isOfTheParty()
        && (by.official() == null || !matter.officials().contains(by.official()))
        && !node.formFor().contains(acting.outcome())) {
      // Whoever answers on paper for somebody else cannot be silent for them: time tells that.
      throw refused("not-said");
    }
    if (asksReasons(matter.procedure().flow(), node, acting.outcome())) {
      needed(acting.reasons());
    }
    if (acting.reasons().length() > LONGEST_REASONS) {
      throw refused("reasons-too-long", LONGEST_REASONS);
    }
    boolean agreed = acting.outcome().equals(node.outcomes().getFirst());
    String hash =
        node.form() == null || !node.formFor().contains(acting.outcome())
            ? null
            : sign(matter, open.id(), node.form(), acting.answers(), by);
    Map<String, Object> detail = new HashMap<>();
    detail.put("step", node.id());
    detail.put("outcome", acting.outcome());
    detail.put("form", hash);
    detail.put("signed", by.shownName());
    if (node.signing() != Signing.ANY) {
      boolean last = signatures.sign(matter, open, by, acting.outcome(), acting.reasons());
      if (agreed && !last) {
        course.note(by.signInName(), "matter-step-signed", matter, detail);
        int edition =
            matters.acted(
                matter, open.id(), "signed", by.account(), acting.outcome(), acting.reasons());
        return new Done(matter.id(), open.id(), edition, false);
      }
    }
    course.note(by.signInName(), "matter-step-done", matter, detail);
    return course.finished(matter, open, acting.outcome(), by, acting.reasons(), "done");
  }

  /** Whether an outcome needs reasons: every decision, and whatever does not simply agree. */
  static boolean asksReasons(Flow flow, Node.Step step, String outcome) {
    if (step.isOfTheParty()) {
      return false;
    }
    return step.kind() == Node.Kind.DECIDE
        || step.kind() == Node.Kind.REVIEW
        || !(outcome.equals(step.outcomes().getFirst()) || step.formFor().contains(outcome));
  }

  /** Takes back the step one did last, as long as nobody has gone on from it. */
  public Done takeBack(Command command, long matter, int edition) {
    return onMatter(
        command,
        "take back " + matter + " " + edition,
        matter,
        edition,
        found -> {
          OpenStep open = matters.openStep(found).orElseThrow(() -> refused("not-open"));
          Matters.Last last = matters.last(found, open).orElseThrow(() -> refused("take-back"));
          if (last.doneBy() != command.by().account()
              || open.claimedBy() != null
              || open.node().isOfTheParty()
              || last.entered(found.procedure().flow())
              || signatures.anySigned(open)) {
            throw refused("take-back");
          }
          Node.Step before = found.procedure().flow().step(last.step()).orElseThrow();
          steps.close(open, "taken-back", null, null, null, command.by().signInName());
          int now =
              matters.acted(found, open.id(), "taken-back", command.by().account(), null, null);
          engine.putBack(Objects.requireNonNull(found.engineId()), open.node().id(), before.id());
          course.note(
              command.by().signInName(),
              "matter-step-taken-back",
              found,
              Map.of("step", before.id()));
          Done done = course.goOn(found, before, now, command.by());
          matters.openStep(found).ifPresent(again -> steps.claim(again, command.by().account()));
          return done;
        });
  }

  /** Withdraws a matter one began, where the procedure allows it. */
  public Done withdraw(Command command, long matter, int edition, String reasons) {
    return onMatter(
        command,
        "withdraw " + matter + " " + edition + " " + reasons,
        matter,
        edition,
        found -> {
          OpenStep open = matters.openStep(found).orElseThrow(() -> refused("not-open"));
          if (found.begunBy() != command.by().account()
              || !found.procedure().flow().withdrawable().contains(open.node().id())) {
            throw refused("withdraw");
          }
          return overWith(command, found, Matter.State.WITHDRAWN, reasons);
        });
  }

  /** Stops a matter, by somebody the procedure names. */
  public Done stop(Command command, long matter, int edition, String reasons) {
    return onMatter(
        command,
        "stop " + matter + " " + edition + " " + reasons,
        matter,
        edition,
        found -> {
          stopper(command.by(), found);
          return overWith(command, found, Matter.State.STOPPED, reasons);
        });
  }

  private Done overWith(Command command, Matter matter, Matter.State state, String reasons) {
    needed(reasons);
    return course.over(command, matter, state, reasons);
  }

  private void stopper(SignedIn by, Matter matter) {
    if (matter.procedure().flow().stoppers().stream().noneMatch(who -> steps.is(by, matter, who))) {
      throw refused("stop");
    }
    steps.recusal(by, matter, null).ifPresent(Cases::refuse);
  }

  /** Suspends a matter: nothing can be done with it and no day counts until it goes on. */
  public Done suspend(Command command, long matter, int edition, String reasons) {
    return onMatter(
        command,
        "suspend " + matter + " " + edition + " " + reasons,
        matter,
        edition,
        found -> {
          stopper(command.by(), found);
          needed(reasons);
          matters
              .openStep(found)
              .ifPresent(open -> steps.suspend(open, reasons.strip(), command.by().signInName()));
          matters.suspended(matter, office.today());
          return course.noted(command, found, null, "suspended", null, reasons.strip());
        });
  }

  /** Lets a suspended matter go on. */
  public Done resume(Command command, long matter, int edition) {
    return commands.once(
        command,
        "resume " + matter + " " + edition,
        () -> {
          Matter found = course.seen(matters.lock(matter), edition);
          if (found.state() != Matter.State.SUSPENDED) {
            throw refused("not-suspended");
          }
          stopper(command.by(), found);
          matters.suspended(matter, null);
          matters
              .openStep(found)
              .ifPresent(open -> steps.suspend(open, null, command.by().signInName()));
          return course.noted(command, found, null, "resumed", null, null);
        });
  }

  /** Gives up a draft. */
  public Done discard(Command command, long matter) {
    return commands.once(
        command,
        "discard " + matter,
        () -> {
          Matter found = matters.lock(matter);
          if (found.state() != Matter.State.DRAFT || found.begunBy() != command.by().account()) {
            throw refused("not-a-draft");
          }
          matters.ended(matter, Matter.State.DISCARDED, null, null);
          course.note(command.by().signInName(), "matter-discarded", found, Map.of());
          return new Done(matter, 0, found.edition(), false);
        });
  }

  private String sign(
      Matter matter, @Nullable Long step, String form, Map<String, String> answers, SignedIn by) {
    return papers.sign(
        matter, step, Objects.requireNonNull(matter.procedure().forms().get(form)), answers, by);
  }

  private interface WithStep {
    Done with(Matter matter, OpenStep step);
  }

  private interface WithMatter {
    Done with(Matter matter);
  }

  private Done onStep(Command command, String payload, long step, int edition, WithStep work) {
    engine.engine();
    return commands.once(
        command,
        payload,
        () -> {
          Matter matter =
              course.seen(
                  matters.lock(matters.ofStep(step).orElseThrow(() -> refused("no-such-step"))),
                  edition);
          OpenStep open =
              matters
                  .openStep(matter)
                  .filter(one -> one.id() == step && matter.state() == Matter.State.OPEN)
                  .orElseThrow(() -> refused("not-open"));
          return work.with(matter, open);
        });
  }

  private Done onMatter(
      Command command, String payload, long matter, int edition, WithMatter work) {
    engine.engine();
    return commands.once(
        command,
        payload,
        () -> {
          Matter found = course.seen(matters.lock(matter), edition);
          if (found.state() != Matter.State.OPEN) {
            throw refused("not-open");
          }
          return work.with(found);
        });
  }

  private static void mine(SignedIn by, OpenStep open) {
    if (open.claimedBy() == null || open.claimedBy() != by.account()) {
      throw refused("not-claimed-by-you");
    }
  }

  private static void needed(String reasons) {
    if (reasons.isBlank()) {
      throw refused("reasons");
    }
    if (reasons.length() > LONGEST_REASONS) {
      throw refused("reasons-too-long", LONGEST_REASONS);
    }
  }

  private static void refuse(String reason) {
    throw refused(reason);
  }

  static Refused refused(String key, Object... values) {
    return new Refused("procedure", "procedure.refused." + key, values);
  }
}
