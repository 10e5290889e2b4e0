package org.dandang.platform.procedure;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way of a procedure: one step at a time, from the start to an end.
 *
 * @param withdrawable steps at which whoever began it may withdraw it
 * @param stoppers who may stop it with a reason
 * @param adverse whether it can end with a disadvantage to the party
 */
public record Flow(
    String id,
    Map<String, Node> nodes,
    List<Arrow> arrows,
    List<String> withdrawable,
    List<Who> stoppers,
    boolean adverse) {
  public Flow {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    arrows = List.copyOf(arrows);
    withdrawable = List.copyOf(withdrawable);
    stoppers = List.copyOf(stoppers);
  }

  /** Where it begins. */
  public Node.Start start() {
    return nodes.values().stream()
        .filter(Node.Start.class::isInstance)
        .map(Node.Start.class::cast)
        .findFirst()
        .orElseThrow();
  }

  public List<Node.Step> steps() {
    return nodes.values().stream()
        .filter(Node.Step.class::isInstance)
        .map(Node.Step.class::cast)
        .toList();
  }

  public List<Node.End> ends() {
    return nodes.values().stream()
        .filter(Node.End.class::isInstance)
        .map(Node.End.class::cast)
        .toList();
  }

  public Optional<Node.Step> step(String id) {
    return nodes.get(id) instanceof Node.Step step ? Optional.of(step) : Optional.empty();
  }

  public List<Arrow> leaving(String node) {
    return arrows.stream().filter(arrow -> arrow.from().equals(node)).toList();
  }

  /** The first step, or the end of a procedure without any. */
  public Optional<Node> first() {
    return follow(start().id(), null);
  }

  /** Where a step's outcome leads: a step or an end; empty where the drawing says nothing. */
  public Optional<Node> next(String step, String outcome) {
    return follow(step, outcome);
  }

  private Optional<Node> follow(String from, @Nullable String outcome) {
    Set<String> passed = new LinkedHashSet<>();
    String at = from;
    while (passed.add(at)) {
      Optional<Arrow> arrow =
          nodes.get(at) instanceof Node.Choice
              ? leaving(at).stream()
                  .filter(one -> outcome != null && one.outcomes().contains(outcome))
                  .findFirst()
              : leaving(at).stream().findFirst();
      Node to = arrow.map(one -> nodes.get(one.to())).orElse(null);
      if (to == null) {
        return Optional.empty();
      }
      if (!(to instanceof Node.Choice)) {
        return Optional.of(to);
      }
      at = to.id();
    }
    return Optional.empty();
  }

  /** Nodes that can be reached from one, by outcomes there are, without passing certain others. */
  Set<Node> reachable(Node from, Predicate<Node> avoided) {
    Set<Node> seen = new LinkedHashSet<>();
    Deque<Node> open = new ArrayDeque<>(after(from));
    while (!open.isEmpty()) {
      Node here = open.pop();
      if (!avoided.test(here) && seen.add(here)) {
        open.addAll(after(here));
      }
    }
    return seen;
  }

  /** The steps and ends directly after a start or a step. */
  Collection<Node> after(Node node) {
    return switch (node) {
      case Node.Start start -> first().stream().toList();
      case Node.Step step ->
          step.outcomes().stream().flatMap(outcome -> next(step.id(), outcome).stream()).toList();
      case Node.Choice choice -> List.of();
      case Node.End end -> List.of();
    };
  }
}
