package org.dandang.platform.procedure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules propose, with why: the same answers always come to the same proposal. Its words are
 * those of the procedure: {@code outcome.<outcome>}, {@code rule.<rule>}, {@code clause.<clause>}.
 *
 * @param outcome null when no rule speaks of these answers; {@code problems} then says why
 * @param bearing what the outcome means: {@code met}, {@code not-met}, {@code person-decides},
 *     {@code not-applicable}
 * @param rule that decided; null when none did
 * @param clause it cites; null when none did
 * @param version the table's date and the beginning of its hash with the figures
 * @param answers what it rests on
 * @param changes single other answers that would come to another outcome
 */
public record Proposal(
    @Nullable String outcome,
    String bearing,
    @Nullable String rule,
    @Nullable String clause,
    String version,
    List<Used> answers,
    List<Figure> figures,
    List<Change> changes,
    List<String> problems) {
  public Proposal {
    answers = List.copyOf(answers);
    figures = List.copyOf(figures);
    changes = List.copyOf(changes);
    problems = List.copyOf(problems);
  }

  /**
   * An answer it rests on.
   *
   * @param form in which it was given
   * @param value null: not answered
   */
  public record Used(String form, Field field, @Nullable String value) {}

  /** Another answer to one field, and what it would come to. */
  public record Change(String form, Field field, String value, String outcome) {}
}
