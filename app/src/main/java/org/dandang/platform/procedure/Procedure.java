package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A version of a procedure: all that a matter begun under it needs to its end.
 *
 * @param pack place and practice it belongs to
 * @param from the day from which matters begin under it
 * @param hash SHA-256 over the drawing and the forms, hexadecimal
 * @param bpmn the drawing's file
 * @param figures as they stand on the day asked about, by id
 */
public record Procedure(
    String pack,
    LocalDate from,
    String hash,
    String bpmn,
    Flow flow,
    Map<String, Form> forms,
    Map<String, Figure> figures,
    Texts texts) {
  public Procedure {
    forms = Collections.unmodifiableMap(new LinkedHashMap<>(forms));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** Its name. */
  public String title(String language) {
    return texts.in(language, "title");
  }
}
