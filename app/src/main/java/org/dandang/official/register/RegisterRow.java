package org.dandang.official.register;

import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a register about a person.
 *
 * @param values texts by field, blank ones left out; dates as far as they are known, codes as they
 *     are stored, an identity number masked
 */
public record RegisterRow(Register register, long id, Map<Field, String> values, Origin origin) {
  /**
   * Where a row came from.
   *
   * @param document its source document; null: none was handed in
   * @param supersededAt null for a row that holds
   */
  public record Origin(
      @Nullable Long importId,
      @Nullable String file,
      @Nullable Integer line,
      @Nullable Long document,
      OffsetDateTime recordedAt,
      String recordedBy,
      @Nullable OffsetDateTime supersededAt) {}

  /** The text of a field; empty where there is none. */
  public String text(Field field) {
    return values.getOrDefault(field, "");
  }
}
