package org.dandang.platform.procedure;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The rows of matters and of the steps at which they stand. */
@Component
class Matters {
  private final JdbcClient jdbc;
  private final Versions versions;
  private final JsonMapper json;
  private final Clock clock;

  Matters(JdbcClient jdbc, Versions versions, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.versions = versions;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Writes down a draft; its number.
   *
   * @param by null for the clock
   */
  long draft(
      Versions.Version version,
      Map<String, Figure> figures,
      Beginning wanted,
      List<Long> above,
      @Nullable Long by,
      LocalDate today) {
    Map<String, Object> kept = new LinkedHashMap<>();
    figures.forEach(
        (id, figure) ->
            kept.put(
                id,
                Map.of(
                    "value", figure.value().toPlainString(),
                    "word", figure.word() == null ? "" : figure.word(),
                    "unit", figure.unit(),
                    "clause", figure.clause(),
                    "from", figure.from().toString())));
    long id =
        jdbc.sql(
                """
                insert into platform.matter (version_id, pack, state, unit_id, above, begun_by, drafted_at, begun_on, figures)
                values (:version, :pack, 'draft', :unit, :above, :by, :now, :today, cast(:figures as jsonb))
                returning id
                """)
            .param("version", version.id())
            .param("pack", wanted.pack())
            .param("unit", wanted.unit())
            .param("above", above.toArray(Long[]::new))
            .param("by", by, java.sql.Types.BIGINT)
            .param("now", now())
            .param("today", today)
            .param("figures", json.writeValueAsString(kept))
            .query(Long.class)
            .single();
    for (Party party : wanted.parties()) {
      jdbc.sql("insert into platform.matter_party (matter_id, kind, subject) values (?, ?, ?)")
          .params(id, party.kind(), party.subject())
          .update();
    }
    return id;
  }

  Optional<Matter> find(long id) {
    return read(id, "");
  }

  /** A matter, kept from others until the transaction ends. */
  Matter lock(long id) {
    return read(id, " for update of m")
        .orElseThrow(() -> new Refused("procedure", "procedure.refused.no-such-matter"));
  }

  private Optional<Matter> read(long id, String more) {
    return jdbc.sql(
            """
            select m.*, (select array_agg(p.kind || ' ' || p.subject order by p.kind, p.subject)
                           from platform.matter_party p where p.matter_id = m.id) as parties
              from platform.matter m where m.id = ?
            """
                + more)
        .param(id)
        .query(this::matter)
        .optional();
  }

  private Matter matter(ResultSet row, int number) throws SQLException {
    Versions.Version version = versions.get(row.getLong("version_id"));
    return new Matter(
        row.getLong("id"),
        version.procedure(),
        version.engineKey(),
        Matter.State.of(row.getString("state")),
        row.getLong("unit_id"),
        Arrays.asList((Long[]) array(row, "above")),
        row.getInt("edition"),
        row.getLong("begun_by"),
        row.getObject("begun_on", LocalDate.class),
        figures(row.getString("figures")),
        row.getString("engine_id"),
        row.getString("result"),
        row.getString("reasons"),
        row.getObject("ended_at", OffsetDateTime.class),
        parties(row));
  }

  private static List<Party> parties(ResultSet row) throws SQLException {
    Array array = row.getArray("parties");
    return array == null
        ? List.of()
        : Arrays.stream((String[]) array.getArray())
            .map(text -> text.split(" "))
            .map(parts -> new Party(parts[0], Long.parseLong(parts[1])))
            .toList();
  }

  private Map<String, Figure> figures(String text) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    json.readValue(text, Map.class)
        .forEach(
            (id, each) -> {
              Map<?, ?> one = (Map<?, ?>) each;
              figures.put(
                  String.valueOf(id),
                  new Figure(
                      String.valueOf(id),
                      new BigDecimal(String.valueOf(one.get("value"))),
                      String.valueOf(one.get("unit")),
                      String.valueOf(one.get("clause")),
                      LocalDate.parse(String.valueOf(one.get("from"))),
                      one.get("word") instanceof String word && !word.isEmpty() ? word : null));
            });
    return figures;
  }

  private static Object array(ResultSet row, String column) throws SQLException {
    Array array = Objects.requireNonNull(row.getArray(column));
    return array.getArray();
  }

  /** The step at which a matter stands; empty when it stands at none. */
  Optional<OpenStep> openStep(Matter matter) {
    return jdbc.sql("select * from platform.matter_step where matter_id = ? and state = 'open'")
        .param(matter.id())
        .query((row, number) -> step(matter, row))
        .optional();
  }

  /** The step that was done last, how, and the account that did it. */
  record Last(long id, String step, String outcome, long doneBy) {
    /** Whether something was entered in a register with it: that is not taken back. */
    boolean entered(Flow flow) {
      return flow.step(step).orElseThrow().entersFor().contains(outcome);
    }
  }

  /** The step before the open one, where one person did it and it was not the party. */
  Optional<Last> last(Matter matter, OpenStep open) {
    return jdbc.sql(
            """
            select s.id, s.step, s.outcome, s.done_by from platform.matter_step s
             where s.matter_id = ? and s.place = (select max(place) from platform.matter_step
                                                   where matter_id = ? and place < ?)
               and s.state = 'done' and not s.party
               and not exists (select from platform.matter_signature g where g.step_id = s.id)
            """)
        .params(matter.id(), matter.id(), open.place())
        .query(Last.class)
        .optional();
  }

  /** The matter an open or closed step belongs to. */
  Optional<Long> ofStep(long step) {
    return jdbc.sql("select matter_id from platform.matter_step where id = ?")
        .param(step)
        .query(Long.class)
        .optional();
  }

  private static OpenStep step(Matter matter, ResultSet row) throws SQLException {
    String name = row.getString("step");
    return new OpenStep(
        row.getLong("id"),
        matter.id(),
        row.getInt("place"),
        matter.procedure().flow().step(name).orElseThrow(),
        row.getObject("due_on", LocalDate.class),
        Arrays.asList((Long[]) array(row, "not_by")),
        row.getObject("claimed_by", Long.class),
        row.getString("engine_id"));
  }

  /**
   * Counts something done with a matter and tells it on its page.
   *
   * @param by null for the clock
   * @return the new edition
   */
  int acted(
      Matter matter,
      @Nullable Long step,
      String act,
      @Nullable Long by,
      @Nullable String outcome,
      @Nullable String reasons) {
    int edition =
        jdbc.sql("update platform.matter set edition = edition + 1 where id = ? returning edition")
            .param(matter.id())
            .query(Integer.class)
            .single();
    jdbc.sql(
            """
            insert into platform.matter_act (matter_id, step_id, edition, act, account_id, at, outcome, reasons)
            values (:matter, :step, :edition, :act, :by, :at, :outcome, :reasons)
            """)
        .param("matter", matter.id())
        .param("step", step, Types.BIGINT)
        .param("edition", edition)
        .param("act", act)
        .param("by", by, Types.BIGINT)
        .param("at", now())
        .param("outcome", outcome, Types.VARCHAR)
        .param("reasons", reasons == null || reasons.isBlank() ? null : reasons, Types.VARCHAR)
        .update();
    return edition;
  }

  /** What was done last with a matter. */
  Changed.Act last(long matter) {
    return jdbc.sql(
            """
            select a.act, c.shown_name as by, a.at, a.edition
              from platform.matter_act a left join platform.account c on c.id = a.account_id
             where a.matter_id = ? order by a.edition desc limit 1
            """)
        .param(matter)
        .query(Changed.Act.class)
        .optional()
        .orElseGet(() -> new Changed.Act("drafted", null, now(), 0));
  }

  /** A draft becomes a matter. */
  void begun(long id, String engineId, LocalDate today) {
    jdbc.sql(
            """
            update platform.matter set state = 'open', begun_at = ?, begun_on = ?, engine_id = ? where id = ?
            """)
        .params(now(), today, engineId, id)
        .update();
  }

  /** It is suspended from a day on, or goes on where that is null. */
  void suspended(long id, @Nullable LocalDate from) {
    jdbc.sql("update platform.matter set state = :state, suspended_on = :day where id = :id")
        .param("state", from == null ? "open" : "suspended")
        .param("day", from, Types.DATE)
        .param("id", id)
        .update();
  }

  /** It comes to an end. */
  void ended(long id, Matter.State state, @Nullable String result, @Nullable String reasons) {
    jdbc.sql(
            """
            update platform.matter
               set state = :state, result = :result, reasons = :reasons, ended_at = :now,
                   suspended_on = null
             where id = :id
            """)
        .param("state", state.word())
        .param("result", result, Types.VARCHAR)
        .param("reasons", reasons, Types.VARCHAR)
        .param("now", now())
        .param("id", id)
        .update();
  }

  OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
