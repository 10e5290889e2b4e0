package org.dandang.platform.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is stored.
 *
 * @param recordedAt to the microsecond
 * @param actor sign-in name, or "command line"
 * @param subjectId null where it is about many
 * @param detail JSON exactly as the database prints it
 */
public record LedgerEntry(
    long id,
    OffsetDateTime recordedAt,
    String actor,
    String action,
    String subjectKind,
    @Nullable String subjectId,
    String detail) {
  /** The columns {@link #read} wants, of a table or alias named {@code e}. */
  static final String COLUMNS =
      "e.id, e.recorded_at, e.actor, e.action, e.subject_kind, e.subject_id, e.detail::text as"
          + " detail";

  private static final byte FORM = 1;

  static LedgerEntry read(ResultSet row) throws SQLException {
    return new LedgerEntry(
        row.getLong("id"),
        row.getObject("recorded_at", OffsetDateTime.class),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject_kind"),
        row.getString("subject_id"),
        row.getString("detail"));
  }

  /**
   * What is hashed: every field with its length before it, so that no two entries have the same
   * bytes.
   */
  byte[] content() {
    byte[][] texts = {
      bytes(actor), bytes(action), bytes(subjectKind), bytes(subjectId), bytes(detail)
    };
    int length = 1 + 8 + 8;
    for (byte @Nullable [] text : texts) {
      length += 4 + (text == null ? 0 : text.length);
    }
    ByteBuffer content = ByteBuffer.allocate(length).put(FORM).putLong(id).putLong(micros());
    for (byte @Nullable [] text : texts) {
      content.putInt(text == null ? -1 : text.length);
      if (text != null) {
        content.put(text);
      }
    }
    return content.array();
  }

  private long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt.toInstant());
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
