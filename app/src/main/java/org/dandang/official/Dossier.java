package org.dandang.official;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything the register holds of one official. */
public record Dossier(
    long id,
    String key,
    String source,
    Identity identity,
    List<Posting> postings,
    List<RankHeld> ranks,
    List<Pay> pay,
    List<Grade> grades,
    List<Award> awards,
    List<Flag> flags) {

  /**
   * Where a row came from.
   *
   * @param supersededAt null for a row that holds
   */
  public record Origin(
      @Nullable Long importId,
      @Nullable String file,
      @Nullable Integer line,
      OffsetDateTime recordedAt,
      String recordedBy,
      @Nullable OffsetDateTime supersededAt) {}

  /**
   * @param sex GB/T 2261.1
   * @param bornPrecision D, M or Y: how much of the date of birth is known
   */
  public record Identity(
      @Nullable String name,
      int sex,
      @Nullable String ethnicGroup,
      @Nullable LocalDate born,
      char bornPrecision,
      @Nullable LocalDate beganWork,
      String status,
      @Nullable LocalDate leftOn,
      Origin origin) {}

  public record Posting(
      long id,
      long unitId,
      String unit,
      @Nullable String post,
      @Nullable String level,
      String kind,
      boolean frontLine,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      Origin origin) {
    boolean coversAny() {
      return from != null && (to == null || to.isAfter(from));
    }
  }

  public record RankHeld(String rank, @Nullable LocalDate since, Origin origin) {}

  public record Pay(
      int year, @Nullable String grade, @Nullable String rank, BigDecimal amount, Origin origin) {}

  public record Grade(int year, String grade, Origin origin) {}

  public record Award(
      String kind,
      @Nullable String reference,
      String outcome,
      @Nullable LocalDate on,
      Origin origin) {}

  /** What does not fit on the timeline. */
  public record Flag(
      String kind,
      long posting,
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

  /** Flags that concern a posting. */
  public List<Flag> flagsOf(long posting) {
    return flags.stream()
        .filter(
            flag -> flag.posting() == posting || (flag.other() != null && flag.other() == posting))
        .toList();
  }
}
