package org.dandang.policy.decision;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.policy.fact.Source;
import org.dandang.policy.pack.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * What a policy gave one subject on a day, with what it came from. It prepares a decision; a person
 * makes it.
 *
 * @param id null as long as it is not kept
 * @param version the table's date and a hash over table, parameters and date picked
 * @param tableHash SHA-256 of the table's file, in hexadecimal digits
 * @param slate proposed postings laid over the registers; null for what is
 * @param outcome null where no rule matched or the table failed: then a person must decide
 * @param rule the rule that decided; null where none did
 * @param row its row in the table, counted from 1; 0 where none decided
 * @param clause the clause the rule cites; null where none decided
 * @param missing facts and figures without a value
 * @param problems why the table gave no answer; empty where it did
 */
public record Decision(
    @Nullable Long id,
    String subjectKind,
    long subject,
    String pack,
    String version,
    String tableFile,
    String tableHash,
    LocalDate asOf,
    @Nullable Long slate,
    @Nullable String outcome,
    OutcomeKind kind,
    @Nullable String rule,
    int row,
    @Nullable String clause,
    Map<String, FactUsed> facts,
    Map<String, FigureUsed> figures,
    List<String> missing,
    List<String> problems,
    OffsetDateTime preparedAt,
    String preparedBy) {

  /**
   * @param value number, string, boolean or date; null where it was missing
   * @param definition hash of the SQL that computed it
   */
  public record FactUsed(@Nullable Object value, String definition, List<Source> sources) {
    public FactUsed {
      sources = List.copyOf(sources);
    }
  }

  /**
   * @param value null where the parameter sets nothing for this subject
   * @param clause the clause that sets it; null where nothing is set
   */
  public record FigureUsed(@Nullable Object value, @Nullable String clause) {}

  public Decision {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    missing = List.copyOf(missing);
    problems = List.copyOf(problems);
  }

  Decision kept(long number) {
    return new Decision(
        number,
        subjectKind,
        subject,
        pack,
        version,
        tableFile,
        tableHash,
        asOf,
        slate,
        outcome,
        kind,
        rule,
        row,
        clause,
        facts,
        figures,
        missing,
        problems,
        preparedAt,
        preparedBy);
  }
}
