package org.dandang.protection;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.Acting;
import org.dandang.platform.procedure.Beginning;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Filling;
import org.dandang.platform.procedure.Form;
import org.dandang.platform.procedure.Procedures;
import org.springframework.stereotype.Component;

/** Steps of matters as people take them, each by its command. */
@Component
class LivingSteps {
  private static final String FILE = "核实材料.txt";
  private static final byte[] CONTENT = "会议记录和台账摘录（演示）".getBytes(StandardCharsets.UTF_8);

  private final Cases cases;
  private final Filling filling;
  private final Procedures procedures;
  private final OfficeCalendar office;

  LivingSteps(Cases cases, Filling filling, Procedures procedures, OfficeCalendar office) {
    this.cases = cases;
    this.filling = filling;
    this.procedures = procedures;
    this.office = office;
  }

  /**
   * Begins a matter.
   *
   * @param files fields that get a file
   */
  Done begin(
      SignedIn by,
      String pack,
      LivingMatters.Somebody who,
      Map<String, String> answers,
      String... files) {
    Done draft =
        cases.draft(command(by), new Beginning(pack, who.unit(), List.of(who.party()), answers));
    attach(by, draft, files);
    return begin(by, draft, answers);
  }

  /** Begins what was drafted. */
  Done begin(SignedIn by, Done draft, Map<String, String> answers) {
    return cases.begin(command(by), draft.matter(), answers);
  }

  /**
   * Takes a step.
   *
   * @param files fields that get a file
   */
  Done act(SignedIn by, Done seen, String outcome, Map<String, String> answers, String... files) {
    attach(by, seen, files);
    return cases.act(
        command(by), new Acting(seen.step(), seen.edition(), outcome, "事实清楚，符合规定", answers));
  }

  private void attach(SignedIn by, Done to, String... files) {
    for (String field : files) {
      filling.attach(to.matter(), field, FILE, CONTENT, by);
    }
  }

  static Command command(SignedIn by) {
    return new Command(UUID.randomUUID(), by);
  }

  /** A form in which everything speaks for the person, whatever its pack asks. */
  Map<String, String> favourable(String pack, String id) {
    Form form =
        procedures.find(pack, office.today(), "demonstration").orElseThrow().forms().get(id);
    Map<String, String> answers = new LinkedHashMap<>();
    if (form != null) {
      for (Field field : form.fields()) {
        if (field.kind() instanceof Field.Kind.Choice choice) {
          answers.put(
              field.id(),
              choice.options().contains("absent") ? "absent" : choice.options().getFirst());
        } else if (field.kind() instanceof Field.Kind.Text) {
          answers.put(field.id(), "经核实，有会议记录和台账为证");
        }
      }
    }
    return answers;
  }
}
