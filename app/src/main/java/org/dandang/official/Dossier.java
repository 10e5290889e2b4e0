package org.dandang.official;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.dandang.official.register.Field;
import org.dandang.official.register.PartialDate;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.jspecify.annotations.Nullable;

/** Everything the register holds of one official. */
public record Dossier(
    long id,
    String key,
    String source,
    Identity identity,
    RegisterRow identityRow,
    List<Posting> postings,
    List<RankHeld> ranks,
    Map<Register, List<RegisterRow>> rows,
    List<Flag> flags,
    List<Document> documents,
    boolean photo,
    boolean form,
    int unsettled) {

  /**
   * A file that was handed in.
   *
   * @param sha256 of its bytes, in hexadecimal
   * @param bytes how many
   */
  public record Document(
      long id,
      String kind,
      String title,
      String mediaType,
      String sha256,
      long bytes,
      OffsetDateTime recordedAt,
      String recordedBy) {}

  /** The fields of a register that some row has a value for. */
  public List<Field> shown(Register register) {
    return register.fields().stream()
        .filter(field -> rowsOf(register).stream().anyMatch(row -> !row.text(field).isEmpty()))
        .toList();
  }

  /** Rows of a register; empty where there are none. */
  public List<RegisterRow> rowsOf(Register register) {
    return rows.getOrDefault(register, List.of());
  }

  /**
   * @param sex GB/T 2261.1
   */
  public record Identity(
      @Nullable String name,
      int sex,
      @Nullable String ethnicGroup,
      @Nullable PartialDate born,
      @Nullable PartialDate beganWork,
      String status,
      @Nullable PartialDate leftOn,
      RegisterRow.Origin origin) {}

  public record Posting(
      long id,
      @Nullable Long unitId,
      String unit,
      @Nullable String post,
      @Nullable String level,
      String kind,
      boolean frontLine,
      @Nullable PartialDate fromSaid,
      @Nullable PartialDate toSaid,
      RegisterRow.Origin origin) {
    /** The first day of what is said of the start; null: nothing is. */
    public @Nullable LocalDate from() {
      return fromSaid == null ? null : fromSaid.first();
    }

    /** The first day of what is said of the end; null: it is open. */
    public @Nullable LocalDate to() {
      return toSaid == null ? null : toSaid.first();
    }

    boolean coversAny() {
      LocalDate from = from();
      LocalDate to = to();
      return from != null && (to == null || to.isAfter(from));
    }
  }

  public record RankHeld(String rank, @Nullable PartialDate since, RegisterRow.Origin origin) {}

  /**
   * What does not fit on the timeline.
   *
   * @param posting null where it is not about one posting
   */
  public record Flag(
      String kind,
      @Nullable Long posting,
      @Nullable Long other,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {}

  /** The name, or the key where the register is de-identified. */
  public String label() {
    return identity.name() == null ? key : identity.name();
  }

  /** The present regular post of the highest level, else the last; null when there is none. */
  public @Nullable Posting present(LocalDate today) {
    return postings.stream()
        .filter(posting -> posting.origin().supersededAt() == null)
        .filter(posting -> posting.kind().equals("regular") && posting.coversAny())
        .max(
            java.util.Comparator.comparing(
                    (Posting posting) -> posting.to() == null || posting.to().isAfter(today))
                .thenComparing(posting -> java.util.Objects.requireNonNull(posting.from())))
        .orElse(null);
  }

  /**
   * The rank held as far as the register knows. One without a date says what was held when it was
   * recorded, unless the rank reached last is the same.
   */
  public @Nullable String presentRank() {
    String latest =
        ranks.stream()
            .filter(held -> held.origin().supersededAt() == null)
            .filter(held -> held.since() != null)
            .max(
                Comparator.comparing(
                    held -> java.util.Objects.requireNonNull(held.since()).first()))
            .map(RankHeld::rank)
            .orElse("");
    return ranks.stream()
        .filter(held -> held.origin().supersededAt() == null)
        .filter(held -> held.since() != null || !held.rank().equals(latest))
        .max(
            Comparator.comparing(
                held ->
                    held.since() == null
                        ? held.origin().recordedAt().toLocalDate()
                        : held.since().first()))
        .map(RankHeld::rank)
        .orElse(null);
  }

  /** The name of a unit some posting is in; its number where none is. */
  public String unitName(String unit) {
    return postings.stream()
        .filter(posting -> String.valueOf(posting.unitId()).equals(unit))
        .map(Posting::unit)
        .findFirst()
        .orElse(unit);
  }

  /** Flags that concern a posting. */
  public List<Flag> flagsOf(long posting) {
    return flags.stream()
        .filter(
            flag ->
                flag.posting() != null && flag.posting() == posting
                    || (flag.other() != null && flag.other() == posting))
        .toList();
  }
}
