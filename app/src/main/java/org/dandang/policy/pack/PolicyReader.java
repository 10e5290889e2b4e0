package org.dandang.policy.pack;

import static org.dandang.policy.pack.PackFolder.required;
import static org.dandang.policy.pack.PackFolder.text;
import static org.dandang.policy.pack.PackFolder.texts;
import static org.dandang.policy.pack.PackFolder.words;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a pack holds as a policy: whom it asks about, its tables, cases and measures. */
final class PolicyReader {
  /** Keys of {@code pack.yaml} that belong to a policy. */
  static final List<String> KEYS =
      List.of(
          "subject", "population", "decision", "facts", "figures", "outcomes", "step", "proposes");

  private static final Pattern DATED = Pattern.compile("(.+)\\.(\\d{4}-\\d{2}-\\d{2})\\.dmn");

  private final PackFolder folder;

  PolicyReader(PackFolder folder) {
    this.folder = folder;
  }

  /** The policy, or what is proposed on a matter's answers; empty where nothing of one is there. */
  Optional<Part> part(YamlNode document, Map<String, YamlNode> keys) {
    return read(document, keys)
        .map(
            policy -> {
              boolean ofMatters = policy.subject().equals(Part.Proposal.SUBJECT);
              if (ofMatters != keys.containsKey("proposes")) {
                document.error("proposal-of-matters");
              }
              return ofMatters ? new Part.Proposal(policy, texts(keys, "proposes")) : policy;
            });
  }

  private Optional<Part.Policy> read(YamlNode document, Map<String, YamlNode> keys) {
    boolean any =
        KEYS.stream().anyMatch(keys::containsKey)
            || folder.holds("cases.yaml")
            || folder.holds("measures.yaml")
            || !folder.names("", ".dmn").isEmpty();
    if (!any) {
      return Optional.empty();
    }
    String subject = text(document, keys, "subject");
    String decision = text(document, keys, "decision");
    Map<String, List<String>> population = new LinkedHashMap<>();
    if (keys.containsKey("population")) {
      Objects.requireNonNull(keys.get("population"))
          .map()
          .forEach((fact, values) -> population.put(fact, values.texts()));
    }
    Map<String, OutcomeKind> outcomes = new LinkedHashMap<>();
    YamlNode outcomeNode = required(document, keys, "outcomes");
    if (outcomeNode != null) {
      outcomeNode
          .map()
          .forEach(
              (outcome, kind) ->
                  OutcomeKind.of(kind.text())
                      .ifPresentOrElse(
                          known -> outcomes.put(outcome, known),
                          () -> kind.error("unknown-outcome-kind", kind.text())));
    }
    return Optional.of(
        new Part.Policy(
            subject,
            population,
            decision,
            texts(keys, "facts"),
            texts(keys, "figures"),
            outcomes,
            cases(),
            measures(),
            tables(decision),
            StepReader.step(keys.get("step"))));
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    YamlNode document = folder.yaml("cases.yaml", true);
    if (document == null) {
      return cases;
    }
    document.list().forEach(node -> StepReader.example(node).ifPresent(cases::add));
    return cases;
  }

  private List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    YamlNode document = folder.yaml("measures.yaml", false);
    if (document == null) {
      return measures;
    }
    document
        .map()
        .forEach(
            (id, node) -> {
              Map<String, YamlNode> keys =
                  node.map(List.of("title", "unit", "outcomes", "numerator", "denominator"));
              YamlNode numerator = keys.get("numerator");
              YamlNode denominator = keys.get("denominator");
              if ((numerator == null) != (denominator == null)
                  || (numerator == null) == !keys.containsKey("outcomes")) {
                node.error("measure-counts-or-divides");
              }
              measures.add(
                  new Measure(
                      id,
                      words(node, keys, "title"),
                      text(node, keys, "unit"),
                      texts(keys, "outcomes"),
                      numerator == null ? null : numerator.text(),
                      denominator == null ? null : denominator.text()));
            });
    return measures;
  }

  private List<TableFile> tables(String decision) {
    List<TableFile> tables = new ArrayList<>();
    for (String file : folder.names("", ".dmn")) {
      Matcher matcher = DATED.matcher(file);
      if (!matcher.matches()) {
        folder.tell(Finding.error(folder.name(file), 0, "", "table-needs-a-date"));
      } else if (!matcher.group(1).equals(decision)) {
        folder.tell(Finding.error(folder.name(file), 0, "", "table-of-another-decision", decision));
      } else {
        try {
          tables.add(
              new TableFile(
                  folder.name(file),
                  LocalDate.parse(matcher.group(2)),
                  folder.path().resolve(file)));
        } catch (DateTimeParseException e) {
          folder.tell(Finding.error(folder.name(file), 0, "", "not-a-date", matcher.group(2)));
        }
      }
    }
    if (tables.isEmpty()) {
      folder.tell(Finding.error(folder.name("pack.yaml"), 0, "decision", "no-table", decision));
    }
    return tables;
  }
}
