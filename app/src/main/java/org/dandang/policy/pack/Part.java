package org.dandang.policy.pack;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/** One kind of thing a pack holds; a pack holds one or several, each kind at most once. */
public sealed interface Part
    permits Part.Policy,
        Part.Proposal,
        Part.Procedure,
        Part.PublicNotice,
        Part.Instrument,
        Part.Records {

  /**
   * Decision tables with all that says what they are asked about.
   *
   * @param subject what one evaluation is about: {@code official}, {@code unit}
   * @param population conditions on facts that say whom it speaks of; empty for every subject
   * @param facts facts its decision sees, besides the parameters
   * @param figures decisions or parameters shown beside an outcome
   * @param step what step of an official's path it is; null: none
   */
  record Policy(
      String subject,
      Map<String, List<String>> population,
      String decision,
      List<String> facts,
      List<String> figures,
      Map<String, OutcomeKind> outcomes,
      List<Case> cases,
      List<Measure> measures,
      List<TableFile> tables,
      @Nullable Step step)
      implements Part {
    public Policy {
      population = Collections.unmodifiableMap(new LinkedHashMap<>(population));
      facts = List.copyOf(facts);
      figures = List.copyOf(figures);
      outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
      cases = List.copyOf(cases);
      measures = List.copyOf(measures);
      tables = List.copyOf(tables);
    }

    Policy with(List<String> otherFacts, List<TableFile> otherTables) {
      return new Policy(
          subject,
          population,
          decision,
          otherFacts,
          figures,
          outcomes,
          cases,
          measures,
          otherTables,
          step);
    }
  }

  /**
   * Tables asked of the answers to a matter's forms, whose outcome is proposed where it is decided.
   *
   * @param steps of the pack's procedure at which it is shown
   */
  record Proposal(Policy policy, List<String> steps) implements Part {
    /** Word of what it is asked about, where others name a kind of subject. */
    static final String SUBJECT = "matter";

    public Proposal {
      steps = List.copyOf(steps);
    }
  }

  /**
   * How a matter proceeds: dated versions of a BPMN file with the forms each uses.
   *
   * @param versions oldest first; never empty
   */
  record Procedure(List<ProcedureFile> versions) implements Part {
    public Procedure {
      versions = List.copyOf(versions);
    }
  }

  /**
   * How long what is posted for the public.
   *
   * @param kinds titles by code, which picks the figures of the parameters
   * @param period parameter with the working days a notice is posted at least
   * @param named parameter that says whether an objection has to bear a name; null: never
   */
  record PublicNotice(Map<String, Words> kinds, String period, @Nullable String named)
      implements Part {
    public PublicNotice {
      kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    }
  }

  /**
   * What it asks of people, in {@code scheme.yaml}; the module that asks reads and checks it.
   *
   * @param file where it stands
   */
  record Instrument(Path file) implements Part {}

  /**
   * How records that were kept elsewhere are read, in {@code records.yaml}; the module that keeps
   * them from now on reads and checks it.
   *
   * @param file where it stands
   * @param measures words of the measures its records speak of; the pack has a title for each, as
   *     {@code measure.<word>}
   * @param clauses what it rests on besides those that set figures
   */
  record Records(Path file, List<String> measures, List<String> clauses) implements Part {
    public Records {
      measures = List.copyOf(measures);
      clauses = List.copyOf(clauses);
    }
  }
}
