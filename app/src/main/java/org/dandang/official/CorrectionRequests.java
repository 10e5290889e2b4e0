package org.dandang.official;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.dandang.official.register.Field;
import org.dandang.official.register.FieldValue;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.sealing.Seal;
import org.dandang.platform.sealing.Sealing;
import org.dandang.platform.web.Wording;
import org.dandang.platform.web.Wordings;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests of officials to have the own record corrected. Asking changes no register; an acceptance
 * does, through {@link Correcting}, in one transaction with the decision.
 */
@Component
class CorrectionRequests {
  /** How many requests of one official may be open at a time. */
  static final int MOST_OPEN = 30;

  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private static final String SELECT =
      """
      select r.*, coalesce(i.name, o.key) as label, d.title as document_title
        from official.correction_request r
        join official.official o on o.id = r.official_id
        left join official.current_identity i on i.official_id = r.official_id
        left join official.document d on d.id = r.document_id
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Correcting correcting;
  private final Registers registers;
  private final Sealing sealing;
  private final Ledger ledger;
  private final Notices notices;
  private final Wordings wordings;
  private final JsonMapper json;
  private final Clock clock;

  CorrectionRequests(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Correcting correcting,
      Registers registers,
      Sealing sealing,
      Ledger ledger,
      Notices notices,
      Wordings wordings,
      JsonMapper json,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.correcting = correcting;
    this.registers = registers;
    this.sealing = sealing;
    this.ledger = ledger;
    this.notices = notices;
    this.wordings = wordings;
    this.json = json;
    this.clock = clock;
  }

  /** What came of asking. */
  sealed interface Asking {
    record Asked(long request) implements Asking {}

    /** Values that could never be stored, by field. */
    record Wrong(Map<Field, FieldValue.Wrong> fields) implements Asking {}

    /** What is wanted is what the row says already, or nothing was written. */
    record NothingWanted() implements Asking {}

    /** The same row is asked about already. */
    record AskedAlready() implements Asking {}

    /** Too many requests are open. */
    record TooMany() implements Asking {}

    /** The row no longer holds, or is not this person's. */
    record Gone() implements Asking {}
  }

  /** What came of deciding. */
  sealed interface Deciding {
    record Decided() implements Deciding {}

    /** Values that cannot be recorded, by field; nothing was changed. */
    record Wrong(Map<Field, FieldValue.Wrong> fields) implements Deciding {}

    /** Somebody else was first, or the official withdrew it. */
    record TooLate(CorrectionRequest request) implements Deciding {}

    /** The row was corrected by other means meanwhile; nothing was changed. */
    record RowGone() implements Deciding {}

    /** Nobody decides on a request about the own record. */
    record OwnMatter() implements Deciding {}
  }

  /** Keeps the document handed in; called within the transaction of the request. */
  interface Keeping {
    @Nullable Long keep();
  }

  /**
   * Asks for a correction.
   *
   * @param row the row shown; null for a missing one
   * @param written texts by field; those that say what the row says already are left out
   */
  Asking ask(
      long official,
      CorrectionRequest.Kind kind,
      Register register,
      @Nullable Long row,
      Map<Field, String> written,
      String reason,
      Keeping document,
      String actor) {
    RegisterRow held = row == null ? null : registers.row(official, register, row).orElse(null);
    if ((row != null && held == null)
        || (register == Register.IDENTITY && kind != CorrectionRequest.Kind.CORRECT)) {
      return new Asking.Gone();
    }
    Map<Field, String> wanted = new EnumMap<>(Field.class);
    Map<Field, FieldValue.Wrong> wrong = new EnumMap<>(Field.class);
    if (kind != CorrectionRequest.Kind.WITHDRAW) {
      Seal seal = sealing.seal();
      for (Field field : Registers.fields(register)) {
        String text = written.get(field);
        if (text != null && (held == null ? !text.isBlank() : !same(held, field, text))) {
          wanted.put(field, text.strip());
        }
        // A unit is written by its name; the office chooses which it is.
        String checked =
            held == null && field.essential() ? wanted.getOrDefault(field, "") : wanted.get(field);
        if (checked != null
            && field != Field.POSTING_UNIT_ID
            && FieldValue.read(field, checked, seal) instanceof FieldValue.Wrong no) {
          wrong.put(field, no);
        }
      }
      String unit = wanted.get(Field.POSTING_UNIT_ID);
      if (register == Register.POSTING && (held == null || unit != null) && blank(unit)) {
        wrong.put(Field.POSTING_UNIT_ID, new FieldValue.Wrong("missing", ""));
      } else if (unit != null && unit.length() > FieldValue.LONGEST) {
        wrong.put(
            Field.POSTING_UNIT_ID,
            new FieldValue.Wrong("too-long", Integer.toString(FieldValue.LONGEST)));
      }
      if (!wrong.isEmpty()) {
        return new Asking.Wrong(wrong);
      }
      if (wanted.isEmpty()) {
        return new Asking.NothingWanted();
      }
    }
    try {
      return Objects.requireNonNull(
          transaction.execute(
              status -> {
                // One at a time for a person: the count below would else be passed by two at once.
                jdbc.sql("select id from official.official where id = ? for no key update")
                    .param(official)
                    .query(Long.class)
                    .single();
                if (openOf(official) >= MOST_OPEN) {
                  return new Asking.TooMany();
                }
                long request =
                    insert(official, kind, register, row, wanted, reason, document, actor);
                ledger.append(
                    actor,
                    "correction-asked",
                    "official",
                    Long.toString(official),
                    detail(request, register, row, kind.word()));
                return new Asking.Asked(request);
              }));
    } catch (DuplicateKeyException twice) {
      return new Asking.AskedAlready();
    }
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static boolean same(RegisterRow held, Field field, String text) {
    // A number is never shown in full; left blank it stays what it is.
    return field.type() == Field.Type.NUMBER
        ? text.isBlank()
        : text.strip().equals(held.text(field));
  }

  private long insert(
      long official,
      CorrectionRequest.Kind kind,
      Register register,
      @Nullable Long row,
      Map<Field, String> wanted,
      String reason,
      Keeping document,
      String actor) {
    Map<String, String> texts = new LinkedHashMap<>();
    wanted.forEach((field, text) -> texts.put(field.word(), text));
    return jdbc.sql(
            """
            insert into official.correction_request (official_id, kind, register, row_id, wanted_sealed, reason, document_id, asked_at, asked_by)
            values (:official, :kind, :register, :row, :wanted, :reason, :document, :now, :actor) returning id
            """)
        .param("official", official)
        .param("kind", kind.word())
        .param("register", register.word())
        .param("row", row, Types.BIGINT)
        .param(
            "wanted",
            sealing.seal().seal(json.writeValueAsString(texts).getBytes(StandardCharsets.UTF_8)))
        .param("reason", reason)
        .param("document", document.keep(), Types.BIGINT)
        .param("now", OffsetDateTime.now(clock))
        .param("actor", actor)
        .query(Long.class)
        .single();
  }

  /** The official takes an open request back; false where it is no longer open. */
  boolean withdraw(long official, long id, String actor) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              Optional<CorrectionRequest> request =
                  locked(id).filter(found -> found.official() == official && found.open());
              request.ifPresent(
                  found -> close(found, CorrectionRequest.State.WITHDRAWN, null, null, actor));
              return request.isPresent();
            }));
  }

  /** The office says no, with reasons. */
  Deciding decline(long id, String answer, String actor, @Nullable Long own) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              CorrectionRequest request = locked(id).orElseThrow();
              Deciding no = refused(request, own);
              if (no == null) {
                close(request, CorrectionRequest.State.DECLINED, answer, null, actor);
              }
              return no == null ? new Deciding.Decided() : no;
            }));
  }

  /**
   * The office records what was asked for, or part of it.
   *
   * @param taken texts by field as they are to be recorded; a unit by its number
   * @param whole whether that is all that was asked for, as it was asked for
   * @param own number of the deciding account's own record; null where it has none
   */
  Deciding accept(
      long id,
      Map<Field, String> taken,
      boolean whole,
      @Nullable String answer,
      String actor,
      @Nullable Long own) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              CorrectionRequest request = locked(id).orElseThrow();
              Deciding no = refused(request, own);
              if (no != null) {
                return no;
              }
              String why = "correction request " + id;
              Long row = request.row();
              Correcting.Outcome outcome =
                  request.kind() == CorrectionRequest.Kind.WITHDRAW && row != null
                      ? correcting.withdraw(request.official(), request.register(), row, why, actor)
                      : correcting.record(
                          request.official(),
                          request.register(),
                          row,
                          taken,
                          request.document(),
                          why,
                          actor);
              return switch (outcome) {
                case Correcting.Outcome.Done done -> {
                  close(
                      request,
                      whole
                          ? CorrectionRequest.State.ACCEPTED
                          : CorrectionRequest.State.ACCEPTED_IN_PART,
                      answer,
                      done.row(),
                      actor);
                  yield new Deciding.Decided();
                }
                case Correcting.Outcome.Wrong wrong -> {
                  status.setRollbackOnly();
                  yield new Deciding.Wrong(wrong.fields());
                }
                case Correcting.Outcome.Gone gone -> {
                  status.setRollbackOnly();
                  yield new Deciding.RowGone();
                }
              };
            }));
  }

  private static @Nullable Deciding refused(CorrectionRequest request, @Nullable Long own) {
    return own != null && own == request.official()
        ? new Deciding.OwnMatter()
        : request.open() ? null : new Deciding.TooLate(request);
  }

  private void close(
      CorrectionRequest request,
      CorrectionRequest.State state,
      @Nullable String answer,
      @Nullable Long recorded,
      String actor) {
    jdbc.sql(
            """
            update official.correction_request
               set state = :state, decided_at = :now, decided_by = :actor, answer = :answer, recorded_row = :row
             where id = :id and state = 'open'
            """)
        .param("state", state.word())
        .param("now", OffsetDateTime.now(clock))
        .param("actor", actor)
        .param("answer", answer, Types.VARCHAR)
        .param("row", recorded, Types.BIGINT)
        .param("id", request.id())
        .update();
    Map<String, Object> detail =
        detail(request.id(), request.register(), request.row(), request.kind().word());
    if (recorded != null) {
      detail.put("row", recorded);
    }
    ledger.append(
        actor, "correction-" + state.word(), "official", Long.toString(request.official()), detail);
    if (state != CorrectionRequest.State.WITHDRAWN) {
      notices.send(
          new NewNotice(
              "correction:" + request.id() + ":" + state.word(),
              wordings.of("correction.told." + state.word(), Long.toString(request.id())),
              answer == null ? null : Wording.plain(answer),
              "/me/corrections/" + request.id(),
              List.of(new Recipient.OfOfficial(request.official())),
              actor));
    }
  }

  private static Map<String, Object> detail(
      long request, Register register, @Nullable Long row, String kind) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("request", request);
    detail.put("register", register.word());
    detail.put("kind", kind);
    if (row != null) {
      detail.put("about", row);
    }
    return detail;
  }

  private Optional<CorrectionRequest> locked(long id) {
    return jdbc.sql(SELECT + " where r.id = ? for update of r")
        .param(id)
        .query(this::request)
        .optional();
  }

  Optional<CorrectionRequest> find(long id) {
    return jdbc.sql(SELECT + " where r.id = ?").param(id).query(this::request).optional();
  }

  List<CorrectionRequest> list(CorrectionFilter filter, long from, int most) {
    return jdbc.sql(SELECT + filter.condition() + filter.order() + " limit :most offset :from")
        .params(filter.parameters())
        .param("most", most)
        .param("from", from)
        .query(this::request)
        .list();
  }

  /** Every request a filter finds, one after the other. */
  void each(CorrectionFilter filter, Consumer<CorrectionRequest> taken) {
    jdbc.sql(SELECT + filter.condition() + filter.order())
        .withFetchSize(500)
        .params(filter.parameters())
        .query(
            row -> {
              taken.accept(request(row, 0));
            });
  }

  long count(CorrectionFilter filter) {
    return jdbc.sql("select count(*) from (" + SELECT + filter.condition() + ") counted")
        .params(filter.parameters())
        .query(Long.class)
        .single();
  }

  private long openOf(long official) {
    return count(new CorrectionFilter(CorrectionFilter.Which.OPEN, official, ""));
  }

  private CorrectionRequest request(ResultSet row, int number) throws SQLException {
    Register register = Register.of(row.getString("register")).orElseThrow();
    Map<String, String> texts =
        json.readValue(
            new String(
                sealing.seal().openBytes(row.getBytes("wanted_sealed")), StandardCharsets.UTF_8),
            TEXTS);
    Map<Field, String> wanted = new EnumMap<>(Field.class);
    texts.forEach(
        (word, text) -> Field.of(register, word).ifPresent(field -> wanted.put(field, text)));
    return new CorrectionRequest(
        row.getLong("id"),
        row.getLong("official_id"),
        row.getString("label"),
        CorrectionRequest.Kind.of(row.getString("kind")),
        register,
        row.getObject("row_id", Long.class),
        wanted,
        row.getString("reason"),
        row.getObject("document_id", Long.class),
        row.getString("document_title"),
        row.getObject("asked_at", OffsetDateTime.class),
        row.getString("asked_by"),
        CorrectionRequest.State.of(row.getString("state")),
        row.getObject("decided_at", OffsetDateTime.class),
        row.getString("decided_by"),
        row.getString("answer"),
        row.getObject("recorded_row", Long.class));
  }
}
