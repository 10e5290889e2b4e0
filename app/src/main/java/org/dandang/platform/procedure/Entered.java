package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a matter came to, as a register enters it.
 *
 * @param matter as it stands now, with the figures it goes by
 * @param node the step or end at which it is entered
 * @param outcome of that step; null at an end
 * @param answers the newest signed answer to each field, over all signed forms in the order of the
 *     steps; a form signed again replaces what it said before, and a step done again what it said
 *     before
 * @param subjects numbers of what the answers to fields on record named when they were signed
 * @param documents the files of those forms, by field
 * @param account who acted; null for the clock
 * @param actor sign-in name of who acted, or {@code clock}
 * @param on the day, in the office's zone
 */
public record Entered(
    Matter matter,
    String node,
    @Nullable String outcome,
    Map<String, String> answers,
    Map<String, Long> subjects,
    Map<String, List<Attached>> documents,
    @Nullable Long account,
    String actor,
    LocalDate on) {
  public Entered {
    answers = Map.copyOf(answers);
    subjects = Map.copyOf(subjects);
    documents = Map.copyOf(documents);
  }

  /**
   * The official it is entered for.
   *
   * @throws org.dandang.platform.web.Refused when the matter is about nobody who is one
   */
  public long official() {
    return matter.officials().stream().findFirst().orElseThrow(() -> Cases.refused("no-official"));
  }

  /** What was filled in; empty where nothing was. */
  public Optional<String> answer(String field) {
    return Optional.ofNullable(answers.get(field));
  }

  /**
   * What was filled in, where there is no entry without it.
   *
   * @throws org.dandang.platform.web.Refused when no signed form says it: the procedure leads to
   *     the register past the form
   */
  public String needed(String field) {
    return answer(field).orElseThrow(() -> Cases.refused("entry-lacks", field));
  }

  /** As {@link #needed}, of a field that says a day. */
  public LocalDate neededDay(String field) {
    return LocalDate.parse(needed(field));
  }

  /**
   * As {@link #needed}, of a field that names what is on record.
   *
   * @throws org.dandang.platform.web.Refused when no signed form names any
   */
  public long neededOnRecord(String field) {
    return onRecord(field).orElseThrow(() -> Cases.refused("entry-lacks", field));
  }

  /**
   * The number of the official, unit or other entry on record that a field names, whoever may see
   * it; empty where the field names nothing.
   */
  public Optional<Long> onRecord(String field) {
    return Optional.ofNullable(subjects.get(field));
  }

  /** A figure the matter goes by. */
  public Optional<Figure> figure(String id) {
    return Optional.ofNullable(matter.figures().get(id));
  }
}
