package org.dandang.platform.storage;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which people's records the database shows. PostgreSQL's row-level security holds every question
 * to it, whatever the question is.
 */
public sealed interface Sight {
  /** Nobody's. */
  record Nothing() implements Sight {}

  /**
   * Everybody's: for work of the program itself, whose results are then held to what a reader may
   * see.
   */
  record Everything() implements Sight {}

  /**
   * Those of a reader.
   *
   * @param day whose posts count, in the office's zone
   * @param units in or under whose management the people are; null: all
   * @param own the own record; null for none
   * @param granted records a task lets the reader see
   * @param hidden records the reader keeps away from, whatever else is said
   * @param account whose own matters, notices and tasks these are
   * @param wide whether many people are about to be asked for: the database then finds out whom the
   *     reader sees once and not person by person. It changes nothing about whom that is
   */
  record Part(
      LocalDate day,
      @Nullable Set<Long> units,
      @Nullable Long own,
      Set<Long> granted,
      Set<Long> hidden,
      boolean wide,
      long account)
      implements Sight {
    public Part {
      units = units == null ? null : Set.copyOf(units);
      granted = Set.copyOf(granted);
      hidden = Set.copyOf(hidden);
    }
  }

  /** Whether nobody is left out, so that there is nothing to hold a question to. */
  default boolean ofAll() {
    return switch (this) {
      case Nothing nothing -> false;
      case Everything everything -> true;
      case Part part -> part.units() == null && part.hidden().isEmpty();
    };
  }

  /** As the database is told, in {@code dandang.sight}; its policies read this form. */
  default String text() {
    return switch (this) {
      case Nothing nothing -> "";
      case Everything everything -> "*";
      case Part part ->
          String.join(
              ";",
              part.day().toString(),
              part.units() == null ? "*" : list(part.units()),
              part.own() == null ? "" : part.own().toString(),
              list(part.granted()),
              list(part.hidden()),
              part.wide() ? "wide" : "",
              Long.toString(part.account()));
    };
  }

  private static String list(Collection<Long> numbers) {
    return new TreeSet<>(numbers)
        .stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }
}
