package org.dandang.policy.decision;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.policy.decision.Decision.FactUsed;
import org.dandang.policy.decision.Decision.FigureUsed;
import org.dandang.policy.fact.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The facts and figures of a decision as JSON: a number is a number with all its digits, a date is
 * {@code {"date": "2026-06-30"}}, a missing value is null.
 */
@Component
class DecisionColumns {
  private final JsonMapper json;

  DecisionColumns(JsonMapper json) {
    this.json = json;
  }

  String facts(Map<String, FactUsed> facts) {
    ObjectNode all = json.createObjectNode();
    facts.forEach(
        (id, fact) -> {
          ObjectNode one = all.putObject(id);
          value(one, fact.value());
          one.put("definition", fact.definition());
          ArrayNode sources = one.putArray("sources");
          fact.sources().forEach(s -> sources.addArray().add(s.register()).add(s.row()));
        });
    return json.writeValueAsString(all);
  }

  Map<String, FactUsed> facts(String text) {
    Map<String, FactUsed> facts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.readTree(text).properties()) {
      JsonNode one = entry.getValue();
      List<Source> sources = new ArrayList<>();
      for (JsonNode source : one.get("sources")) {
        sources.add(new Source(source.get(0).asString(), source.get(1).asLong()));
      }
      facts.put(
          entry.getKey(),
          new FactUsed(value(one.get("value")), one.get("definition").asString(), sources));
    }
    return facts;
  }

  String figures(Map<String, FigureUsed> figures) {
    ObjectNode all = json.createObjectNode();
    figures.forEach(
        (id, figure) -> {
          ObjectNode one = all.putObject(id);
          value(one, figure.value());
          one.put("clause", figure.clause());
        });
    return json.writeValueAsString(all);
  }

  Map<String, FigureUsed> figures(String text) {
    Map<String, FigureUsed> figures = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.readTree(text).properties()) {
      JsonNode one = entry.getValue();
      JsonNode clause = one.get("clause");
      figures.put(
          entry.getKey(),
          new FigureUsed(value(one.get("value")), clause.isNull() ? null : clause.asString()));
    }
    return figures;
  }

  private static void value(ObjectNode node, @Nullable Object value) {
    switch (value) {
      case null -> node.putNull("value");
      case BigDecimal number -> node.put("value", number);
      case Boolean truth -> node.put("value", truth);
      case LocalDate date -> node.putObject("value").put("date", date.toString());
      default -> node.put("value", value.toString());
    }
  }

  private static @Nullable Object value(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    if (node.isNumber()) {
      return node.decimalValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isObject() ? LocalDate.parse(node.get("date").asString()) : node.asString();
  }
}
