package org.dandang.official;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.official.register.Field;
import org.dandang.official.register.PartialDate;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.dandang.platform.sealing.Seal;
import org.dandang.platform.sealing.Sealing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of the registers about one person, read field by field. */
@Component
class Registers {
  private static final int MOST = 2_000;
  private static final Map<Register, String> ORDER =
      Map.of(
          Register.IDENTITY, "r.id desc",
          Register.POSTING, "r.starts_on desc nulls last, r.id desc",
          Register.RANK, "r.since desc nulls last, r.id desc",
          Register.EDUCATION, "r.ends_on desc nulls last, r.id desc",
          Register.AFFILIATION, "r.since desc nulls last, r.id desc",
          Register.PAY, "r.year desc, r.id desc",
          Register.AWARD, "r.granted_on desc nulls last, r.id desc",
          Register.PENALTY, "r.decided_on desc nulls last, r.id desc",
          Register.ANNUAL_GRADE, "r.year desc, r.id desc",
          Register.FAMILY, "r.id");

  private final JdbcClient jdbc;
  private final Sealing sealing;

  Registers(JdbcClient jdbc, Sealing sealing) {
    this.jdbc = jdbc;
    this.sealing = sealing;
  }

  /** The rows of a register about a person, as they were known. */
  List<RegisterRow> rows(long official, Register register, Known known) {
    return jdbc.sql(
            select(register)
                + " where r.official_id = :official and "
                + known.condition("r")
                + " order by "
                + ORDER.getOrDefault(register, "r.id")
                + " limit "
                + MOST)
        .param("official", official)
        .params(known.parameters())
        .query((row, number) -> row(register, row, sealing.seal()))
        .list();
  }

  /** A row that holds. */
  Optional<RegisterRow> row(long official, Register register, long id) {
    return jdbc.sql(
            select(register) + " where r.id = ? and r.official_id = ? and r.superseded_at is null")
        .params(id, official)
        .query((row, number) -> row(register, row, sealing.seal()))
        .optional();
  }

  private static String select(Register register) {
    List<String> columns = new ArrayList<>();
    for (Field field : fields(register)) {
      switch (field.type()) {
        case DATE -> {
          columns.add("r." + field.column());
          columns.add("r." + field.precisionColumn());
        }
        case NUMBER -> columns.add("r.number_sealed");
        default -> columns.add("r." + field.column());
      }
    }
    return """
    select r.id, %s, r.import_id as origin_import, f.file_name as origin_file, r.line as origin_line,
           r.document_id as origin_document, r.recorded_at as origin_at, r.recorded_by as origin_by, r.superseded_at as origin_superseded
      from %s r left join official.import f on f.id = r.import_id
    """
        .formatted(String.join(", ", columns), register.table());
  }

  /** The fields that stand in the register itself. */
  static List<Field> fields(Register register) {
    return register.fields().stream()
        .filter(field -> field != Field.POSTING_UNIT && field != Field.POSTING_UNIT_NAME)
        .toList();
  }

  private static RegisterRow row(Register register, ResultSet row, Seal seal) throws SQLException {
    Map<Field, String> values = new LinkedHashMap<>();
    for (Field field : fields(register)) {
      String text =
          switch (field.type()) {
            case DATE -> {
              PartialDate date =
                  PartialDate.of(
                      row.getObject(field.column(), java.time.LocalDate.class),
                      row.getString(field.precisionColumn()));
              yield date == null ? null : date.toString();
            }
            case NUMBER -> {
              byte[] sealed = row.getBytes("number_sealed");
              yield sealed == null ? null : masked(seal, sealed);
            }
            default -> row.getString(field.column());
          };
      if (text != null && !text.isBlank()) {
        values.put(field, text);
      }
    }
    return new RegisterRow(register, row.getLong("id"), values, origin(row));
  }

  private static String masked(Seal seal, byte[] sealed) {
    try {
      return new org.dandang.official.register.IdentityNumber(seal.open(sealed)).masked();
    } catch (IllegalArgumentException e) {
      return "******************";
    }
  }

  static RegisterRow.Origin origin(ResultSet row) throws SQLException {
    return new RegisterRow.Origin(
        row.getObject("origin_import", Long.class),
        row.getString("origin_file"),
        row.getObject("origin_line", Integer.class),
        row.getObject("origin_document", Long.class),
        row.getObject("origin_at", OffsetDateTime.class),
        row.getString("origin_by"),
        row.getObject("origin_superseded", OffsetDateTime.class));
  }

  /** Which rows are asked for: those that hold, all there ever were, or those known at a moment. */
  record Known(boolean history, @Nullable OffsetDateTime at) {
    static final Known NOW = new Known(false, null);

    String condition(String row) {
      return at != null
          ? "%1$s.recorded_at <= :known and (%1$s.superseded_at is null or %1$s.superseded_at > :known)"
              .formatted(row)
          : history ? "true" : row + ".superseded_at is null";
    }

    Map<String, Object> parameters() {
      return at == null ? Map.of() : Map.of("known", at);
    }
  }
}
