package org.dandang.platform.procedure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form.
 *
 * @param id small letters, digits, hyphens
 */
public record Field(String id, boolean required, Kind kind) {
  /** What can be filled in. */
  public sealed interface Kind {
    /**
     * @param atMost characters
     * @param lines whether it may have several lines
     */
    record Text(int atMost, boolean lines) implements Kind {}

    record Day() implements Kind {}

    /**
     * @param least null: no least
     * @param most null: no most
     */
    record Number(@Nullable BigDecimal least, @Nullable BigDecimal most) implements Kind {}

    /**
     * One of several; words are {@code option.<form>.<field>.<option>}.
     *
     * @param codes where they come from a code table, when each of them is in force; null where the
     *     form lists them
     */
    record Choice(List<String> options, @Nullable Codes codes) implements Kind {
      public Choice {
        options = List.copyOf(options);
      }

      public Choice(List<String> options) {
        this(options, null);
      }
    }

    /** Somebody or something on record: {@code official}, {@code unit}, or a register's word. */
    record OnRecord(String subject) implements Kind {}

    /**
     * Files.
     *
     * @param atMost how many
     */
    record Documents(int atMost) implements Kind {}
  }

  /**
   * When the codes of a table are in force.
   *
   * @param table its name
   * @param asOf the date field of the same form that says on which day they have to be; null: on
   *     the day it is filled in
   * @param spans by code
   */
  public record Codes(String table, @Nullable String asOf, Map<String, Span> spans) {
    public Codes {
      spans = Collections.unmodifiableMap(new LinkedHashMap<>(spans));
    }
  }

  /**
   * Half-open: {@code [from, to)}.
   *
   * @param from null: since ever
   * @param to null: still
   */
  public record Span(@Nullable LocalDate from, @Nullable LocalDate to) {
    public boolean covers(LocalDate day) {
      return (from == null || !day.isBefore(from)) && (to == null || day.isBefore(to));
    }
  }

  /** The word of its kind, as forms write it. */
  public String word() {
    return switch (kind) {
      case Kind.Text text -> text.lines() ? "long-text" : "text";
      case Kind.Day day -> "date";
      case Kind.Number number -> "number";
      case Kind.Choice choice -> "choice";
      case Kind.OnRecord record -> record.subject();
      case Kind.Documents documents -> "documents";
    };
  }
}
