package org.dandang.platform.procedure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Enters into the registers of modules what matters came to. */
@Component
class Entries {
  private final Map<String, DecisionRegister> registers;
  private final Matters matters;
  private final Papers papers;
  private final JdbcClient jdbc;
  private final OfficeCalendar office;

  Entries(
      List<DecisionRegister> registers,
      Matters matters,
      Papers papers,
      JdbcClient jdbc,
      OfficeCalendar office) {
    this.registers =
        registers.stream().collect(Collectors.toMap(DecisionRegister::kind, Function.identity()));
    this.matters = matters;
    this.papers = papers;
    this.jdbc = jdbc;
    this.office = office;
    for (String word : this.registers.keySet()) {
      if (RegisterKinds.ofTheProgram().find(word).filter(RegisterKind::entered).isEmpty()) {
        throw new IllegalStateException("The register " + word + " is not described.");
      }
    }
  }

  /** Enters what a step or an end enters, if anything. */
  void enter(long matter, Node node, @Nullable String outcome, @Nullable SignedIn by) {
    String word =
        switch (node) {
          case Node.Step step ->
              outcome != null && step.entersFor().contains(outcome) ? step.enters() : null;
          case Node.End end -> end.enters();
          case Node.Start start -> null;
          case Node.Choice choice -> null;
        };
    if (word == null) {
      return;
    }
    DecisionRegister register = registers.get(word);
    if (register == null) {
      throw Cases.refused("no-such-register", word);
    }
    register.enter(entered(matters.find(matter).orElseThrow(), node, outcome, by));
  }

  /** The newest signed answer to each field of a matter. */
  Map<String, String> answers(Matter matter) {
    Map<String, String> answers = new TreeMap<>();
    newest(matter).forEach(paper -> answers.putAll(paper.answers()));
    return answers;
  }

  /** Has the registers in which a matter can come to an entry look at its beginning. */
  void begins(Matter matter, SignedIn by) {
    Flow flow = matter.procedure().flow();
    Entered begun = entered(matter, flow.start(), null, by);
    Stream.concat(
            flow.ends().stream().map(Node.End::enters),
            flow.steps().stream().map(Node.Step::enters))
        .filter(Objects::nonNull)
        .distinct()
        .map(registers::get)
        .filter(Objects::nonNull)
        .forEach(register -> register.begins(begun));
  }

  /** Has the registers of the ends that can follow a decision look at it. */
  void foresee(Matter matter, Node.Step step, String outcome, @Nullable SignedIn by) {
    if (step.kind() != Node.Kind.DECIDE || !outcome.equals(step.outcomes().getFirst())) {
      return;
    }
    Flow flow = matter.procedure().flow();
    for (Node node : flow.reachable(step, each -> false)) {
      if (node instanceof Node.End end && end.enters() != null) {
        DecisionRegister register = registers.get(end.enters());
        if (register != null) {
          register.foresee(entered(matter, step, outcome, by));
        }
      }
    }
  }

  private Entered entered(
      Matter matter, Node node, @Nullable String outcome, @Nullable SignedIn by) {
    Map<String, String> answers = new TreeMap<>();
    Map<String, Long> subjects = new TreeMap<>();
    Map<String, List<Attached>> documents = new TreeMap<>();
    for (Paper paper : newest(matter)) {
      answers.putAll(paper.answers());
      subjects.keySet().removeAll(paper.answers().keySet());
      subjects.putAll(paper.subjects());
      paper.documents().stream()
          .collect(Collectors.groupingBy(Attached::field))
          .forEach(documents::put);
    }
    return new Entered(
        matter,
        node.id(),
        outcome,
        answers,
        subjects,
        documents,
        by == null ? null : by.account(),
        by == null ? "clock" : by.signInName(),
        office.today());
  }

  /** The signed papers that hold: of a step done twice the later, of a form signed twice too. */
  private List<Paper> newest(Matter matter) {
    Set<Long> earlier =
        new HashSet<>(
            jdbc.sql(
                    """
                    select id from (select id, row_number() over (partition by step order by place desc) as back
                                      from platform.matter_step
                                     where matter_id = ? and state in ('done', 'lapsed')) s
                     where back > 1
                    """)
                .param(matter.id())
                .query(Long.class)
                .list());
    Map<String, Paper> byForm = new LinkedHashMap<>();
    for (Paper paper : papers.of(matter.id())) {
      if (paper.isSigned() && (paper.step() == null || !earlier.contains(paper.step()))) {
        byForm.remove(paper.form());
        byForm.put(paper.form(), paper);
      }
    }
    return new ArrayList<>(byForm.values());
  }
}
