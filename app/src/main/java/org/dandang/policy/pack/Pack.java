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
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/**
 * What a place has decided about one practice. What it holds is one or several {@link Part}s; the
 * methods that speak of a decision refuse a pack that holds no policy.
 *
 * @param id place and practice: {@code zhaotong/front-line-quota}
 * @param practices rows of the survey it carries out; may be empty
 * @param parts what it holds, each kind at most once
 */
public record Pack(
    String id,
    Path folder,
    List<String> practices,
    Words title,
    Period inForce,
    Map<String, Parameter> parameters,
    Map<String, Clause> clauses,
    Map<String, Properties> messages,
    List<Part> parts) {

  public Pack {
    practices = List.copyOf(practices);
    parameters = ordered(parameters);
    clauses = ordered(clauses);
    messages = ordered(messages);
    parts = List.copyOf(parts);
  }

  /** What it holds of a kind; empty where it holds nothing of it. */
  public <P extends Part> Optional<P> part(Class<P> kind) {
    return parts.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Whether it holds something of a kind. */
  public boolean holds(Class<? extends Part> kind) {
    return part(kind).isPresent();
  }

  /**
   * What it decides.
   *
   * @throws PolicyProblem when it holds no policy
   */
  public Part.Policy policy() {
    return part(Part.Policy.class).orElseThrow(() -> new PolicyProblem("no-policy", id));
  }

  /**
   * The same as a pack that decides what it proposes on a matter's answers.
   *
   * @throws PolicyProblem when it proposes nothing
   */
  Pack asProposing() {
    Part.Proposal proposal =
        part(Part.Proposal.class).orElseThrow(() -> new PolicyProblem("no-policy", id));
    List<Part> deciding =
        parts.stream().map(one -> one instanceof Part.Proposal ? proposal.policy() : one).toList();
    return new Pack(id, folder, practices, title, inForce, parameters, clauses, messages, deciding);
  }

  public String subject() {
    return policy().subject();
  }

  public Map<String, List<String>> population() {
    return policy().population();
  }

  public String decision() {
    return policy().decision();
  }

  public List<String> facts() {
    return policy().facts();
  }

  public List<String> figures() {
    return policy().figures();
  }

  public Map<String, OutcomeKind> outcomes() {
    return policy().outcomes();
  }

  /** What step of an official's path it is; null where it is none. */
  public @Nullable Step step() {
    Part.Policy policy = part(Part.Policy.class).orElse(null);
    return policy == null ? null : policy.step();
  }

  public List<Case> cases() {
    return policy().cases();
  }

  public List<Measure> measures() {
    return policy().measures();
  }

  public List<TableFile> tables() {
    return policy().tables();
  }

  /** The table in force on a day: the newest that has begun; empty outside the pack's period. */
  public Optional<TableFile> tableOn(LocalDate day) {
    return inForce.covers(day)
        ? tables().stream()
            .filter(table -> !table.from().isAfter(day))
            .max(Comparator.comparing(TableFile::from))
        : Optional.empty();
  }

  /** The same with this table alone. */
  public Pack withOnly(TableFile table) {
    return with(policy().with(facts(), List.of(table)));
  }

  /** Whether its decision or its population sees a fact; never where it holds no policy. */
  public boolean uses(String fact) {
    return part(Part.Policy.class)
        .map(policy -> policy.facts().contains(fact) || policy.population().containsKey(fact))
        .orElse(false);
  }

  /** The same with a decision that may also see these facts. */
  public Pack seeing(List<String> more) {
    Set<String> all = new LinkedHashSet<>(facts());
    return all.addAll(more) ? with(policy().with(List.copyOf(all), tables())) : this;
  }

  /** A word of this pack; the key itself where a language lacks it. */
  public String word(String language, String key) {
    Properties words = messages.get(language);
    return words == null ? key : words.getProperty(key, key);
  }

  private Pack with(Part.Policy policy) {
    return new Pack(
        id,
        folder,
        practices,
        title,
        inForce,
        parameters,
        clauses,
        messages,
        parts.stream().map(part -> part instanceof Part.Policy ? policy : part).toList());
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
