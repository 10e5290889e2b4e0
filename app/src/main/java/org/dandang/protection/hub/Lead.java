package org.dandang.protection.hub;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead.
 *
 * @param reporter the sealed record with who reported; null: without a name
 * @param dueOn last day of handling; null for none
 * @param state {@code open}, {@code closed}, {@code merged}
 * @param people whom it names, in its order
 */
public record Lead(
    long id,
    String number,
    Source source,
    String round,
    String reference,
    String title,
    String content,
    LocalDate receivedOn,
    long unit,
    String unitName,
    String clue,
    String gravity,
    boolean concluded,
    @Nullable UUID reporter,
    String pack,
    @Nullable LocalDate dueOn,
    String state,
    @Nullable LocalDate closedOn,
    @Nullable Long mergedInto,
    String channel,
    OffsetDateTime recordedAt,
    String recordedBy,
    List<Person> people) {
  public Lead {
    people = List.copyOf(people);
  }

  public boolean isOpen() {
    return state.equals("open");
  }

  public boolean isOverdue(LocalDate today) {
    return isOpen() && dueOn != null && dueOn.isBefore(today);
  }

  public Optional<Person> person(long number) {
    return people.stream().filter(one -> one.id() == number).findFirst();
  }

  /** Where its page is. */
  public String path() {
    return "/protection/leads/" + id;
  }

  /**
   * Somebody a lead names.
   *
   * @param official number of the official it is; null while nobody has said
   * @param label how that official is called
   * @param setAside why nobody on record is meant; null otherwise
   * @param matter that came to the outcome; null for none
   */
  public record Person(
      long id,
      long lead,
      String name,
      String unitName,
      String post,
      @Nullable Long official,
      @Nullable String label,
      @Nullable String linkedBy,
      @Nullable String reason,
      @Nullable String setAside,
      @Nullable Outcome outcome,
      @Nullable String severity,
      @Nullable LocalDate outcomeOn,
      @Nullable Long matter,
      boolean copied) {
    /** Whether nothing more is to be done about this one. */
    public boolean isSettled() {
      return outcome != null || setAside != null;
    }
  }
}
