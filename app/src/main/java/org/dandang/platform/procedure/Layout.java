package org.dandang.platform.procedure;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a signed form of a procedure is printed, as a pack lays it out.
 *
 * @param form whose paper it is
 * @param after step that has to be done with its first outcome before it is printed so, such as the
 *     approval of a letter; null: as soon as it is signed
 * @param number field with the document's number; null for none
 * @param to whom it is addressed: {@code party}, {@code unit}, or a field; null for nobody
 * @param unitSigns whether the unit signs, or else the person who did
 * @param date field with the day below; null: the day it was signed
 * @param seal whether there is space for the seal
 * @param texts words of the pack it prints: {@code paper.<form>.title} and one for each text
 */
public record Layout(
    String form,
    @Nullable String after,
    @Nullable String number,
    @Nullable String to,
    List<Part> parts,
    boolean unitSigns,
    @Nullable String date,
    boolean seal,
    Texts texts) {
  /** What can stand between braces in a text: see docs/packs.md. */
  public static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

  public static final String PARTY = "party";
  public static final String UNIT = "unit";

  public Layout {
    parts = List.copyOf(parts);
  }

  /** A part of the page. */
  public sealed interface Part {
    /** Paragraphs: the word {@code paper.<form>.<id>}, a line a paragraph. */
    record Text(String id) implements Part {}

    /** A table of fields, {@code form.field} each; optional ones without an answer left out. */
    record Fields(List<String> fields) implements Part {
      public Fields {
        fields = List.copyOf(fields);
      }
    }
  }

  /** The key of its title. */
  public String title() {
    return "paper." + form + ".title";
  }

  /** The key of a text. */
  public String text(Part.Text text) {
    return "paper." + form + "." + text.id();
  }
}
