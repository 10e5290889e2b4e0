package org.dandang.protection.tolerance;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Form;
import org.dandang.platform.procedure.Procedure;

/** What is filled in on the way of a matter of tolerance. */
public final class ToleranceAnswers {
  public static final Map<String, String> ACCEPTANCE = Map.of("acceptance-view", "材料齐全，在期限之内");
  public static final Map<String, String> DETERMINATION =
      Map.of("conclusion", "符合容错条件", "effect", "考核、任用不受影响", "correction-deadline", "2024-09-30");
  public static final Map<String, String> FEEDBACK =
      Map.of("told-on", "2024-06-20", "manner", "in-person");

  private ToleranceAnswers() {}

  public static Map<String, String> application(LocalDate began) {
    return Map.of(
        "matter", "推进审批改革时试行告知承诺，一家企业未按承诺补交材料，造成返工",
        "happened-on", "2024-03-11",
        "accountability-by", "县纪委监委",
        "accountability-started-on", began.toString(),
        "invoked-situation", "pilot",
        "grounds", "试行方案经局党组会议研究，没有谋取私利");
  }

  /** A verification in which everything speaks for tolerance, but what is said otherwise. */
  public static Map<String, String> verification(Procedure procedure, Map<String, String> other) {
    Form form = procedure.forms().get("verification");
    Map<String, String> answers = new LinkedHashMap<>();
    for (Field field : form.fields()) {
      switch (field.kind()) {
        case Field.Kind.Choice choice -> answers.put(field.id(), favourable(choice.options()));
        case Field.Kind.Text text -> answers.put(field.id(), "经核实，有会议记录和台账为证");
        default -> {}
      }
    }
    answers.putAll(other);
    return answers;
  }

  /** {@code absent} of a negative list, else what stands first. */
  private static String favourable(List<String> options) {
    return options.contains("absent") ? "absent" : options.getFirst();
  }

  public static Map<String, String> plan(String responsible, LocalDate until) {
    return Map.of(
        "correction-aim",
        "完善告知承诺的核查办法",
        "item-1",
        "修订告知承诺核查办法",
        "item-1-by",
        responsible,
        "item-1-until",
        until.toString(),
        "item-2",
        "对已办事项逐件复查",
        "item-2-by",
        responsible,
        "item-2-until",
        until.plusDays(10).toString());
  }
}
