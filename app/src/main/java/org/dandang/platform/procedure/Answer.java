package org.dandang.platform.procedure;

import java.util.stream.Collectors;
import org.dandang.platform.web.Page;

/** What was filled in, as it is read. */
public final class Answer {
  private Answer() {}

  /** The answer in the reader's words; a dash where nothing was filled in. */
  public static String of(Procedure procedure, Form form, Field field, Paper paper, Page page) {
    if (field.kind() instanceof Field.Kind.Documents) {
      String names =
          paper.documents().stream()
              .filter(file -> file.field().equals(field.id()))
              .map(file -> file.name() + " (SHA-256 " + file.hash().substring(0, 16) + ")")
              .collect(Collectors.joining("\n"));
      return names.isEmpty() ? "–" : names;
    }
    String value = paper.answers().get(field.id());
    if (value == null) {
      return "–";
    }
    return field.kind() instanceof Field.Kind.Choice
        ? procedure.texts().in(page.tag(), "option." + form.id() + "." + field.id() + "." + value)
        : value;
  }
}
