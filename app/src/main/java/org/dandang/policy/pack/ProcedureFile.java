package org.dandang.policy.pack;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A procedure's file; matters begun from its date until the next one's proceed under it to their
 * end.
 *
 * @param name path within the packs folder
 * @param forms the file of each form it may use, by the form's id
 * @param papers the file of the layout in which a signed form is printed, by the form's id
 */
public record ProcedureFile(
    String name, LocalDate from, Path path, Map<String, Path> forms, Map<String, Path> papers) {
  public ProcedureFile {
    forms = Collections.unmodifiableMap(new LinkedHashMap<>(forms));
    papers = Collections.unmodifiableMap(new LinkedHashMap<>(papers));
  }
}
