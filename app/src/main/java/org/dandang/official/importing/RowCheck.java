package org.dandang.official.importing;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dandang.official.register.DatePattern;
import org.dandang.official.register.Field;
import org.dandang.official.register.IdentityNumber;
import org.dandang.official.register.NameReading;
import org.dandang.official.register.Register;
import org.dandang.official.register.Values;
import org.dandang.platform.sealing.Seal;
import org.jspecify.annotations.Nullable;

/** Checks each row against the mapping and writes it to the staging table, refused or not. */
final class RowCheck {
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_KEY = 100;
  private static final String PRECISION = "DMY";
  private static final List<String> PRECISIONS = List.of("D", "M", "Y");
  private static final Set<String> STILL =
      Set.of("至今", "今", "现在", "present", "9999-12-31", "2099-12-31");

  private final Slot[] slots;
  private final List<Register> registers;
  private final boolean[] fed;
  private final boolean keyed;
  private final boolean keyWhole;
  private final boolean identity;
  private final int width;
  private final Seal seal;
  private final NameReading names = new NameReading();
  private final List<Refusal> refusals = new ArrayList<>();

  /** One fed field and its value in the row at hand. */
  private static final class Slot {
    final Field field;
    final FieldRule rule;
    final int register;
    final Map<String, String> words = new HashMap<>();
    final Map<String, String> seen = new HashMap<>();
    @Nullable String text;
    long number;
    @Nullable IdentityNumber identityNumber;
    boolean present;
    boolean missing;

    Slot(Field field, FieldRule rule, int register) {
      this.field = field;
      this.rule = rule;
      this.register = register;
      if (field.closed()) {
        field.words().forEach((word, stored) -> words.put(Values.folded(word), stored));
      }
      words.putAll(rule.values());
    }
  }

  RowCheck(MappingDefinition mapping, Columns columns, Seal seal) {
    this.seal = seal;
    List<Field> fields = columns.fed();
    registers = fields.stream().map(Field::register).distinct().toList();
    fed = new boolean[registers.size()];
    slots = new Slot[fields.size()];
    for (int i = 0; i < slots.length; i++) {
      Field field = fields.get(i);
      FieldRule rule = mapping.feeds().get(field);
      if (rule == null) {
        throw new IllegalStateException(field.path());
      }
      slots[i] = new Slot(field, rule, registers.indexOf(field.register()));
    }
    keyed = mapping.key() != null;
    keyWhole = mapping.key() instanceof FieldRule rule && rule.wholeNumber();
    identity = registers.contains(Register.IDENTITY);
    width = stagedColumns(mapping, columns).size();
  }

  /** The staging table's columns, "name type", in the order they are written. */
  static List<String> stagedColumns(MappingDefinition mapping, Columns columns) {
    List<String> all = new ArrayList<>(List.of("n int", "line int", "refusal text"));
    if (mapping.key() != null) {
      all.add("key text");
    }
    List<Field> fields = columns.fed();
    for (Register register : fields.stream().map(Field::register).distinct().toList()) {
      for (Field field : fields) {
        if (field.register() == register) {
          switch (field.type()) {
            case NAME -> {
              all.add(field.staged() + " text");
              all.add("identity_pinyin text");
              all.add("identity_initials text");
            }
            case NUMBER -> {
              all.add(field.staged() + "_sealed bytea");
              all.add(field.staged() + "_index bytea");
              all.add(field.staged() + "_disagrees boolean");
            }
            case DATE -> {
              all.add(field.staged() + " date");
              all.add(field.staged() + "_precision text");
            }
            default -> all.add(field.staged() + " " + field.type().sql());
          }
        }
      }
      all.add(register.prefix() + "_digest bigint");
    }
    if (fields.stream().anyMatch(field -> field.register() == Register.IDENTITY)) {
      all.add("row_digest bigint");
    }
    return all;
  }

  /** Whether the row can be taken as far as it can be told from the row alone. */
  boolean write(RosterRows rows, Columns columns, BinaryCopy copy) throws SQLException {
    refusals.clear();
    int headers = columns.headers().size();
    for (int i = headers; i < rows.width(); i++) {
      if (!rows.cell(i).isEmpty()) {
        refusals.add(new Refusal("too-many-cells", "", rows.cell(i)));
        break;
      }
    }
    String key = keyed ? key(rows, columns) : null;
    java.util.Arrays.fill(fed, true);
    for (Slot slot : slots) {
      read(slot, rows, columns);
    }
    for (Slot slot : slots) {
      if (slot.missing && fed[slot.register]) {
        refuse(slot, "missing", "");
      }
    }
    if (!refusals.isEmpty()) {
      copy.row(width);
      copy.int4(rows.number());
      copy.int4(rows.line());
      copy.text(Refusal.written(refusals));
      for (int i = 3; i < width; i++) {
        copy.nothing();
      }
      return false;
    }
    copy.row(width);
    copy.int4(rows.number());
    copy.int4(rows.line());
    copy.nothing();
    int from = copy.position();
    long seed = 0;
    if (keyed) {
      copy.text(key);
      seed = copy.digest(1, from);
    }
    long whole = seed;
    int slot = 0;
    for (int register = 0; register < fed.length; register++) {
      from = copy.position();
      while (slot < slots.length && slots[slot].register == register) {
        put(slots[slot++], copy, fed[register]);
      }
      if (fed[register]) {
        long digest = copy.digest(seed + register, from);
        copy.int8(digest);
        whole = whole * 31 + digest;
      } else {
        copy.nothing();
        whole = whole * 31;
      }
    }
    if (identity) {
      copy.int8(whole);
    }
    return true;
  }

  private String key(RosterRows rows, Columns columns) {
    int[] places = columns.key();
    for (int place : places) {
      String wrong = rows.wrong(place);
      if (wrong != null) {
        refusals.add(new Refusal(wrong, "key", rows.cell(place)));
        return "";
      }
    }
    if (places.length == 1) {
      String key = rows.cell(places[0]);
      key = keyWhole ? Values.whole(key) : key;
      checkKey(key);
      return key;
    }
    StringBuilder joined = new StringBuilder();
    for (int place : places) {
      String part = Values.personName(rows.cell(place));
      if (part.isEmpty()) {
        refusals.add(new Refusal("blank-key", "key", ""));
        return "";
      }
      long date = date(DatePattern.USUAL, part);
      if (date > DatePattern.NO_SUCH_DAY) {
        String day = LocalDate.ofEpochDay(DatePattern.days(date)).toString();
        part = DatePattern.precision(date) == 1 ? day.substring(0, 7) : day;
      }
      joined.append(joined.isEmpty() ? "" : "·").append(part);
    }
    checkKey(joined.toString());
    return joined.toString();
  }

  private void checkKey(String key) {
    if (key.isEmpty()) {
      refusals.add(new Refusal("blank-key", "key", ""));
    } else if (key.length() > LONGEST_KEY) {
      refusals.add(new Refusal("too-long", "key", Integer.toString(LONGEST_KEY)));
    } else if (unprintable(key)) {
      refusals.add(new Refusal("unprintable", "key", ""));
    }
  }

  private void read(Slot slot, RosterRows rows, Columns columns) {
    slot.present = false;
    slot.missing = false;
    slot.text = null;
    Integer column = columns.of().get(slot.field);
    String wrong = column == null ? null : rows.wrong(column);
    if (column != null && wrong != null) {
      refuse(slot, wrong, rows.cell(column));
      return;
    }
    String raw =
        column == null ? columns.constants().get(slot.field) : slot.rule.formed(rows.cell(column));
    if (raw == null || raw.isEmpty()) {
      raw = slot.rule.blank();
    }
    if (raw == null || raw.isEmpty()) {
      if (slot.rule.required()) {
        slot.missing = true;
      } else if (slot.field.essential()) {
        fed[slot.register] = false;
      }
      return;
    }
    switch (slot.field.type()) {
      case TEXT, NAME -> text(slot, raw);
      case CHOICE -> choice(slot, raw);
      case CODE -> {
        choice(slot, raw);
        if (slot.text != null) {
          slot.number = Integer.parseInt(slot.text);
        }
      }
      case DATE -> day(slot, raw);
      case NUMBER -> identityNumber(slot, raw);
      case ID -> {
        slot.number = Long.parseLong(raw);
        slot.present = true;
      }
      case YEAR -> year(slot, raw);
      case AMOUNT -> amount(slot, raw);
    }
  }

  private void text(Slot slot, String raw) {
    String value = slot.rule.wholeNumber() ? Values.whole(raw) : raw;
    if (slot.field.type() == Field.Type.NAME) {
      value = Values.personName(value);
    }
    if (!slot.words.isEmpty()) {
      String meant = word(slot, value);
      if (meant != null) {
        value = meant;
      } else if (!slot.rule.keepOthers()) {
        refuse(slot, "not-listed", raw);
        return;
      }
    }
    if (value.length() > LONGEST_TEXT) {
      refuse(slot, "too-long", Integer.toString(LONGEST_TEXT));
    } else if (unprintable(value)) {
      refuse(slot, "unprintable", "");
    } else {
      slot.text = value;
      slot.present = true;
    }
  }

  private void choice(Slot slot, String raw) {
    String stored = word(slot, raw);
    if (stored == null) {
      refuse(slot, "not-listed", raw);
      return;
    }
    slot.text = stored;
    slot.present = true;
  }

  private static @Nullable String word(Slot slot, String raw) {
    String known = slot.seen.get(raw);
    if (known != null) {
      return known;
    }
    String stored = slot.words.get(Values.folded(raw));
    if (stored != null && slot.seen.size() < 1000) {
      slot.seen.put(raw, stored);
    }
    return stored;
  }

  private void day(Slot slot, String raw) {
    if (slot.field == Field.POSTING_ENDS_ON && STILL.contains(raw)) {
      return;
    }
    List<DatePattern> patterns =
        slot.rule.formats().isEmpty() ? DatePattern.USUAL : slot.rule.formats();
    long packed = date(patterns, raw);
    if (packed == DatePattern.NO_MATCH) {
      refuse(slot, "not-a-date", raw);
    } else if (packed == DatePattern.NO_SUCH_DAY) {
      refuse(slot, "no-such-day", raw);
    } else {
      slot.number = packed;
      slot.present = true;
    }
  }

  private void identityNumber(Slot slot, String raw) {
    IdentityNumber number = IdentityNumber.of(raw).orElse(null);
    if (number == null) {
      refuse(slot, "not-an-identity-number", "");
      return;
    }
    slot.identityNumber = number;
    slot.present = true;
  }

  /** Whether the number says another birth date or sex than the row it stands in. */
  private boolean disagrees(IdentityNumber number) {
    Optional<LocalDate> born = Optional.empty();
    char precision = 'D';
    int sex = 0;
    for (Slot slot : slots) {
      if (slot.field == Field.IDENTITY_BORN && slot.present) {
        born = Optional.of(LocalDate.ofEpochDay(DatePattern.days(slot.number)));
        precision = PRECISION.charAt(DatePattern.precision(slot.number));
      } else if (slot.field == Field.IDENTITY_SEX && slot.present) {
        sex = (int) slot.number;
      }
    }
    return number.disagrees(born, precision, sex);
  }

  private static long date(List<DatePattern> patterns, String raw) {
    String text = raw;
    int length = raw.length();
    if (length > 16
        && raw.endsWith("00:00:00")
        && (raw.charAt(length - 9) == ' ' || raw.charAt(length - 9) == 'T')) {
      text = raw.substring(0, length - 9);
    }
    long result = DatePattern.NO_MATCH;
    for (DatePattern pattern : patterns) {
      long packed = pattern.read(text);
      if (packed > DatePattern.NO_SUCH_DAY) {
        return packed;
      }
      result = Math.max(result, packed);
    }
    return result;
  }

  private void year(Slot slot, String raw) {
    String text = Values.whole(raw.endsWith("年") ? raw.substring(0, raw.length() - 1) : raw);
    if (text.length() != 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      refuse(slot, "not-a-year", raw);
      return;
    }
    int year = Integer.parseInt(text);
    if (year < 1900 || year > 2100) {
      refuse(slot, "not-a-year", raw);
      return;
    }
    slot.number = year;
    slot.present = true;
  }

  private void amount(Slot slot, String raw) {
    try {
      BigDecimal amount =
          new BigDecimal(raw.indexOf(',') < 0 ? raw : raw.replace(",", "")).stripTrailingZeros();
      if (amount.scale() > 2 || amount.precision() - amount.scale() > 10) {
        refuse(slot, "not-an-amount", raw);
        return;
      }
      slot.number = amount.setScale(2).unscaledValue().longValueExact();
      slot.present = true;
    } catch (ArithmeticException | NumberFormatException e) {
      refuse(slot, "not-an-amount", raw);
    }
  }

  private void put(Slot slot, BinaryCopy copy, boolean fed) {
    boolean present = fed && slot.present;
    switch (slot.field.type()) {
      case TEXT, CHOICE -> copy.text(present ? slot.text : null);
      case NAME -> {
        String name = present ? slot.text : null;
        copy.text(name);
        NameReading.@Nullable Reading reading = name == null ? null : names.read(name);
        copy.text(reading == null ? null : reading.pinyin());
        copy.text(reading == null ? null : reading.initials());
      }
      case CODE, YEAR -> {
        if (present) {
          copy.int2((int) slot.number);
        } else {
          copy.nothing();
        }
      }
      case AMOUNT, ID -> {
        if (present) {
          copy.int8(slot.number);
        } else {
          copy.nothing();
        }
      }
      case DATE -> {
        if (present) {
          copy.date(
              slot.rule.lastDay()
                  ? DatePattern.dayAfter(slot.number)
                  : DatePattern.days(slot.number));
        } else {
          copy.nothing();
        }
        copy.text(present ? PRECISIONS.get(DatePattern.precision(slot.number)) : null);
      }
      case NUMBER -> {
        IdentityNumber number = present ? slot.identityNumber : null;
        if (number == null) {
          copy.nothing();
          copy.nothing();
          copy.nothing();
        } else {
          copy.bytes(seal.seal(number.digits()));
          copy.bytes(seal.index(number.digits()));
          copy.truth(disagrees(number));
        }
      }
    }
  }

  private void refuse(Slot slot, String reason, String detail) {
    refusals.add(new Refusal(reason, slot.field.path(), detail));
  }

  private static boolean unprintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0xfffd) {
        return true;
      }
    }
    return false;
  }
}
