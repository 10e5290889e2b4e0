package org.dandang.platform.procedure;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The course of matters: from a step that is done to where the drawing leads, in one go. */
@Component
class Course {
  private final Engine engine;
  private final Matters matters;
  private final MatterSteps steps;
  private final Entries entries;
  private final Ledger ledger;

  Course(Engine engine, Matters matters, MatterSteps steps, Entries entries, Ledger ledger) {
    this.engine = engine;
    this.matters = matters;
    this.steps = steps;
    this.entries = entries;
    this.ledger = ledger;
  }

  /**
   * Comes to where the drawing says, and makes sure that the engine came there too.
   *
   * @param by null for the clock
   */
  Done goOn(Matter matter, Node expected, int edition, @Nullable SignedIn by) {
    String actor = actor(by);
    Engine.At at = engine.at(Objects.requireNonNull(matter.engineId()));
    if (expected instanceof Node.Step step && at != null && at.step().equals(step.id())) {
      return new Done(matter.id(), steps.open(matter, step, at.id(), actor), edition, false);
    }
    if (expected instanceof Node.End end && at == null) {
      matters.ended(matter.id(), Matter.State.ENDED, end.id(), null);
      note(actor, "matter-ended", matter, Map.of("result", end.id()));
      steps.tell(
          matter,
          "matter:" + matter.id() + ":ended",
          MatterSteps.wording(matter, "result." + end.id()),
          steps.recipients(matter, end.tells()),
          actor);
      entries.enter(matter.id(), end, null, by);
      return new Done(matter.id(), 0, edition, false);
    }
    throw new IllegalStateException(
        "matter " + matter.id() + " should be at " + expected.id() + " and is at " + at);
  }

  Done finished(
      Matter matter,
      OpenStep open,
      String outcome,
      @Nullable SignedIn by,
      @Nullable String reasons,
      String state) {
    String actor = actor(by);
    Long account = by == null ? null : by.account();
    entries.foresee(matter, open.node(), outcome, by);
    int edition = matters.acted(matter, open.id(), state, account, outcome, reasons);
    steps.close(open, state, account, outcome, reasons, actor);
    entries.enter(matter.id(), open.node(), outcome, by);
    engine.goOn(open.engineId(), outcome);
    Node next = matter.procedure().flow().next(open.node().id(), outcome).orElseThrow();
    return goOn(matter, next, edition, by);
  }

  private static String actor(@Nullable SignedIn by) {
    return by == null ? "clock" : by.signInName();
  }

  /** A step of the party whose time is over ends as the procedure says: nothing was said. */
  void lapse(long step) {
    Optional<Long> id = matters.ofStep(step);
    if (id.isEmpty()) {
      return;
    }
    Matter matter = matters.lock(id.get());
    OpenStep open = matters.openStep(matter).orElse(null);
    if (matter.state() != Matter.State.OPEN
        || open == null
        || open.id() != step
        || open.node().lapse() == null) {
      return;
    }
    note(
        "clock",
        "matter-step-lapsed",
        matter,
        Map.of("step", open.node().id(), "outcome", open.node().lapse()));
    finished(matter, open, open.node().lapse(), null, null, "lapsed");
  }

  /** A step whose time is over stays, because a register does not take what would follow. */
  void lapseRefused(long step, Refused refused) {
    Matter matter = matters.lock(matters.ofStep(step).orElseThrow());
    OpenStep open = matters.openStep(matter).orElseThrow();
    matters.acted(matter, step, "lapse-refused", null, open.node().lapse(), steps.said(refused));
    note(
        "clock",
        "matter-step-lapse-refused",
        matter,
        Map.of("step", open.node().id(), "refused", refused.key()));
    steps.tellLapseRefused(matter, open, refused);
  }

  Done over(Command command, Matter matter, Matter.State state, String reasons) {
    String actor = command.by().signInName();
    matters
        .openStep(matter)
        .ifPresent(open -> steps.close(open, "cancelled", null, null, null, actor));
    engine.giveUp(Objects.requireNonNull(matter.engineId()), state.word());
    matters.ended(matter.id(), state, null, reasons.strip());
    int edition =
        matters.acted(matter, null, state.word(), command.by().account(), null, reasons.strip());
    note(actor, "matter-" + state.word(), matter, Map.of());
    return new Done(matter.id(), 0, edition, false);
  }

  Matter seen(Matter matter, int edition) {
    if (matter.edition() != edition) {
      throw new Changed(matter.id(), matters.last(matter.id()));
    }
    return matter;
  }

  Done noted(
      Command command,
      Matter matter,
      @Nullable OpenStep open,
      String act,
      @Nullable String outcome,
      @Nullable String reasons) {
    int edition =
        matters.acted(
            matter, open == null ? null : open.id(), act, command.by().account(), outcome, reasons);
    note(
        command.by().signInName(),
        "matter-" + (open == null ? "" : "step-") + act,
        matter,
        open == null ? Map.of() : Map.of("step", open.node().id()));
    long step = open == null ? matters.openStep(matter).map(OpenStep::id).orElse(0L) : open.id();
    return new Done(matter.id(), step, edition, false);
  }

  void note(String actor, String action, Matter matter, Map<String, ?> detail) {
    ledger.append(actor, action, MatterSteps.SUBJECT, Long.toString(matter.id()), detail);
  }
}
