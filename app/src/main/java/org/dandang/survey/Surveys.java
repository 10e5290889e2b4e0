package org.dandang.survey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.dandang.platform.access.Reach;
import org.dandang.platform.ledger.Ledger;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.Part;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Figures;
import org.dandang.survey.instrument.Instrument;
import org.dandang.survey.instrument.Instrument.Secrecy;
import org.dandang.survey.instrument.InstrumentReader;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Votes and surveys, found and prepared. */
@Component
public class Surveys {
  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_ITEM = 300;

  private final JdbcClient jdbc;
  private final Packs packs;
  private final Ledger ledger;
  private final JsonMapper json;
  private final Clock clock;
  private final ZoneId zone;

  /** What open and closed ones ask; it does not change any more. */
  private final Map<Long, Asked> fixed = new ConcurrentHashMap<>();

  Surveys(
      JdbcClient jdbc,
      Packs packs,
      Ledger ledger,
      JsonMapper json,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.packs = packs;
    this.ledger = ledger;
    this.json = json;
    this.clock = clock;
    this.zone = zone;
  }

  /** A pack that holds an instrument. */
  public record Offered(Pack pack, Instrument instrument) {}

  /** The instruments that can be used today, by the ids of their packs. */
  public List<Offered> offered() {
    LocalDate today = LocalDate.now(clock.withZone(zone));
    List<Offered> offered = new ArrayList<>();
    for (Pack pack : packs.all()) {
      if (pack.inForce().covers(today) && pack.holds(Part.Instrument.class)) {
        instrument(pack).ifPresent(instrument -> offered.add(new Offered(pack, instrument)));
      }
    }
    return offered;
  }

  Pack pack(String id) {
    return packs.find(id).orElseThrow(() -> new SurveyProblem("no-pack", id));
  }

  private static Optional<Instrument> instrument(Pack pack) {
    return InstrumentReader.read(scheme(pack), pack.id(), finding -> {});
  }

  static String scheme(Pack pack) {
    try {
      return Files.readString(pack.folder().resolve(InstrumentReader.FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Begins a draft.
   *
   * @param unit whose vote it is; null: everybody's
   * @param secret where the instrument leaves it open; otherwise what it says holds
   * @throws SurveyProblem when the pack has no instrument or the title is none
   */
  @Transactional
  public long begin(String pack, String title, @Nullable Long unit, boolean secret, String actor) {
    Instrument instrument =
        packs
            .find(pack)
            .filter(known -> known.holds(Part.Instrument.class))
            .flatMap(Surveys::instrument)
            .orElseThrow(() -> new SurveyProblem("no-pack", pack));
    long id =
        jdbc.sql(
                "insert into survey.survey (pack, title, unit_id, secret, created_at, created_by)"
                    + " values (:pack, :title, :unit, :secret, :at, :by) returning id")
            .param("pack", pack)
            .param("title", checked(title))
            .param("unit", unit, Types.BIGINT)
            .param("secret", secrecy(instrument, secret))
            .param("at", now())
            .param("by", actor)
            .query(Long.class)
            .single();
    ledger.append(actor, "survey-begun", "survey", Long.toString(id), Map.of("pack", pack));
    return id;
  }

  /**
   * Changes a draft.
   *
   * @param items texts of each list; a list that is not named stays
   * @throws SurveyProblem when it is no draft any more, or what was entered does not do
   */
  @Transactional
  public void change(
      long id,
      String title,
      boolean secret,
      Map<String, List<String>> items,
      @Nullable OffsetDateTime opens,
      @Nullable OffsetDateTime closes,
      String actor) {
    Survey survey = locked(id);
    if (survey.state() != Survey.State.DRAFT) {
      throw new SurveyProblem("no-draft");
    }
    if (opens != null && closes != null && !closes.isAfter(opens)) {
      throw new SurveyProblem("ends-before");
    }
    Instrument instrument = asked(survey).instrument();
    jdbc.sql(
            "update survey.survey set title = :title, secret = :secret, opens_at = :opens,"
                + " closes_at = :closes where id = :id")
        .param("title", checked(title))
        .param("secret", secrecy(instrument, secret))
        .param("opens", opens, Types.TIMESTAMP_WITH_TIMEZONE)
        .param("closes", closes, Types.TIMESTAMP_WITH_TIMEZONE)
        .param("id", id)
        .update();
    items.forEach(
        (list, texts) -> {
          Instrument.ItemList known = instrument.lists().get(list);
          if (known != null) {
            fill(id, known, texts);
          }
        });
    ledger.append(actor, "survey-changed", "survey", Long.toString(id), Map.of());
  }

  private void fill(long id, Instrument.ItemList list, List<String> texts) {
    List<String> clean =
        texts.stream()
            .map(text -> text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
            .filter(text -> !text.isEmpty())
            .distinct()
            .toList();
    String title = list.title().in("zh-CN");
    if (clean.size() > list.most()) {
      throw new SurveyProblem("items-many", title, list.most());
    }
    clean.stream()
        .filter(text -> text.length() > LONGEST_ITEM)
        .findFirst()
        .ifPresent(
            text -> {
              throw new SurveyProblem("item-long", text.substring(0, 20), LONGEST_ITEM);
            });
    jdbc.sql("delete from survey.item where survey_id = ? and list = ?")
        .params(id, list.id())
        .update();
    jdbc.sql(
            """
            insert into survey.item (survey_id, list, number, text)
            select :id, :list, t.number, t.text from unnest(cast(:texts as text[])) with ordinality as t (text, number)
            """)
        .param("id", id)
        .param("list", list.id())
        .param("texts", clean.toArray(String[]::new))
        .update();
  }

  private static String checked(String title) {
    String clean = title.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (clean.isEmpty() || clean.length() > LONGEST_TITLE) {
      throw new SurveyProblem("title", LONGEST_TITLE);
    }
    return clean;
  }

  private static boolean secrecy(Instrument instrument, boolean chosen) {
    return switch (instrument.secrecy()) {
      case SECRET -> true;
      case NAMED -> false;
      case EITHER -> chosen;
    };
  }

  /** Whether whoever prepares it may choose between names and secrecy. */
  static boolean chooses(Instrument instrument) {
    return instrument.secrecy() == Secrecy.EITHER;
  }

  public Optional<Survey> find(long id) {
    return jdbc.sql("select * from survey.survey where id = ?")
        .param(id)
        .query(Surveys::survey)
        .optional();
  }

  /** The same, and nobody changes it until the transaction ends. */
  Survey locked(long id) {
    return jdbc.sql("select * from survey.survey where id = ? for update")
        .param(id)
        .query(Surveys::survey)
        .optional()
        .orElseThrow(() -> new SurveyProblem("not-there"));
  }

  private static final String WITHIN =
      "(:everywhere or s.unit_id = any (:units)) and s.id <> all (:closed)";

  /**
   * Surveys, newest first.
   *
   * @param reach what the reader runs
   * @param state null for all
   */
  List<Survey> list(Reach reach, Survey.@Nullable State state, int offset, int most) {
    return jdbc.sql(
            """
            select * from survey.survey s where (cast(:state as text) is null or state = :state) and
            """
                + WITHIN
                + " order by id desc offset :offset limit :most")
        .params(within(reach))
        .param("state", state == null ? null : state.word())
        .param("offset", offset)
        .param("most", most)
        .query(Surveys::survey)
        .list();
  }

  /** How many there are in each state. */
  Map<Survey.State, Long> states(Reach reach) {
    Map<Survey.State, Long> states = new LinkedHashMap<>();
    jdbc.sql(
            "select state, count(*) as number from survey.survey s where "
                + WITHIN
                + " group by state")
        .params(within(reach))
        .query(
            row -> {
              states.put(state(row.getString("state")), row.getLong("number"));
            });
    return states;
  }

  private static Map<String, ?> within(Reach reach) {
    return Map.of(
        "everywhere", reach.everywhere(),
        "units", reach.unitNumbers(),
        "closed", reach.closedNumbers());
  }

  /** Open ones whose time is over. */
  List<Long> over() {
    return jdbc.sql("select id from survey.survey where state = 'open' and closes_at <= ?")
        .param(now())
        .query(Long.class)
        .list();
  }

  /** What it asks: its instrument, by the pack while it is a draft, and its lists. */
  public Asked asked(Survey survey) {
    if (survey.scheme() == null) {
      Instrument instrument =
          instrument(pack(survey.pack()))
              .orElseThrow(() -> new SurveyProblem("broken-pack", survey.pack()));
      return new Asked(instrument, items(survey.id()));
    }
    Asked known = fixed.get(survey.id());
    if (known == null) {
      known =
          new Asked(
              InstrumentReader.read(survey.scheme(), survey.pack(), finding -> {})
                  .orElseThrow(() -> new SurveyProblem("broken-pack", survey.pack())),
              items(survey.id()));
      fixed.put(survey.id(), known);
    }
    return known;
  }

  private Map<String, List<String>> items(long id) {
    Map<String, List<String>> items = new LinkedHashMap<>();
    jdbc.sql("select list, text from survey.item where survey_id = ? order by list, number")
        .param(id)
        .query(
            row -> {
              items
                  .computeIfAbsent(row.getString("list"), list -> new ArrayList<>())
                  .add(row.getString("text"));
            });
    return items;
  }

  /** The figures its rules are written in: those of its opening, or of today. */
  Figures figures(Survey survey, Asked asked) {
    return survey.figures() == null
        ? Figures.on(pack(survey.pack()), asked.instrument(), LocalDate.now(clock.withZone(zone)))
        : json.readValue(survey.figures(), Figures.class);
  }

  OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  static Survey.State state(String word) {
    return Arrays.stream(Survey.State.values())
        .filter(state -> state.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow();
  }

  private static Survey survey(ResultSet row, int number) throws SQLException {
    return new Survey(
        row.getLong("id"),
        row.getString("pack"),
        row.getString("title"),
        row.getObject("unit_id", Long.class),
        row.getBoolean("secret"),
        state(row.getString("state")),
        row.getObject("opens_at", OffsetDateTime.class),
        row.getObject("closes_at", OffsetDateTime.class),
        row.getString("scheme"),
        row.getString("scheme_hash"),
        row.getString("figures"),
        row.getObject("pool", UUID.class),
        row.getObject("created_at", OffsetDateTime.class),
        row.getString("created_by"),
        row.getObject("opened_at", OffsetDateTime.class),
        row.getString("opened_by"),
        row.getObject("closed_at", OffsetDateTime.class),
        row.getString("closed_by"),
        row.getString("ended_early"));
  }
}
