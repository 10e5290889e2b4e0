package org.dandang.organisation;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to units on a day.
 *
 * @param yearOnly only the year is known; {@code on} is its first day
 * @param from units that were changed, or ended in it
 * @param to units that came of it, or received the others
 * @param along units below that were put under another in the same change
 * @param fileName null when it was not taken from a file
 * @param undoneAt null while it holds
 */
public record Reorganisation(
    long id,
    ReorganisationKind kind,
    LocalDate on,
    boolean yearOnly,
    Document document,
    List<Part> from,
    List<Part> to,
    List<Part> along,
    @Nullable String fileName,
    @Nullable Integer line,
    OffsetDateTime recordedAt,
    String recordedBy,
    @Nullable OffsetDateTime undoneAt) {

  /**
   * A unit that took part, named as it was then.
   *
   * @param unit null when its founding was undone
   */
  public record Part(@Nullable Long unit, String code, String name) {}

  /** The day, or the year where no more is known. */
  public String date() {
    return yearOnly ? Integer.toString(on.getYear()) : on.toString();
  }
}
