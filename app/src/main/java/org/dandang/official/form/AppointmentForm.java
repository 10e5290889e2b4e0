package org.dandang.official.form;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An appointment-and-removal approval form as its file says it.
 *
 * @param texts without blanks around; lines end with a line feed; an empty element has no entry.
 *     Family and photo stand in their own components
 * @param family without empty items
 * @param photo as the file holds it; null for none
 * @param unknown elements the form's description does not name, in their order
 * @param controlCharacters how many invisible control characters were taken out
 */
public record AppointmentForm(
    Map<FormElement, String> texts,
    List<FamilyMember> family,
    byte @Nullable [] photo,
    List<Unknown> unknown,
    int controlCharacters) {

  /** A line of the family table; every part may be empty. */
  public record FamilyMember(
      String relation, String name, String born, String affiliation, String employment) {
    boolean isEmpty() {
      return (relation + name + born + affiliation + employment).isBlank();
    }
  }

  /**
   * An element nobody described.
   *
   * @param attributes as they stand in its opening tag, a blank before each; empty for none
   * @param content what stands between its tags, as XML
   */
  public record Unknown(String name, String attributes, String content) {
    private static final String WITHIN = FormElement.FAMILY.xml() + "/";

    /** Forms kept by earlier versions had no attributes. */
    public Unknown {
      attributes = java.util.Objects.requireNonNullElse(attributes, "");
    }

    /** One that stands within a line of the family table, the first being 0. */
    static Unknown within(int line, String name, String attributes, String content) {
      return new Unknown(WITHIN + line + "/" + name, attributes, content);
    }

    /** Its own name where it stands within that line; null where it does not. */
    @Nullable String nameWithin(int line) {
      String start = WITHIN + line + "/";
      return name.startsWith(start) ? name.substring(start.length()) : null;
    }
  }

  public AppointmentForm {
    EnumMap<FormElement, String> kept = new EnumMap<>(FormElement.class);
    texts.forEach(
        (element, text) -> {
          if (!text.isBlank()) {
            kept.put(element, text);
          }
        });
    texts = java.util.Collections.unmodifiableMap(kept);
    family = family.stream().filter(member -> !member.isEmpty()).toList();
    unknown = List.copyOf(unknown);
  }

  /** The text of an element; empty where there is none. */
  public String text(FormElement element) {
    return texts.getOrDefault(element, "");
  }

  /** The text of an element that begins with a date, as paper has it: "1980.03". */
  public String dated(FormElement element) {
    return dotted(text(element));
  }

  /** "198003" as paper has it; other text as it is. */
  public static String dotted(String text) {
    return text.replaceFirst("^(\\d{4})(\\d{2})(?!\\d)", "$1.$2");
  }
}
