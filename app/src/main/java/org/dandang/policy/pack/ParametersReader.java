package org.dandang.policy.pack;

import static org.dandang.policy.pack.PackFolder.required;
import static org.dandang.policy.pack.PackFolder.text;
import static org.dandang.policy.pack.PackFolder.words;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/** Reads {@code parameters.yaml}: figures with their dates and clauses. */
final class ParametersReader {
  private ParametersReader() {}

  static Map<String, Parameter> parameters(
      PackFolder folder, Map<String, Clause> clauses, @Nullable Period inForce) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    YamlNode document = folder.yaml("parameters.yaml", false);
    if (document == null) {
      return parameters;
    }
    document
        .map()
        .forEach(
            (id, node) -> {
              Map<String, YamlNode> keys = node.map(List.of("title", "unit", "by", "values"));
              Words title = words(node, keys, "title");
              String unit = text(node, keys, "unit");
              YamlNode by = keys.get("by");
              YamlNode values = required(node, keys, "values");
              List<Parameter.Dated> dated = new ArrayList<>();
              if (values != null) {
                for (YamlNode value : values.list()) {
                  dated(value, by != null, clauses).ifPresent(dated::add);
                }
                dated.sort(Comparator.comparing(value -> value.period().from()));
                checkDates(values, id, dated, inForce);
              }
              parameters.put(
                  id, new Parameter(id, title, unit, by == null ? null : by.text(), dated));
            });
    return parameters;
  }

  /** A period's end may be left out: it then ends where the next begins. */
  private static Optional<Parameter.Dated> dated(
      YamlNode node, boolean keyed, Map<String, Clause> clauses) {
    Map<String, YamlNode> keys = node.map();
    YamlNode from = required(node, keys, "from");
    YamlNode clause = required(node, keys, "clause");
    LocalDate first = from == null ? null : from.date();
    LocalDate last = keys.containsKey("to") ? Objects.requireNonNull(keys.get("to")).date() : null;
    if (first == null || clause == null) {
      return Optional.empty();
    }
    if (last != null && !last.isAfter(first)) {
      node.error("period-empty", first, last);
      return Optional.empty();
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    Map<String, String> cited = new LinkedHashMap<>();
    keys.forEach(
        (key, value) -> {
          if (List.of("from", "to", "clause").contains(key)) {
            return;
          }
          if (!keyed && !key.equals("value")) {
            value.error("unknown-key", key, "from, to, clause, value");
            return;
          }
          Object figure = value.value();
          if (figure instanceof BigDecimal
              || figure instanceof String
              || figure instanceof Boolean) {
            figures.put(keyed ? key : Parameter.FOR_ALL, figure);
          } else {
            value.error("figure-missing", key);
          }
        });
    if (figures.isEmpty()) {
      node.error("figure-missing", keyed ? "…" : "value");
    }
    Map<String, YamlNode> each = clause.isMap() ? clause.map() : Map.of();
    for (String key : figures.keySet()) {
      YamlNode own = clause.isMap() ? each.get(key) : clause;
      if (own == null) {
        clause.error("clause-missing", key);
      } else if (clauses.containsKey(own.text())) {
        cited.put(key, own.text());
      } else {
        own.error("unknown-clause", own.text());
      }
    }
    return Optional.of(new Parameter.Dated(new Period(first, last), figures, cited));
  }

  private static void checkDates(
      YamlNode node, String id, List<Parameter.Dated> dated, @Nullable Period inForce) {
    for (int i = 0; i < dated.size(); i++) {
      Parameter.Dated here = dated.get(i);
      if (i + 1 < dated.size()) {
        Parameter.Dated next = dated.get(i + 1);
        LocalDate end = here.period().to();
        if (end == null && next.period().from().equals(here.period().from())) {
          node.error("period-empty", here.period().from(), next.period().from());
        } else if (end == null) {
          dated.set(
              i,
              new Parameter.Dated(
                  new Period(here.period().from(), next.period().from()),
                  here.figures(),
                  here.clauses()));
        } else if (end.isAfter(next.period().from())) {
          node.error("dates-overlap", id, next.period().from(), end);
        } else if (end.isBefore(next.period().from())) {
          node.error("dates-gap", id, end, next.period().from());
        }
      }
    }
    if (inForce != null && !dated.isEmpty()) {
      LocalDate first = dated.getFirst().period().from();
      LocalDate last = dated.getLast().period().to();
      if (first.isAfter(inForce.from())) {
        node.error("dates-gap", id, inForce.from(), first);
      }
      if (last != null && (inForce.to() == null || last.isBefore(inForce.to()))) {
        node.error("dates-gap", id, last, inForce.to() == null ? "…" : inForce.to());
      }
    }
  }
}
