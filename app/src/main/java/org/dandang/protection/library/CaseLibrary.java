package org.dandang.protection.library;

import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.dandang.protection.library.Traces.Kind;
import org.dandang.protection.library.Traces.Trace;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Makes cases from determined matters, publishes them, and finds them. */
@Component
public class CaseLibrary {
  static final int LONGEST_TITLE = 120;
  static final int LONGEST_TEXT = 20_000;
  private static final TypeReference<Map<String, String>> SAID = new TypeReference<>() {};
  private static final String READ =
      """
      select id, title, text, pack, situation, outcome, cast(answers as text) as said, year, state, why, left_in
        from protection.typical_case
      """;

  private final JdbcClient jdbc;
  private final Traces traces;
  private final Ledger ledger;
  private final JsonMapper json;
  private final Clock clock;
  private final CaseIndex index = new CaseIndex();
  private long held;

  CaseLibrary(JdbcClient jdbc, Traces traces, Ledger ledger, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.traces = traces;
    this.ledger = ledger;
    this.json = json;
    this.clock = clock;
  }

  /** A closed matter from which no case was made yet. */
  public record Source(long tolerance, long matter, String person, String outcome, LocalDate on) {}

  /** Determinations whose matter is over, from which a case could be made, the newest first. */
  public List<Source> sources(int most) {
    return jdbc.sql(
            """
            select t.id as tolerance, t.matter_id as matter, coalesce(s.label, '–') as person, t.outcome, t.decided_on as on
              from protection.tolerance t left join official.subject s on s.subject = t.official_id
              join platform.matter m on m.id = t.matter_id and m.state = 'ended'
             where not exists (select from protection.case_origin o where o.tolerance_id = t.id)
             order by t.decided_on desc, t.id desc limit ?
            """)
        .param(most)
        .query(Source.class)
        .list();
  }

  /** Begins a case with the words of a matter that is over; its number. */
  @Transactional
  public long begin(long tolerance, String actor) {
    record From(
        long matter,
        String pack,
        long official,
        long unit,
        @Nullable String situation,
        String outcome,
        String answers,
        String facts,
        int year) {}
    From from =
        jdbc.sql(
                """
                select t.matter_id as matter, t.pack, t.official_id as official, t.unit_id as unit, t.situation, t.outcome,
                       cast(t.answers as text) as answers, t.facts, extract(year from t.decided_on)::int as year
                  from protection.tolerance t join platform.matter m on m.id = t.matter_id and m.state = 'ended'
                 where t.id = ? and not exists (select from protection.case_origin o where o.tolerance_id = t.id)
                """)
            .param(tolerance)
            .query(From.class)
            .optional()
            .orElseThrow(() -> refused("no-source"));
    if (from.facts().isBlank()) {
      throw refused("no-words");
    }
    long id =
        jdbc.sql("select nextval(pg_get_serial_sequence('protection.typical_case', 'id'))")
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into protection.typical_case (id, title, text, pack, situation, outcome, answers, year, drafted_at, drafted_by)
            overriding system value
            values (:id, :title, :text, :pack, :situation, :outcome, cast(:answers as jsonb), :year, :now, :by)
            """)
        .param("id", id)
        .param(
            "title",
            from.facts()
                .lines()
                .findFirst()
                .orElseThrow()
                .codePoints()
                .limit(30)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString())
        .param("text", from.facts())
        .param("pack", from.pack())
        .param("situation", from.situation(), Types.VARCHAR)
        .param("outcome", from.outcome())
        .param("answers", from.answers())
        .param("year", from.year())
        .param("now", OffsetDateTime.now(clock))
        .param("by", actor)
        .update();
    jdbc.sql(
            """
            insert into protection.case_origin (case_id, tolerance_id, matter_id, official_id, unit_id) values (?, ?, ?, ?, ?)
            """)
        .params(id, tolerance, from.matter(), from.official(), from.unit())
        .update();
    note(actor, "case-begun", id);
    return id;
  }

  /** The unit a draft belongs to; empty for whoever may not see whom it was made from. */
  Optional<Long> unit(long id) {
    return jdbc.sql("select unit_id from protection.case_origin where case_id = ?")
        .param(id)
        .query(Long.class)
        .optional();
  }

  /** What is found in a draft of whom and where it is about. */
  List<Trace> traces(TypicalCase draft) {
    return traces.in(draft.title() + "\n" + draft.text(), parties(draft.id()));
  }

  /** Names that may never remain: of whom it was about and of who was to correct something. */
  private List<String> parties(long id) {
    return Sights.everything(
        () ->
            jdbc.sql(
                    """
                    select distinct i.name from protection.case_origin o
                      join official.identity i on i.official_id in (
                        select o.official_id union select t.official_id from protection.tolerance t where t.matter_id = o.matter_id
                        union select c.official_id from protection.correction_plan p
                                join protection.correction_item c on c.plan_id = p.id where p.matter_id = o.matter_id)
                     where o.case_id = ? and i.name is not null
                    """)
                .param(id)
                .query(String.class)
                .list());
  }

  /** Keeps a draft with what was chosen put in the place of what was found. */
  @Transactional
  public void save(
      long id, String title, String text, Map<String, String> replacements, String actor) {
    TypicalCase draft = draft(id);
    if (isReviewed(id)) {
      throw refused("reviewed");
    }
    String newTitle = title.strip();
    String newText = text.strip().replace("\r\n", "\n");
    List<Map.Entry<String, String>> longestFirst =
        replacements.entrySet().stream()
            .filter(one -> !one.getKey().isBlank())
            .sorted(Comparator.comparingInt(one -> -one.getKey().length()))
            .toList();
    for (Map.Entry<String, String> one : longestFirst) {
      newTitle = newTitle.replace(one.getKey(), one.getValue().strip());
      newText = newText.replace(one.getKey(), one.getValue().strip());
    }
    if (newTitle.isEmpty() || newTitle.length() > LONGEST_TITLE) {
      throw refused("title", LONGEST_TITLE);
    }
    if (newText.isEmpty() || newText.length() > LONGEST_TEXT) {
      throw refused("text", LONGEST_TEXT);
    }
    jdbc.sql(
            "update protection.typical_case set title = ?, text = ? where id = ? and state ="
                + " 'draft'")
        .params(newTitle, newText, draft.id())
        .update();
    note(actor, "case-kept", id);
  }

  /**
   * Keeps that what was found and stays in a draft tells nobody's identity, as a person confirms.
   *
   * @throws Refused when the name of a party is among it
   */
  @Transactional
  public void confirm(long id, Collection<String> stays, String actor) {
    TypicalCase draft = draft(id);
    if (parties(id).stream().anyMatch(stays::contains)) {
      throw refused("party-remains", String.join("、", stays));
    }
    if (stays.isEmpty()) {
      return;
    }
    TreeSet<String> all = new TreeSet<>(draft.leftIn());
    all.addAll(stays);
    jdbc.sql("update protection.typical_case set left_in = ? where id = ? and state = 'draft'")
        .params(all.toArray(String[]::new), id)
        .update();
    note(actor, "case-confirmed", id);
  }

  /**
   * A draft that nothing forbids to publish.
   *
   * @throws Refused when the name of a party remains, or something found that nobody confirmed
   */
  TypicalCase publishable(long id) {
    TypicalCase draft = draft(id);
    List<Trace> left = traces(draft);
    refuseLeft(left.stream().filter(trace -> trace.kind() == Kind.PARTY), "party-remains");
    refuseLeft(
        left.stream().filter(trace -> !draft.leftIn().contains(trace.text())), "not-confirmed");
    return draft;
  }

  private static void refuseLeft(Stream<Trace> left, String why) {
    String said = left.map(Trace::text).collect(Collectors.joining("、"));
    if (!said.isEmpty()) {
      throw refused(why, said);
    }
  }

  /** Keeps under which matter a draft is proposed; while it is reviewed nobody changes it. */
  void proposed(long id, long matter) {
    jdbc.sql("update protection.case_origin set publishing_id = ? where case_id = ?")
        .params(matter, id)
        .update();
  }

  private boolean isReviewed(long id) {
    return jdbc.sql(
            """
            select exists (select from protection.case_origin o
                             join platform.matter m on m.id = o.publishing_id and m.state in ('open', 'suspended')
                             join platform.matter_step s on s.matter_id = m.id and s.state = 'open' and not s.beginner
                            where o.case_id = ?)
            """)
        .param(id)
        .query(Boolean.class)
        .single();
  }

  /** Publishes a draft, in the transaction of the act that decided it. */
  void publish(Entered entered, long id) {
    publishable(id);
    jdbc.sql(
            """
            update protection.typical_case
               set state = 'published', published_on = ?, published_by = ?, why = ?, edition = ?
             where id = ? and state = 'draft'
            """)
        .params(
            entered.on(),
            entered.actor(),
            entered.answer("why-typical").orElse(""),
            nextEdition(),
            id)
        .update();
    note(entered.actor(), "case-published", id);
  }

  /**
   * Takes a published case back, so that it is neither found nor offered.
   *
   * @throws Refused when no reason is given, or whoever asks may not see whom it was made from
   */
  @Transactional
  public void takeBack(long id, String reason, String actor) {
    if (reason.isBlank() || reason.length() > LONGEST_TITLE) {
      throw refused("reason", LONGEST_TITLE);
    }
    if (unit(id).isEmpty()) {
      throw refused("no-case");
    }
    int taken =
        jdbc.sql(
                """
                update protection.typical_case set state = 'taken-back', why = ?, edition = ?
                 where id = ? and state = 'published'
                """)
            .params(reason.strip(), nextEdition(), id)
            .update();
    if (taken == 0) {
      throw refused("not-published");
    }
    ledger.append(
        actor,
        "case-taken-back",
        "typical-case",
        Long.toString(id),
        Map.of("reason", reason.strip()));
  }

  /** Editions follow each other in the order in which they are committed. */
  private long nextEdition() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('protection.case_edition'))").query(row -> {});
    return jdbc.sql("select nextval('protection.case_edition')").query(Long.class).single();
  }

  private TypicalCase draft(long id) {
    TypicalCase found = find(id).orElseThrow(() -> refused("no-case"));
    if (!found.state().equals("draft") || unit(id).isEmpty()) {
      throw refused("not-a-draft");
    }
    return found;
  }

  /** A case the reader may see. */
  public Optional<TypicalCase> find(long id) {
    return jdbc.sql(READ + " where id = ?").param(id).query(this::row).optional();
  }

  List<TypicalCase> drafts() {
    return jdbc.sql(READ + " where state = 'draft' order by id desc limit 200")
        .query(this::row)
        .list();
  }

  /** Published ones, the newest first. */
  public List<TypicalCase> published(int from, int most) {
    return jdbc.sql(
            READ
                + " where state = 'published' order by published_on desc, id desc limit ? offset ?")
        .params(most, from)
        .query(this::row)
        .list();
  }

  /** How many are published. */
  public int count() {
    return jdbc.sql("select count(*) from protection.typical_case where state = 'published'")
        .query(Integer.class)
        .single();
  }

  /** Published cases that have every word of a text, the best first. */
  public List<TypicalCase> search(String text, int most) {
    return read(index().find(text, most));
  }

  /** A published case like a matter, with why. */
  public record Similar(TypicalCase found, CaseIndex.Like why) {}

  /** The published cases most like a matter, with why. */
  public List<Similar> similar(
      @Nullable String situation, Map<String, String> answers, String text, int most) {
    List<CaseIndex.Like> likes = index().like(situation, answers, text, most);
    Map<Long, TypicalCase> found =
        read(likes.stream().map(CaseIndex.Like::id).toList()).stream()
            .collect(Collectors.toMap(TypicalCase::id, Function.identity()));
    return likes.stream()
        .filter(like -> found.containsKey(like.id()))
        .map(like -> new Similar(Objects.requireNonNull(found.get(like.id())), like))
        .toList();
  }

  private List<TypicalCase> read(List<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(
                READ
                    + " where id = any (:ids) and state = 'published' order by array_position(:ids,"
                    + " id)")
            .param("ids", ids.toArray(Long[]::new))
            .query(this::row)
            .list();
  }

  /** Lays out what was published since, before somebody asks. */
  void keepUp() {
    index();
  }

  /** The edition up to which cases are in the index. */
  synchronized long keptUpTo() {
    return held;
  }

  /** The index with all that is published now; only what changed since is read. */
  private synchronized CaseIndex index() {
    long now =
        Sights.everything(
            () ->
                jdbc.sql(
                        "select coalesce(max(edition), 0) from protection.typical_case where"
                            + " edition > 0")
                    .query(Long.class)
                    .single());
    if (now > held) {
      Sights.everywhere(
          () -> {
            try (Stream<TypicalCase> changed =
                jdbc
                    .sql(READ + " where edition > ? and edition <= ?")
                    .params(held, now)
                    .query(this::row)
                    .stream()) {
              changed.forEach(
                  one -> {
                    if (one.state().equals("published")) {
                      index.put(List.of(one));
                    } else {
                      index.remove(one.id());
                    }
                  });
            }
          });
      index.show();
      held = now;
    }
    return index;
  }

  private TypicalCase row(java.sql.ResultSet row, int number) throws java.sql.SQLException {
    Map<String, String> answers = json.readValue(row.getString("said"), SAID);
    return new TypicalCase(
        row.getLong("id"),
        row.getString("title"),
        row.getString("text"),
        row.getString("pack"),
        row.getString("situation"),
        row.getString("outcome"),
        answers,
        row.getInt("year"),
        row.getString("state"),
        row.getString("why"),
        Set.of((String[]) row.getArray("left_in").getArray()));
  }

  private void note(String actor, String action, long id) {
    ledger.append(actor, action, "typical-case", Long.toString(id), Map.of());
  }

  static Refused refused(String why, Object... values) {
    return new Refused("caselibrary", "case.refused." + why, values);
  }
}
