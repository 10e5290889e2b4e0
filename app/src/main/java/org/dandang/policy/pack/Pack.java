package org.dandang.policy.pack;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.dandang.policy.Words;

/**
 * What a place has decided about one practice.
 *
 * @param id place and practice: {@code zhaotong/front-line-quota}
 * @param practices rows of the survey it carries out; may be empty
 * @param population conditions on facts that say whom it speaks of; empty for every subject
 * @param facts facts its decision sees, besides the parameters
 * @param figures decisions or parameters shown beside an outcome
 */
public record Pack(
    String id,
    Path folder,
    List<String> practices,
    Words title,
    Period inForce,
    String subject,
    Map<String, List<String>> population,
    String decision,
    List<String> facts,
    List<String> figures,
    Map<String, OutcomeKind> outcomes,
    Map<String, Parameter> parameters,
    Map<String, Clause> clauses,
    List<Case> cases,
    List<Measure> measures,
    List<TableFile> tables,
    Map<String, Properties> messages) {

  public Pack {
    practices = List.copyOf(practices);
    population = ordered(population);
    facts = List.copyOf(facts);
    figures = List.copyOf(figures);
    outcomes = ordered(outcomes);
    parameters = ordered(parameters);
    clauses = ordered(clauses);
    cases = List.copyOf(cases);
    measures = List.copyOf(measures);
    tables = List.copyOf(tables);
    messages = ordered(messages);
  }

  /** The table in force on a day: the newest that has begun; empty outside the pack's period. */
  public Optional<TableFile> tableOn(LocalDate day) {
    return inForce.covers(day)
        ? tables.stream()
            .filter(table -> !table.from().isAfter(day))
            .max(Comparator.comparing(TableFile::from))
        : Optional.empty();
  }

  /** The same with this table alone. */
  public Pack withOnly(TableFile table) {
    return new Pack(
        id,
        folder,
        practices,
        title,
        inForce,
        subject,
        population,
        decision,
        facts,
        figures,
        outcomes,
        parameters,
        clauses,
        cases,
        measures,
        List.of(table),
        messages);
  }

  /** Whether its decision or its population sees a fact. */
  public boolean uses(String fact) {
    return facts.contains(fact) || population.containsKey(fact);
  }

  /** The same with a decision that may also see these facts. */
  public Pack seeing(List<String> more) {
    Set<String> all = new LinkedHashSet<>(facts);
    return all.addAll(more)
        ? new Pack(
            id,
            folder,
            practices,
            title,
            inForce,
            subject,
            population,
            decision,
            List.copyOf(all),
            figures,
            outcomes,
            parameters,
            clauses,
            cases,
            measures,
            tables,
            messages)
        : this;
  }

  /** A word of this pack; the key itself where a language lacks it. */
  public String word(String language, String key) {
    Properties words = messages.get(language);
    return words == null ? key : words.getProperty(key, key);
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
