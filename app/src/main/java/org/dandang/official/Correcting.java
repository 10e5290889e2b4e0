package org.dandang.official;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dandang.official.register.Field;
import org.dandang.official.register.FieldValue;
import org.dandang.official.register.IdentityNumber;
import org.dandang.official.register.Register;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.sealing.Seal;
import org.dandang.platform.sealing.Sealing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records, corrects and withdraws single rows. A correction supersedes the row it corrects and both
 * remain; a withdrawal supersedes without another row. Nothing is overwritten or deleted.
 */
@Component
class Correcting {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Timelines timelines;
  private final Ledger ledger;
  private final Sealing sealing;
  private final Clock clock;

  Correcting(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Timelines timelines,
      Ledger ledger,
      Sealing sealing,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.timelines = timelines;
    this.ledger = ledger;
    this.sealing = sealing;
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Outcome {
    /** The row that holds now; null after a withdrawal. */
    record Done(@Nullable Long row) implements Outcome {}

    /** Values that cannot be stored, by field; nothing was changed. */
    record Wrong(Map<Field, FieldValue.Wrong> fields) implements Outcome {}

    /** Somebody else changed the row meanwhile, or it is not this person's; nothing was changed. */
    record Gone() implements Outcome {}
  }

  /**
   * Records a row, or corrects one.
   *
   * @param corrected the row it corrects; null for a new one
   * @param written texts by field, as they were written; fields left out keep what they held
   * @param document its source document; null: none was handed in
   * @param reason why, in a sentence
   */
  Outcome record(
      long official,
      Register register,
      @Nullable Long corrected,
      Map<Field, String> written,
      @Nullable Long document,
      String reason,
      String actor) {
    Seal seal = sealing.seal();
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    Map<Field, FieldValue.Wrong> wrong = new LinkedHashMap<>();
    for (Field field : Registers.fields(register)) {
      String text = written.get(field);
      if (text == null && corrected != null) {
        continue;
      }
      switch (FieldValue.read(field, text == null ? "" : text, seal)) {
        case FieldValue.Columns read -> columns.putAll(read.values());
        case FieldValue.Wrong no -> wrong.put(field, no);
      }
    }
    boolean saysWhere =
        corrected == null
            || written.containsKey(Field.POSTING_UNIT_ID)
            || written.containsKey(Field.POSTING_UNIT_TEXT);
    if (register == Register.POSTING
        && saysWhere
        && columns.get("unit_id") == null
        && columns.get("unit_text") == null) {
      wrong.put(Field.POSTING_UNIT_ID, new FieldValue.Wrong("missing", ""));
    } else if (columns.get("unit_id") instanceof Long unit
        && jdbc.sql("select 1 from organisation.unit where id = ?")
            .param(unit)
            .query()
            .listOfRows()
            .isEmpty()) {
      wrong.put(Field.POSTING_UNIT_ID, new FieldValue.Wrong("unknown-unit", String.valueOf(unit)));
    }
    if (columns.get("starts_on") instanceof LocalDate from
        && columns.get("ends_on") instanceof LocalDate to
        && to.isBefore(from)) {
      Field ends = register == Register.EDUCATION ? Field.EDUCATION_ENDS_ON : Field.POSTING_ENDS_ON;
      wrong.put(ends, new FieldValue.Wrong("ends-before-start", to.toString()));
    }
    if (!wrong.isEmpty()) {
      return new Outcome.Wrong(wrong);
    }
    Outcome outcome =
        transaction.execute(
            status -> {
              if (corrected != null && !supersede(official, register, corrected)) {
                return new Outcome.Gone();
              }
              if (corrected == null && register == Register.IDENTITY) {
                return new Outcome.Gone();
              }
              long row = insert(official, register, corrected, columns, document, actor);
              if (register == Register.IDENTITY) {
                compareNumber(row, seal);
              }
              timelines.recheck(official);
              ledger.append(
                  actor,
                  corrected == null ? "fact-recorded" : "fact-corrected",
                  "official",
                  Long.toString(official),
                  told(register, corrected, row, reason));
              return new Outcome.Done(row);
            });
    return java.util.Objects.requireNonNull(outcome);
  }

  /** Says that a row never held. */
  Outcome withdraw(long official, Register register, long row, String reason, String actor) {
    Outcome outcome =
        transaction.execute(
            status -> {
              if (register == Register.IDENTITY || !supersede(official, register, row)) {
                return new Outcome.Gone();
              }
              timelines.recheck(official);
              ledger.append(
                  actor,
                  "fact-withdrawn",
                  "official",
                  Long.toString(official),
                  told(register, row, null, reason));
              return new Outcome.Done(null);
            });
    return java.util.Objects.requireNonNull(outcome);
  }

  private static Map<String, Object> told(
      Register register, @Nullable Long old, @Nullable Long fresh, String reason) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("register", register.word());
    if (old != null) {
      detail.put("superseded", old);
    }
    if (fresh != null) {
      detail.put("row", fresh);
    }
    detail.put("reason", reason);
    return detail;
  }

  private boolean supersede(long official, Register register, long row) {
    return jdbc.sql(
                "update %s set superseded_at = ? where id = ? and official_id = ? and superseded_at is null"
                    .formatted(register.table()))
            .params(OffsetDateTime.now(clock), row, official)
            .update()
        == 1;
  }

  private long insert(
      long official,
      Register register,
      @Nullable Long corrected,
      Map<String, @Nullable Object> columns,
      @Nullable Long document,
      String actor) {
    List<String> kept = new ArrayList<>();
    if (corrected != null) {
      for (Field field : Registers.fields(register)) {
        for (String column : columnsOf(field)) {
          if (!columns.containsKey(column)) {
            kept.add(column);
          }
        }
      }
    }
    String names =
        columns.keySet().stream().map(name -> ", " + name).collect(Collectors.joining())
            + kept.stream().map(name -> ", " + name).collect(Collectors.joining());
    String values =
        columns.keySet().stream().map(name -> ", :" + name).collect(Collectors.joining())
            + kept.stream().map(name -> ", o." + name).collect(Collectors.joining());
    JdbcClient.StatementSpec insert =
        jdbc.sql(
                """
                insert into %s (official_id, document_id, recorded_at, recorded_by%s)
                select :official, :document, :now, :actor%s
                  from (select 1) one left join %1$s o on o.id = :corrected
                returning id
                """
                    .formatted(register.table(), names, values))
            .param("official", official)
            .param("document", document, java.sql.Types.BIGINT)
            .param("corrected", corrected, java.sql.Types.BIGINT)
            .param("now", OffsetDateTime.now(clock))
            .param("actor", actor);
    for (Map.Entry<String, @Nullable Object> column : columns.entrySet()) {
      insert =
          column.getValue() == null
              ? insert.param(column.getKey(), null, nullType(column.getKey()))
              : insert.param(column.getKey(), column.getValue());
    }
    return insert.query(Long.class).single();
  }

  private static int nullType(String column) {
    return column.startsWith("number_")
        ? java.sql.Types.BINARY
        : column.equals("unit_id")
            ? java.sql.Types.BIGINT
            : column.endsWith("_on")
                    || column.equals("since")
                    || column.equals("step_since")
                    || column.startsWith("born")
                    || column.equals("began_work")
                ? java.sql.Types.DATE
                : column.equals("amount") ? java.sql.Types.NUMERIC : java.sql.Types.VARCHAR;
  }

  private static List<String> columnsOf(Field field) {
    return switch (field.type()) {
      case NAME -> List.of("name", "pinyin", "initials");
      case DATE -> List.of(field.column(), field.precisionColumn());
      case NUMBER -> List.of("number_sealed", "number_index");
      default -> List.of(field.column());
    };
  }

  private void compareNumber(long row, Seal seal) {
    jdbc.sql(
            "select number_sealed, born, born_precision, sex from official.identity where id = ? and number_sealed is not null")
        .param(row)
        .query(
            (found, number) ->
                IdentityNumber.of(seal.open(found.getBytes(1)))
                    .map(
                        known -> {
                          try {
                            return known.disagrees(
                                Optional.ofNullable(found.getObject(2, LocalDate.class)),
                                found.getString(3).charAt(0),
                                found.getInt(4));
                          } catch (java.sql.SQLException e) {
                            throw new IllegalStateException(e);
                          }
                        })
                    .orElse(false))
        .optional()
        .ifPresent(
            disagrees ->
                jdbc.sql("update official.identity set number_disagrees = ? where id = ?")
                    .params(disagrees, row)
                    .update());
  }
}
