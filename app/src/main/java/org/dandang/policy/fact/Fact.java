package org.dandang.policy.fact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.dandang.engine.ColumnType;
import org.dandang.engine.InputTypes.InputColumn;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/**
 * A named, typed, documented column that policies may see.
 *
 * <p>It is an aggregate over register rows: {@code evidence} selects the rows it rests on, with
 * {@code subject}, {@code register} and {@code row} among their columns, and {@code value} is the
 * aggregate of one subject's rows. The same text serves one subject and all of them.
 *
 * @param module the module that publishes it
 * @param subject kind of subject it speaks of: {@code official}, {@code unit}
 * @param unit unit of a number; null where there is none
 * @param values the only values a text may have; empty where any may
 * @param missing what null means; "never", or begins with "never;", where the value is never
 *     missing
 * @param absent SQL literal for a subject without any row; null leaves the value missing
 * @param value SQL aggregate; may use {@code :as_of}
 * @param evidence SQL over published views; may use {@code :as_of}
 */
public record Fact(
    String id,
    String module,
    String subject,
    FactType type,
    @Nullable String unit,
    List<String> values,
    Words title,
    String missing,
    @Nullable String absent,
    String value,
    String evidence) {
  public Fact {
    values = List.copyOf(values);
  }

  /** A hash of how it is computed: two facts with the same one are computed alike. */
  public String definition() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((value + "\n" + absent + "\n" + evidence).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its column in a snapshot. */
  public InputColumn column() {
    return new InputColumn(
        id, columnType(), !(missing.equals("never") || missing.startsWith("never;")));
  }

  private ColumnType columnType() {
    return switch (type.kind()) {
      case INTEGER -> new ColumnType.Whole(10);
      case DECIMAL -> new ColumnType.Decimal(18, type.scale());
      case STRING -> new ColumnType.Text();
      case BOOLEAN -> new ColumnType.Truth();
      case DATE -> new ColumnType.Day();
    };
  }
}
