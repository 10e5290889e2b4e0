package org.dandang.platform.procedure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What must hold of a procedure's drawing: that every way ends, that every outcome leads somewhere,
 * and that nothing adverse is reached but after a notice with a time to reply, a decision by
 * somebody who did not propose it, and a time to object.
 */
final class FlowCheck {
  private final Flow flow;
  private final List<Flaw> flaws = new ArrayList<>();

  private FlowCheck(Flow flow) {
    this.flow = flow;
  }

  /**
   * @param drawn ids of the elements that have a shape or a line in the picture
   */
  static List<Flaw> check(Flow flow, Set<String> drawn) {
    FlowCheck check = new FlowCheck(flow);
    check.start();
    if (check.flaws.isEmpty()) {
      check.arrows();
      check.steps();
      check.picture(drawn);
    }
    if (check.flaws.isEmpty()) {
      check.ways();
    }
    if (check.flaws.isEmpty()) {
      check.adverse();
    }
    return check.flaws;
  }

  private void start() {
    long starts = flow.nodes().values().stream().filter(Node.Start.class::isInstance).count();
    if (starts != 1) {
      tell(0, flow.id(), "one-start", starts);
    } else if (flow.start().who().stream().anyMatch(who -> who instanceof Who.Beginner)) {
      tell(flow.start().line(), flow.start().id(), "start-beginner");
    } else if (isByClock(flow.start().who())
        && (flow.start().form() != null
            || flow.steps().stream().anyMatch(step -> step.who().contains(new Who.Beginner())))) {
      tell(flow.start().line(), flow.start().id(), "start-clock");
    }
    if (flow.ends().isEmpty()) {
      tell(0, flow.id(), "no-end");
    }
    for (String step : flow.withdrawable()) {
      if (flow.step(step).isEmpty()) {
        tell(0, flow.id(), "no-such-step", step, "withdraw");
      }
    }
  }

  private void arrows() {
    Set<String> ids = new HashSet<>(flow.nodes().keySet());
    for (Arrow arrow : flow.arrows()) {
      Node from = flow.nodes().get(arrow.from());
      Node to = flow.nodes().get(arrow.to());
      if (!ids.add(arrow.id())) {
        tell(arrow.line(), arrow.id(), "id-twice", arrow.id());
      }
      if (from == null || to == null) {
        tell(arrow.line(), arrow.id(), "arrow-nowhere");
      } else if (from instanceof Node.End || to instanceof Node.Start) {
        tell(arrow.line(), arrow.id(), "arrow-backwards");
      } else if (from instanceof Node.Choice && arrow.outcomes().isEmpty()) {
        tell(arrow.line(), arrow.id(), "arrow-without-outcome");
      } else if (!(from instanceof Node.Choice) && !arrow.outcomes().isEmpty()) {
        tell(arrow.line(), arrow.id(), "outcome-without-choice");
      }
    }
    for (Node node : flow.nodes().values()) {
      List<Arrow> leaving = flow.leaving(node.id());
      if (node instanceof Node.Choice) {
        Set<String> outcomes = new HashSet<>();
        leaving.stream()
            .flatMap(arrow -> arrow.outcomes().stream())
            .filter(outcome -> !outcomes.add(outcome))
            .forEach(outcome -> tell(node.line(), node.id(), "outcome-two-ways", outcome));
      } else if (!(node instanceof Node.End) && leaving.size() != 1) {
        tell(node.line(), node.id(), "one-arrow", leaving.size());
      }
    }
  }

  private static boolean isByClock(List<Who> who) {
    return who.stream().anyMatch(Who.Clock.class::isInstance);
  }

  private void steps() {
    for (Node.Step step : flow.steps()) {
      boolean party = step.who().stream().anyMatch(who -> who instanceof Who.Party);
      if (party && step.who().size() > 1) {
        tell(step.line(), step.id(), "party-alone");
      }
      if (isByClock(step.who())) {
        tell(step.line(), step.id(), "who-unknown", "clock");
      }
      if (step.atLevel() != null
          && (step.signing() != Signing.ANY
              || !step.who().stream().allMatch(who -> who instanceof Who.Holder))) {
        tell(step.line(), step.id(), "level-not-role");
      }
      if (new LinkedHashSet<>(step.outcomes()).size() < step.outcomes().size()) {
        tell(step.line(), step.id(), "outcome-twice");
      }
      if (step.lapse() != null) {
        if (!party) {
          tell(step.line(), step.id(), "lapse-not-party");
        } else if (step.due() == null) {
          tell(step.line(), step.id(), "lapse-without-due");
        } else if (!step.outcomes().contains(step.lapse())) {
          tell(step.line(), step.id(), "lapse-no-outcome", step.lapse());
        }
      }
      if (party && step.due() != null && step.lapse() == null) {
        tell(step.line(), step.id(), "party-due-without-lapse");
      }
      for (String other : step.notBy()) {
        Node node = flow.nodes().get(other);
        if (!(node instanceof Node.Step || node instanceof Node.Start)) {
          tell(step.line(), step.id(), "no-such-step", other, "not-by");
        }
      }
      for (String outcome : step.formFor()) {
        if (step.form() == null || !step.outcomes().contains(outcome)) {
          tell(step.line(), step.id(), "form-for", outcome);
        }
      }
      for (String outcome : step.entersFor()) {
        if (step.enters() == null || !step.outcomes().contains(outcome)) {
          tell(step.line(), step.id(), "enters-for", outcome);
        }
      }
      if (step.kind() == Node.Kind.REVIEW) {
        review(step);
      }
      for (String outcome : step.outcomes()) {
        if (flow.next(step.id(), outcome).isEmpty()) {
          tell(step.line(), step.id(), "outcome-nowhere", outcome);
        }
      }
    }
    if (flow.first().isEmpty()) {
      tell(flow.start().line(), flow.start().id(), "start-needs-step");
    }
  }

  /** A review is another person's than every decision, and follows an objection. */
  private void review(Node.Step step) {
    boolean apart =
        flow.steps().stream()
            .filter(other -> other.kind() == Node.Kind.DECIDE)
            .allMatch(other -> step.notBy().contains(other.id()));
    if (!apart || step.who().stream().anyMatch(who -> !(who instanceof Who.Holder))) {
      tell(step.line(), step.id(), "review-not-apart");
    }
    if (flow.reachable(flow.start(), node -> node instanceof Node.Step other && isObjection(other))
        .contains(step)) {
      tell(step.line(), step.id(), "review-without-objection");
    }
  }

  private void picture(Set<String> drawn) {
    for (Node node : flow.nodes().values()) {
      if (!drawn.contains(node.id())) {
        tell(node.line(), node.id(), "not-drawn");
      }
    }
    for (Arrow arrow : flow.arrows()) {
      if (!drawn.contains(arrow.id())) {
        tell(arrow.line(), arrow.id(), "not-drawn");
      }
    }
  }

  private void ways() {
    Set<Node> reached = flow.reachable(flow.start(), node -> false);
    for (Node.Step step : flow.steps()) {
      if (!reached.contains(step)) {
        tell(step.line(), step.id(), "never-reached");
      } else if (flow.reachable(step, node -> false).stream()
          .noneMatch(node -> node instanceof Node.End)) {
        tell(step.line(), step.id(), "never-ends");
      }
    }
    for (Node.End end : flow.ends()) {
      if (!reached.contains(end)) {
        tell(end.line(), end.id(), "never-reached");
      }
    }
  }

  private void adverse() {
    List<Node.End> adverse = flow.ends().stream().filter(Node.End::adverse).toList();
    if (flow.adverse() != !adverse.isEmpty()) {
      tell(0, flow.id(), flow.adverse() ? "adverse-without-end" : "adverse-not-declared");
      return;
    }
    Predicate<Node> reply = node -> node instanceof Node.Step step && isReply(step);
    Predicate<Node> decision = node -> node instanceof Node.Step step && isDecision(step);
    Predicate<Node> objection = node -> node instanceof Node.Step step && isObjection(step);
    for (Node.End end : adverse) {
      if (flow.reachable(flow.start(), reply).contains(end)) {
        tell(end.line(), end.id(), "adverse-without-reply");
      }
      if (flow.reachable(flow.start(), decision).contains(end)) {
        tell(end.line(), end.id(), "adverse-without-decision");
      }
      if (flow.reachable(flow.start(), objection).contains(end)) {
        tell(end.line(), end.id(), "adverse-without-objection");
      }
    }
    if (adverse.isEmpty() || !flaws.isEmpty()) {
      return;
    }
    for (Node.Step step : flow.steps()) {
      if (isDecision(step) && flow.reachable(flow.start(), reply).contains(step)) {
        tell(step.line(), step.id(), "decided-before-reply");
      }
      if (isReply(step) && adverse.stream().anyMatch(flow.reachable(step, decision)::contains)) {
        tell(step.line(), step.id(), "reply-not-decided-on");
      }
      if (isDecision(step)
          && adverse.stream().anyMatch(flow.reachable(step, objection)::contains)) {
        tell(step.line(), step.id(), "decision-without-objection");
      }
      if (isDecision(step)
          && flow.reachable(step, node -> false).stream()
              .noneMatch(node -> node instanceof Node.End end && !end.adverse())) {
        tell(step.line(), step.id(), "decision-without-choice");
      }
    }
  }

  private static boolean isReply(Node.Step step) {
    return step.kind() == Node.Kind.REPLY && step.isOfTheParty() && step.due() != null;
  }

  private static boolean isObjection(Node.Step step) {
    return step.kind() == Node.Kind.OBJECT && step.isOfTheParty() && step.due() != null;
  }

  /** A decision is one only by somebody who neither began nor proposed the matter. */
  private boolean isDecision(Node.Step step) {
    Set<String> proposing = new HashSet<>(Set.of(flow.start().id()));
    flow.steps().stream()
        .filter(other -> other.kind() == Node.Kind.PROPOSE)
        .forEach(other -> proposing.add(other.id()));
    return step.kind() == Node.Kind.DECIDE
        && step.who().stream().allMatch(who -> who instanceof Who.Holder)
        && step.notBy().containsAll(proposing);
  }

  private void tell(int line, String where, String key, Object... values) {
    flaws.add(Flaw.of(line, where, key, values));
  }
}
