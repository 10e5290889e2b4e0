package org.dandang.official.search;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.UnitSearch;
import org.dandang.policy.fact.Facts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** Reads the filter of the list of officials from an address. */
@Component
public class OfficialFilters {
  private static final int MOST_CONDITIONS = 20;

  private final Facts facts;
  private final UnitSearch units;

  OfficialFilters(Facts facts, UnitSearch units) {
    this.facts = facts;
    this.units = units;
  }

  /** Reads an address's query, with or without its question mark, as a kept filter has it. */
  public OfficialFilter of(String query) {
    return of(
        UriComponentsBuilder.fromUriString(query.startsWith("?") ? query : "?" + query)
            .build()
            .getQueryParams(),
        true);
  }

  /** Reads decoded parameters; those that say nothing of a filter do not matter. */
  public OfficialFilter of(MultiValueMap<String, String> parameters) {
    return of(parameters, false);
  }

  private OfficialFilter of(MultiValueMap<String, String> parameters, boolean encoded) {
    List<Condition> conditions = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    parameters
        .getOrDefault("c", List.of())
        .forEach(address -> asked.add(encoded ? decoded(address) : address));
    added(parameters).ifPresent(asked::add);
    for (String text : asked) {
      if (!text.isBlank() && conditions.size() < MOST_CONDITIONS) {
        try {
          Condition condition = Condition.parse(text, facts.catalogue());
          if (!conditions.contains(condition)) {
            conditions.add(condition);
          }
        } catch (Condition.Refused e) {
          refused.add(e.reason() + ":" + e.getMessage());
        }
      }
    }
    Reading said = new Reading(parameters, encoded);
    String sort = said.text("sort");
    Long unit = said.number("unit");
    String unknown = "";
    String within = said.text("within").strip();
    if (!within.isEmpty()) {
      try {
        unit = units.chosen(within, null);
      } catch (OrganisationProblem problem) {
        unit = null;
        unknown = within;
      }
    }
    return new OfficialFilter(
        said.text("q"),
        unit,
        unknown,
        said.text("rank"),
        said.text("level"),
        said.text("status"),
        said.text("sex"),
        said.text("flag"),
        said.text("frontLine"),
        said.text("age"),
        conditions,
        refused,
        said.text("any").equals("true"),
        OfficialFilter.SORTS.contains(sort)
                || facts
                    .catalogue()
                    .find(sort)
                    .filter(fact -> fact.subject().equals("official"))
                    .isPresent()
            ? sort
            : "name",
        said.text("falling").equals("true"),
        said.page());
  }

  /** The condition somebody has just put together from the fields of the form. */
  private static Optional<String> added(MultiValueMap<String, String> parameters) {
    String fact = parameters.getFirst("fact");
    String operator = parameters.getFirst("op");
    if (fact == null || fact.isEmpty() || operator == null || operator.isEmpty()) {
      return Optional.empty();
    }
    String values =
        parameters.getOrDefault("value", List.of()).stream()
            .map(value -> value.replace("|", "").strip())
            .filter(value -> !value.isEmpty())
            .collect(Collectors.joining("|"));
    return Optional.of(fact + ":" + operator + ":" + values);
  }

  private record Reading(MultiValueMap<String, String> parameters, boolean encoded) {
    String text(String name) {
      String value = parameters.getFirst(name);
      return value == null ? "" : encoded ? decoded(value) : value;
    }

    @Nullable Long number(String name) {
      String text = text(name);
      return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    int page() {
      String text = text("page");
      return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 1;
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
