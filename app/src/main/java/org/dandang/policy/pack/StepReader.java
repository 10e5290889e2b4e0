package org.dandang.policy.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the step a pack is, and the cases that say what it must come to. */
final class StepReader {
  private StepReader() {}

  /** A step of an official's path; null where the pack is none. */
  static @Nullable Step step(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    Map<String, YamlNode> keys = node.map(List.of("ladder", "from", "to", "conditions"));
    YamlNode ladder = required(node, keys, "ladder");
    YamlNode from = required(node, keys, "from");
    YamlNode to = required(node, keys, "to");
    YamlNode conditions = required(node, keys, "conditions");
    if (ladder == null || from == null || to == null || conditions == null) {
      return null;
    }
    List<Step.Condition> asked = new ArrayList<>();
    conditions
        .map()
        .forEach(
            (decision, condition) -> {
              Map<String, YamlNode> parts = condition.map(List.of("asked", "has"));
              YamlNode figure = parts.get("asked");
              YamlNode has = parts.get("has");
              asked.add(
                  new Step.Condition(
                      decision,
                      figure == null ? null : figure.text(),
                      has == null ? null : has.text()));
            });
    return new Step(ladder.text(), from.text(), to.text(), asked);
  }

  /** A case; empty where something it needs is missing, which has then been told. */
  static Optional<Case> example(YamlNode node) {
    Map<String, YamlNode> keys = node.map(List.of("name", "as-of", "given", "expect"));
    YamlNode name = required(node, keys, "name");
    YamlNode asOf = required(node, keys, "as-of");
    YamlNode given = required(node, keys, "given");
    YamlNode expect = required(node, keys, "expect");
    if (asOf == null || given == null || expect == null) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    given.map().forEach((fact, value) -> facts.put(fact, value.value()));
    Map<String, YamlNode> expected = expect.map(List.of("outcome", "rule", "conditions"));
    YamlNode outcome = required(expect, expected, "outcome");
    YamlNode rule = expected.get("rule");
    Map<String, String> conditions = new LinkedHashMap<>();
    YamlNode each = expected.get("conditions");
    if (each != null) {
      each.map().forEach((condition, status) -> conditions.put(condition, status.text()));
    }
    LocalDate day = asOf.date();
    return outcome == null || day == null
        ? Optional.empty()
        : Optional.of(
            new Case(
                name == null ? "" : name.text(),
                day,
                facts,
                outcome.text(),
                rule == null ? null : rule.text(),
                conditions,
                node.line()));
  }

  private static @Nullable YamlNode required(
      YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = keys.get(key);
    if (node == null) {
      parent.error("key-missing", key);
    }
    return node;
  }
}
