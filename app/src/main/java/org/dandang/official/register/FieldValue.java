package org.dandang.official.register;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.sealing.Seal;
import org.jspecify.annotations.Nullable;

/** What somebody wrote into a field, read and checked, as columns of its register. */
public sealed interface FieldValue {
  /** Columns with what is stored in them; all null for a blank. */
  record Columns(Map<String, @Nullable Object> values) implements FieldValue {}

  /**
   * Nothing that could be stored.
   *
   * @param reason last part of the message key {@code importing.reason.*}
   */
  record Wrong(String reason, String detail) implements FieldValue {}

  /** Longest text of a field, in characters. */
  int LONGEST = 500;

  /**
   * Reads what was written.
   *
   * @param seal for identity numbers
   */
  static FieldValue read(Field field, String written, Seal seal) {
    String text = Values.trimmed(written);
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return blank(field, columns);
    }
    switch (field.type()) {
      case TEXT -> {
        if (text.length() > LONGEST) {
          return new Wrong("too-long", Integer.toString(LONGEST));
        }
        columns.put(field.column(), text);
      }
      case NAME -> {
        String name = Values.personName(text);
        if (name.length() > 100) {
          return new Wrong("too-long", "100");
        }
        NameReading.Reading reading = new NameReading().read(name);
        columns.put("name", name);
        columns.put("pinyin", reading.pinyin());
        columns.put("initials", reading.initials());
      }
      case DATE -> {
        PartialDate date = PartialDate.read(text).orElse(null);
        if (date == null) {
          return new Wrong("not-a-date", text);
        }
        columns.put(field.column(), date.first());
        columns.put(field.precisionColumn(), String.valueOf(date.precision()));
      }
      case YEAR -> {
        if (!text.matches("(?:19|20)\\d{2}")) {
          return new Wrong("not-a-year", text);
        }
        columns.put(field.column(), Integer.valueOf(text));
      }
      case AMOUNT -> {
        try {
          BigDecimal amount = new BigDecimal(text.replace(",", ""));
          if (amount.stripTrailingZeros().scale() > 2 || amount.precision() > 12) {
            return new Wrong("not-an-amount", text);
          }
          columns.put(field.column(), amount);
        } catch (NumberFormatException e) {
          return new Wrong("not-an-amount", text);
        }
      }
      case NUMBER -> {
        IdentityNumber number = IdentityNumber.of(text).orElse(null);
        if (number == null) {
          return new Wrong("not-an-identity-number", "");
        }
        columns.put("number_sealed", seal.seal(number.digits()));
        columns.put("number_index", seal.index(number.digits()));
      }
      case ID -> {
        if (!text.matches("\\d{1,18}")) {
          return new Wrong("not-listed", text);
        }
        columns.put(field.column(), Long.valueOf(text));
      }
      case CHOICE, CODE -> {
        String stored = null;
        for (Map.Entry<String, String> word : field.words().entrySet()) {
          if (Values.folded(word.getKey()).equals(Values.folded(text))) {
            stored = word.getValue();
          }
        }
        if (stored == null) {
          return new Wrong("not-listed", text);
        }
        columns.put(
            field.column(),
            field.type() == Field.Type.CODE ? (Object) Integer.valueOf(stored) : stored);
      }
    }
    return new Columns(columns);
  }

  private static FieldValue blank(Field field, Map<String, @Nullable Object> columns) {
    if (field.essential()
        && !List.of(Field.POSTING_UNIT, Field.POSTING_UNIT_NAME).contains(field)) {
      return new Wrong("missing", "");
    }
    switch (field.type()) {
      case NAME -> {
        columns.put("name", null);
        columns.put("pinyin", null);
        columns.put("initials", null);
      }
      case DATE -> {
        columns.put(field.column(), (@Nullable LocalDate) null);
        columns.put(field.precisionColumn(), "D");
      }
      case NUMBER -> {
        columns.put("number_sealed", null);
        columns.put("number_index", null);
      }
      default -> {
        String unfed = field.unfed();
        columns.put(
            field.column(),
            unfed == null
                ? null
                : field.type() == Field.Type.CODE
                    ? (Object) Integer.valueOf(unfed)
                    : unfed.replace("'", ""));
      }
    }
    return new Columns(columns);
  }
}
