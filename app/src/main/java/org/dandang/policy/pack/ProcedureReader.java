package org.dandang.policy.pack;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the procedures of a pack: {@code procedure.<date>.bpmn}, or {@code procedure.bpmn} from the
 * pack's first day; and the forms of each: the newest {@code forms/<id>.<date>.yaml} that is not
 * younger than the procedure, or {@code forms/<id>.yaml}; in the same way the layouts of papers,
 * {@code papers/<form>.yaml}.
 */
final class ProcedureReader {
  private static final Pattern NAME =
      Pattern.compile("procedure(?:\\.(\\d{4}-\\d{2}-\\d{2}))?\\.bpmn");
  private static final Pattern FORM =
      Pattern.compile(
          "(?:forms|papers)/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\\.(\\d{4}-\\d{2}-\\d{2}))?\\.yaml");

  private final PackFolder folder;

  ProcedureReader(PackFolder folder) {
    this.folder = folder;
  }

  private record Form(String id, LocalDate from, Path path) {}

  /** The procedures; empty where there is none. */
  Optional<Part.Procedure> read(Period inForce) {
    List<ProcedureFile> versions = new ArrayList<>();
    List<Form> forms = forms("forms");
    List<Form> papers = forms("papers");
    for (String file : folder.names("", ".bpmn")) {
      Matcher matcher = NAME.matcher(file);
      if (!matcher.matches()) {
        folder.tell(Finding.error(folder.name(file), 0, "", "procedure-file-name"));
        continue;
      }
      LocalDate from = date(file, matcher.group(1), inForce.from());
      if (from == null) {
        continue;
      }
      if (versions.stream().anyMatch(other -> other.from().equals(from))) {
        folder.tell(Finding.error(folder.name(file), 0, "", "procedure-twice", from));
        continue;
      }
      versions.add(
          new ProcedureFile(
              folder.name(file),
              from,
              folder.path().resolve(file),
              formsOn(forms, from),
              formsOn(papers, from)));
    }
    if (versions.isEmpty()) {
      for (Form form : forms) {
        folder.tell(
            Finding.error(
                folder.name("forms/" + form.path().getFileName()), 0, "", "form-of-nothing"));
      }
      return Optional.empty();
    }
    versions.sort(Comparator.comparing(ProcedureFile::from));
    LocalDate first = versions.getFirst().from();
    if (first.isAfter(inForce.from())) {
      folder.tell(
          Finding.error(
              versions.getFirst().name(), 0, "", "procedure-too-late", first, inForce.from()));
    }
    return Optional.of(new Part.Procedure(versions));
  }

  private List<Form> forms(String within) {
    List<Form> forms = new ArrayList<>();
    for (String file : folder.names(within, ".yaml")) {
      Matcher matcher = FORM.matcher(file);
      if (!matcher.matches()) {
        folder.tell(Finding.error(folder.name(file), 0, "", "form-file-name"));
        continue;
      }
      LocalDate from = date(file, matcher.group(2), LocalDate.MIN);
      if (from != null) {
        forms.add(new Form(matcher.group(1), from, folder.path().resolve(file)));
      }
    }
    forms.sort(Comparator.comparing(Form::from));
    return forms;
  }

  private static Map<String, Path> formsOn(List<Form> oldestFirst, LocalDate day) {
    Map<String, Path> held = new LinkedHashMap<>();
    oldestFirst.stream()
        .filter(form -> !form.from().isAfter(day))
        .forEach(form -> held.put(form.id(), form.path()));
    return held;
  }

  private @Nullable LocalDate date(String file, @Nullable String text, LocalDate undated) {
    if (text == null) {
      return undated;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      folder.tell(Finding.error(folder.name(file), 0, "", "not-a-date", text));
      return null;
    }
  }
}
