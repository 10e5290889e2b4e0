package org.dandang.policy.pack;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.procedure.Flaw;
import org.dandang.platform.procedure.Flow;
import org.dandang.platform.procedure.FlowReading;
import org.dandang.platform.procedure.Form;
import org.dandang.platform.procedure.Node;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.RegisterKinds;
import org.dandang.platform.procedure.Texts;
import org.dandang.policy.Words;

/** A procedure of a pack as it is read from its files: drawing, forms, deadlines, words. */
final class Proceeding {
  /** Units of parameters that are times. */
  static final Set<String> TIMES = Set.of("working-day", "day", "month");

  private final Pack pack;
  private final ProcedureFile file;

  Proceeding(Pack pack, ProcedureFile file) {
    this.pack = pack;
    this.file = file;
  }

  /** What was read. */
  private record Read(byte[] bpmn, Flow flow, Map<String, Form> forms, CodeTables codes) {}

  /** The procedure with its figures as of a day; empty when its files cannot be used. */
  Optional<Procedure> on(LocalDate day) {
    return read(finding -> {})
        .map(
            read ->
                new Procedure(
                    pack.id(),
                    file.from(),
                    hash(read.bpmn(), read.codes()),
                    new String(read.bpmn(), StandardCharsets.UTF_8),
                    read.flow(),
                    read.forms(),
                    figures(day),
                    texts(read.codes())));
  }

  /** Tells everything that is wrong with it and says what it needs of the rest of the pack. */
  void check(PackCheck.Needed needed, Consumer<Finding> told) {
    Optional<Read> read = read(told);
    if (read.isEmpty()) {
      return;
    }
    Flow flow = read.get().flow();
    Set<String> forms = new LinkedHashSet<>();
    if (flow.start().form() != null) {
      forms.add(flow.start().form());
    }
    for (Node.Step step : flow.steps()) {
      if (step.form() != null) {
        forms.add(step.form());
      }
      deadline(step, needed, told);
      level(step, needed, told);
      words(flow, step, needed.words);
    }
    for (Node node : flow.nodes().values()) {
      String clause = node.clause();
      if (clause != null && !pack.clauses().containsKey(clause)) {
        told.accept(Finding.error(file.name(), node.line(), node.id(), "unknown-clause", clause));
      } else if (clause != null) {
        needed.clauses.add(clause);
      }
    }
    if (flow.nodes().values().stream().anyMatch(Proceeding::enters)) {
      // Which of the figures it goes by a register asks for, the register knows.
      pack.parameters().values().stream()
          .filter(parameter -> parameter.by() == null)
          .forEach(parameter -> needed.parameters.add(parameter.id()));
    }
    needed.words.add("start");
    flow.ends().forEach(end -> needed.words.add("result." + end.id()));
    for (String id : forms) {
      Form form = read.get().forms().get(id);
      if (form == null) {
        told.accept(
            Finding.error(
                file.name(),
                0,
                id,
                "procedure-no-such-form",
                id,
                String.join(", ", file.forms().keySet())));
      } else {
        words(form, needed.words);
      }
    }
    new LayoutCheck(pack, file, flow, used(flow, read.get().forms())).check(needed, told);
    file.forms().keySet().stream()
        .filter(id -> !forms.contains(id))
        .forEach(
            id -> told.accept(Finding.warning(file.name(), 0, id, "procedure-form-not-used", id)));
  }

  private Optional<Read> read(Consumer<Finding> told) {
    byte[] bpmn;
    try {
      if (Files.size(file.path()) > 1_000_000) {
        told.accept(Finding.error(file.name(), 0, "", "file-too-large", 1_000_000));
        return Optional.empty();
      }
      bpmn = Files.readAllBytes(file.path());
    } catch (IOException e) {
      told.accept(Finding.error(file.name(), 0, "", "unreadable", String.valueOf(e.getMessage())));
      return Optional.empty();
    }
    FlowReading.Read read = FlowReading.read(bpmn);
    tell(read.flaws(), told);
    CodeTables codes = new CodeTables(pack.folder(), pack.id());
    Map<String, Form> forms = new LinkedHashMap<>();
    boolean whole = read.flow().isPresent();
    for (Map.Entry<String, Path> form : file.forms().entrySet()) {
      Optional<Form> found =
          FormReader.read(
              form.getKey(),
              form.getValue(),
              pack.id() + "/forms/" + form.getValue().getFileName(),
              codes,
              told);
      found.ifPresent(one -> forms.put(form.getKey(), one));
      whole &= found.isPresent();
    }
    if (!whole) {
      return Optional.empty();
    }
    Flow flow = read.flow().orElseThrow();
    List<Flaw> flaws = RegisterKinds.ofTheProgram().flaws(flow, used(flow, forms));
    tell(flaws, told);
    return flaws.isEmpty() ? Optional.of(new Read(bpmn, flow, forms, codes)) : Optional.empty();
  }

  private void tell(List<Flaw> flaws, Consumer<Finding> told) {
    for (Flaw flaw : flaws) {
      told.accept(
          Finding.error(
              file.name(),
              flaw.line(),
              flaw.where(),
              "procedure-" + flaw.key(),
              flaw.values().toArray()));
    }
  }

  private static boolean enters(Node node) {
    return switch (node) {
      case Node.Step step -> step.enters() != null;
      case Node.End end -> end.enters() != null;
      case Node.Start start -> false;
      case Node.Choice choice -> false;
    };
  }

  /** The forms that are filled in on the way. */
  private static Map<String, Form> used(Flow flow, Map<String, Form> forms) {
    Map<String, Form> used = new LinkedHashMap<>(forms);
    Set<String> named = new LinkedHashSet<>();
    named.add(flow.start().form());
    flow.steps().forEach(step -> named.add(step.form()));
    used.keySet().retainAll(named);
    return used;
  }

  /** The parameter that says at which level a step is done. */
  private void level(Node.Step step, PackCheck.Needed needed, Consumer<Finding> told) {
    if (step.atLevel() == null) {
      return;
    }
    Parameter parameter = pack.parameters().get(step.atLevel());
    needed.parameters.add(step.atLevel());
    if (parameter == null) {
      told.accept(
          Finding.error(
              file.name(), step.line(), step.id(), "procedure-no-such-parameter", step.atLevel()));
    } else if (parameter.by() != null
        || !parameter.values().stream()
            .allMatch(
                dated ->
                    dated.figures().get(Parameter.FOR_ALL) instanceof String word
                        && UnitsAbove.LEVELS.contains(word))) {
      told.accept(
          Finding.error(
              file.name(),
              step.line(),
              step.id(),
              "procedure-not-a-level",
              step.atLevel(),
              String.join(", ", UnitsAbove.LEVELS)));
    }
  }

  private void deadline(Node.Step step, PackCheck.Needed needed, Consumer<Finding> told) {
    if (step.due() == null) {
      return;
    }
    Parameter parameter = pack.parameters().get(step.due());
    needed.parameters.add(step.due());
    if (parameter == null) {
      told.accept(
          Finding.error(
              file.name(), step.line(), step.id(), "procedure-no-such-parameter", step.due()));
    } else if (!TIMES.contains(parameter.unit())
        || parameter.by() != null
        || !parameter.values().stream()
            .allMatch(
                dated ->
                    dated.figures().get(Parameter.FOR_ALL) instanceof BigDecimal figure
                        && figure.signum() > 0
                        && figure.stripTrailingZeros().scale() <= 0
                        && figure.compareTo(BigDecimal.valueOf(1000)) <= 0)) {
      told.accept(
          Finding.error(file.name(), step.line(), step.id(), "procedure-not-a-time", step.due()));
    }
  }

  private static void words(Flow flow, Node.Step step, Set<String> words) {
    words.add("step." + step.id());
    for (String outcome : step.outcomes()) {
      words.add("outcome." + step.id() + "." + outcome);
      words.add("consequence." + step.id() + "." + outcome);
    }
    if (step.isOfTheParty()) {
      words.add("notice." + step.id());
    }
  }

  private static void words(Form form, Set<String> words) {
    words.add("form." + form.id());
    for (Field field : form.fields()) {
      words.add("field." + form.id() + "." + field.id());
      // A code table brings its words.
      if (field.kind() instanceof Field.Kind.Choice choice && choice.codes() == null) {
        choice
            .options()
            .forEach(option -> words.add("option." + form.id() + "." + field.id() + "." + option));
      }
    }
  }

  /** SHA-256 over the drawing, every form it may use and the code tables of these. */
  private String hash(byte[] bpmn, CodeTables codes) {
    StringBuilder text =
        new StringBuilder(InForce.hash(new String(bpmn, StandardCharsets.ISO_8859_1)));
    new TreeMap<>(file.forms())
        .forEach(
            (id, path) -> {
              try {
                text.append('\n')
                    .append(id)
                    .append(' ')
                    .append(InForce.hash(Files.readString(path)));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    return InForce.hash(text.append(codes.text()).toString());
  }

  /** Every parameter that is one number or word, as it stands on a day. */
  private Map<String, Figure> figures(LocalDate day) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (Parameter parameter : pack.parameters().values()) {
      parameter
          .on(day)
          .flatMap(parameter::figure)
          .ifPresent(figure -> figures.put(figure.id(), figure));
    }
    return figures;
  }

  private Texts texts(CodeTables codes) {
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    for (String language : Words.LANGUAGES) {
      Map<String, String> words = new LinkedHashMap<>();
      java.util.Properties own = pack.messages().get(language);
      if (own != null) {
        own.stringPropertyNames().forEach(key -> words.put(key, own.getProperty(key)));
      }
      words.put("title", pack.title().in(language));
      pack.clauses()
          .forEach((number, clause) -> words.put("clause." + number, clause.text().in(language)));
      pack.parameters()
          .forEach((id, parameter) -> words.put("parameter." + id, parameter.title().in(language)));
      codes.words((key, title) -> words.put(key, title.in(language)));
      texts.put(language, words);
    }
    return new Texts(texts);
  }

  /** The procedures of a pack in force on a day, if any. */
  static Optional<ProcedureFile> fileOn(Pack pack, LocalDate day) {
    if (!pack.inForce().covers(day)) {
      return Optional.empty();
    }
    List<ProcedureFile> files = new ArrayList<>();
    pack.part(Part.Procedure.class).ifPresent(part -> files.addAll(part.versions()));
    return files.stream().filter(file -> !file.from().isAfter(day)).reduce((older, newer) -> newer);
  }
}
