package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Judges from the records alone whether whatever a matter brought upon somebody came about fairly:
 * notice, a reply or the time for one, a decision by somebody who neither began nor proposed, and
 * an appeal, its review by yet another. It asks nothing of the program but what it wrote down.
 */
public final class FairHearing {
  /** What is wrong. */
  public enum Fault {
    NOT_DECLARED,
    BEFORE_THE_END,
    NOT_HEARD,
    NOT_TOLD,
    TIME_NOT_RUN,
    NOT_DECIDED,
    DECIDED_BY_PROPOSER,
    NO_APPEAL,
    REVIEWED_BY_SAME,
    END_NOT_TOLD
  }

  private static final ZoneId OFFICE = ZoneId.of("Asia/Shanghai");

  /** Where entries of registers that are a disadvantage stand, each by the matter that made it. */
  private static final Map<String, String> ADVERSE =
      Map.of(
          "sanction", "protection.sanction where",
          "inaction", "protection.finding where kind = 'inaction' and",
          "stepping-down", "protection.finding where kind = 'stepping-down' and",
          "false-accusation", "protection.false_accusation where",
          "credit-entry", "protection.credit_entry where",
          "breach", "protection.lead_person where outcome = 'breach' and");

  private static final String ENTERED =
      ADVERSE.entrySet().stream()
          .map(
              one ->
                  "select '"
                      + one.getKey()
                      + "' as register from "
                      + one.getValue()
                      + " matter_id = :matter")
          .collect(Collectors.joining(" union all "));

  private final JdbcClient jdbc;
  private final Matters matters;

  public FairHearing(ApplicationContext context) {
    this.jdbc = context.getBean(JdbcClient.class);
    this.matters = context.getBean(Matters.class);
  }

  /** Registers whose entries are a disadvantage and of which this does not know where they are. */
  public static Set<String> unknownRegisters(Set<String> adverse) {
    Set<String> unknown = new HashSet<>(adverse);
    unknown.removeAll(ADVERSE.keySet());
    return unknown;
  }

  private record Step(
      long id,
      int place,
      String step,
      String state,
      @Nullable LocalDate dueOn,
      boolean party,
      @Nullable Long doneBy,
      @Nullable OffsetDateTime doneAt,
      @Nullable String outcome) {
    boolean isOver() {
      return state.equals("done") || state.equals("lapsed");
    }
  }

  /** What the matter brought upon somebody: ends and registers; empty where nothing. */
  public Map<String, Integer> brought(long matter) {
    Matter found = matters.find(matter).orElseThrow();
    Map<String, Integer> brought = new TreeMap<>();
    jdbc.sql(ENTERED)
        .param("matter", matter)
        .query(String.class)
        .list()
        .forEach(register -> brought.merge(register, 1, Integer::sum));
    if (endedAdverse(found)) {
      brought.put("end " + found.result(), 1);
    }
    return brought;
  }

  private static boolean endedAdverse(Matter matter) {
    return matter.result() != null
        && matter.procedure().flow().nodes().get(matter.result()) instanceof Node.End end
        && end.adverse();
  }

  /** Everything that is wrong with what a matter brought upon somebody. */
  public Set<Fault> faults(long number) {
    Set<Fault> faults = new HashSet<>();
    if (brought(number).isEmpty()) {
      return faults;
    }
    Matter matter = matters.find(number).orElseThrow();
    if (matter.result() == null) {
      faults.add(Fault.BEFORE_THE_END);
    } else if (!endedAdverse(matter)) {
      faults.add(Fault.NOT_DECLARED);
    }
    List<Step> steps =
        jdbc.sql(
                """
                select id, place, step, state, due_on, party, done_by, done_at, outcome
                  from platform.matter_step where matter_id = ? order by place
                """)
            .param(number)
            .query(Step.class)
            .list();
    Set<Long> proposers = by(matter, steps, Node.Kind.PROPOSE);
    proposers.add(matter.begunBy());
    Set<Long> own = own(matter);
    proposers.addAll(own);
    Set<Long> deciders = by(matter, steps, Node.Kind.DECIDE);
    Step decision =
        steps.stream()
            .filter(step -> is(matter, step, Node.Kind.DECIDE) && step.state().equals("done"))
            .reduce((first, second) -> second)
            .orElse(null);
    if (decision == null) {
      faults.add(Fault.NOT_DECIDED);
      return faults;
    }
    if (proposers.contains(decision.doneBy())) {
      faults.add(Fault.DECIDED_BY_PROPOSER);
    }
    List<Step> before =
        steps.stream()
            .filter(s -> s.place() < decision.place() && is(matter, s, Node.Kind.REPLY))
            .toList();
    heard(matter, before, own, Fault.NOT_HEARD, faults);
    List<Step> after =
        steps.stream()
            .filter(s -> s.place() > decision.place() && is(matter, s, Node.Kind.OBJECT))
            .toList();
    heard(matter, after, own, Fault.NO_APPEAL, faults);
    for (Step objection : after) {
      if (objection.state().equals("done") && "object".equals(objection.outcome())) {
        boolean reviewed =
            steps.stream()
                .anyMatch(
                    step ->
                        step.place() > objection.place()
                            && is(matter, step, Node.Kind.REVIEW)
                            && step.state().equals("done")
                            && !deciders.contains(step.doneBy())
                            && !proposers.contains(step.doneBy()));
        if (!reviewed) {
          faults.add(Fault.REVIEWED_BY_SAME);
        }
      }
    }
    if (endedAdverse(matter) && !told(matter, "matter:" + number + ":ended", null)) {
      faults.add(Fault.END_NOT_TOLD);
    }
    return faults;
  }

  private static boolean is(Matter matter, Step step, Node.Kind kind) {
    return matter.procedure().flow().step(step.step()).orElseThrow().kind() == kind;
  }

  private static Set<Long> by(Matter matter, List<Step> steps, Node.Kind kind) {
    return steps.stream()
        .filter(step -> is(matter, step, kind) && step.doneBy() != null)
        .map(Step::doneBy)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private Set<Long> own(Matter matter) {
    return new HashSet<>(
        jdbc.sql("select id from platform.account where official_id = any (?)")
            .param(matter.officials().toArray(Long[]::new))
            .query(Long.class)
            .list());
  }

  /** The person was asked, told of it, and said something or let the time run out. */
  private void heard(
      Matter matter, List<Step> asked, Set<Long> own, Fault missing, Set<Fault> faults) {
    List<Step> over = asked.stream().filter(step -> step.party() && step.isOver()).toList();
    if (over.isEmpty()) {
      faults.add(missing);
      return;
    }
    for (Step step : over) {
      if (step.dueOn() == null) {
        faults.add(Fault.TIME_NOT_RUN);
        continue;
      }
      if (!told(matter, "matter-step:" + step.id(), step.doneAt())) {
        faults.add(Fault.NOT_TOLD);
      }
      boolean ranOut =
          Objects.requireNonNull(step.doneAt())
              .atZoneSameInstant(OFFICE)
              .toLocalDate()
              .isAfter(step.dueOn());
      boolean spoke = step.state().equals("done") && own.contains(step.doneBy());
      if (!(spoke || saidOnPaper(matter, step) || (step.state().equals("lapsed") && ranOut))) {
        faults.add(Fault.TIME_NOT_RUN);
      }
    }
  }

  /** Of somebody who is no official whoever began hands in what was said, signed. */
  private boolean saidOnPaper(Matter matter, Step step) {
    return matter.parties().stream().anyMatch(Party::isOutsider)
        && step.state().equals("done")
        && jdbc.sql(
                "select exists (select from platform.matter_form where step_id = ? and hash is not"
                    + " null)")
            .param(step.id())
            .query(Boolean.class)
            .single();
  }

  private boolean told(Matter matter, String cause, @Nullable OffsetDateTime before) {
    List<Long> officials = new ArrayList<>(matter.officials());
    for (long official : officials) {
      int notices =
          jdbc.sql(
                  """
                  select count(*) from platform.notice n left join platform.account a on a.id = n.account_id
                   where n.cause = :cause and (n.official_id = :official or a.official_id = :official)
                     and (cast(:before as timestamptz) is null or n.sent_at <= :before)
                  """)
              .param("cause", cause)
              .param("official", official)
              .param("before", before, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
              .query(Integer.class)
              .single();
      if (notices == 0) {
        return false;
      }
    }
    return true;
  }
}
