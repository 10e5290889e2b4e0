package org.dandang.platform.procedure;

import java.math.BigDecimal;
import java.util.List;
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

    /** One of several; words are {@code option.<form>.<field>.<option>}. */
    record Choice(List<String> options) implements Kind {
      public Choice {
        options = List.copyOf(options);
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
