package org.dandang.survey;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dandang.platform.ledger.Ledger;
import org.dandang.survey.count.Answering;
import org.dandang.survey.instrument.Asked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ballots on paper: piles from the box, each entered twice by two people; where the entries differ
 * the sheet is looked at again. The piles of a group must be as many as were handed out less those
 * that came back unused.
 */
@Component
public class PaperBallots {
  private final JdbcClient jdbc;
  private final Surveys surveys;
  private final Ledger ledger;
  private final JsonMapper json;

  PaperBallots(JdbcClient jdbc, Surveys surveys, Ledger ledger, JsonMapper json) {
    this.jdbc = jdbc;
    this.surveys = surveys;
    this.ledger = ledger;
    this.json = json;
  }

  /**
   * The paper of a group.
   *
   * @param voters who vote on paper
   * @param handed null until it was recorded
   * @param entered sheets in settled batches
   */
  public record Group(
      String group, long voters, @Nullable Integer handed, @Nullable Integer unused, long entered) {
    /** How many must lie in the box. */
    public long expected() {
      return handed == null || unused == null ? -1 : handed - unused;
    }

    public boolean adds() {
      return entered == expected();
    }
  }

  /** A pile. */
  public record Batch(
      long id,
      long survey,
      String group,
      int sheets,
      String begunBy,
      OffsetDateTime begunAt,
      @Nullable String firstBy,
      @Nullable String secondBy,
      @Nullable OffsetDateTime settledAt) {}

  /** What was entered of one sheet. */
  public record Sheet(boolean spoilt, Map<String, String> answers) {
    public Sheet {
      answers = Map.copyOf(answers);
    }
  }

  /** A settled sheet, ready to be counted. */
  record Settled(String group, Map<String, String> answers) {}

  /** A sheet whose two entries differ. */
  public record Difference(int sheet, Sheet first, Sheet second) {}

  List<Group> groups(long survey) {
    return jdbc.sql(
            """
            select v.grp, v.voters, h.handed, h.unused, coalesce(b.sheets, 0) as entered
              from (select grp, count(*) as voters from survey.voter
                     where survey_id = :survey and paper and recused_at is null group by grp) v
              left join survey.paper_handed h on h.survey_id = :survey and h.grp = v.grp
              left join (select grp, sum(sheets) as sheets from survey.paper_batch
                          where survey_id = :survey and settled_at is not null group by grp) b on b.grp = v.grp
             order by v.grp
            """)
        .param("survey", survey)
        .query(
            (row, number) ->
                new Group(
                    row.getString("grp"),
                    row.getLong("voters"),
                    row.getObject("handed", Integer.class),
                    row.getObject("unused", Integer.class),
                    row.getLong("entered")))
        .list();
  }

  List<Batch> batches(long survey) {
    return batches("b.survey_id = ?", survey);
  }

  Optional<Batch> batch(long id) {
    return batches("b.id = ?", id).stream().findFirst();
  }

  private List<Batch> batches(String where, long id) {
    return jdbc.sql(
            """
            select b.*,
                   (select min(s.entered_by) from survey.paper_sheet s where s.batch_id = b.id and s.entry = 1) as first_by,
                   (select min(s.entered_by) from survey.paper_sheet s where s.batch_id = b.id and s.entry = 2) as second_by
              from survey.paper_batch b
            """
                + " where "
                + where
                + " order by b.id")
        .param(id)
        .query(
            (row, number) ->
                new Batch(
                    row.getLong("id"),
                    row.getLong("survey_id"),
                    row.getString("grp"),
                    row.getInt("sheets"),
                    row.getString("begun_by"),
                    row.getObject("begun_at", OffsetDateTime.class),
                    row.getString("first_by"),
                    row.getString("second_by"),
                    row.getObject("settled_at", OffsetDateTime.class)))
        .list();
  }

  /** Records how many ballots were handed out to a group and how many came back unused. */
  @Transactional
  public void handed(long survey, String group, int handed, int unused, String actor) {
    takesPaper(survey);
    long voters =
        groups(survey).stream()
            .filter(one -> one.group().equals(group))
            .findFirst()
            .orElseThrow(() -> new SurveyProblem("no-paper"))
            .voters();
    if (unused < 0 || handed < unused || handed > voters) {
      throw new SurveyProblem("handed", voters);
    }
    jdbc.sql(
            """
            insert into survey.paper_handed (survey_id, grp, handed, unused, recorded_by, recorded_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (survey_id, grp) do update set handed = excluded.handed, unused = excluded.unused,
              recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at
            """)
        .params(survey, group, handed, unused, actor, surveys.now())
        .update();
    ledger.append(
        actor,
        "paper-handed",
        "survey",
        Long.toString(survey),
        Map.of("group", group, "handed", handed, "unused", unused));
  }

  /** Begins a pile; returns its number. */
  @Transactional
  public long begin(long survey, String group, int sheets, String actor) {
    takesPaper(survey);
    Group paper =
        groups(survey).stream()
            .filter(one -> one.group().equals(group))
            .findFirst()
            .orElseThrow(() -> new SurveyProblem("no-paper"));
    if (sheets < 1 || sheets > 200) {
      throw new SurveyProblem("batch-size", 200);
    }
    long begun =
        jdbc.sql(
                "select coalesce(sum(sheets), 0) from survey.paper_batch where survey_id = ? and"
                    + " grp = ?")
            .params(survey, group)
            .query(Long.class)
            .single();
    if (begun + sheets > (paper.expected() < 0 ? paper.voters() : paper.expected())) {
      throw new SurveyProblem("too-many-sheets", begun + sheets);
    }
    long id =
        jdbc.sql(
                "insert into survey.paper_batch (survey_id, grp, sheets, begun_by, begun_at) values"
                    + " (?, ?, ?, ?, ?) returning id")
            .params(survey, group, sheets, actor, surveys.now())
            .query(Long.class)
            .single();
    ledger.append(
        actor, "paper-batch-begun", "survey", Long.toString(survey), Map.of("sheets", sheets));
    return id;
  }

  /**
   * Takes in the whole of a pile, as the first or the second of two people. An entry made twice by
   * the same person takes the place of the earlier one as long as the pile is not settled.
   *
   * @param sheets one for each sheet, in the order of the pile
   * @return whether the pile is settled: both entries are there and equal
   */
  @Transactional
  public boolean enter(long batch, List<Sheet> sheets, String actor) {
    Batch pile = locked(batch);
    takesPaper(pile.survey());
    if (pile.settledAt() != null) {
      throw new SurveyProblem("batch-settled");
    }
    if (sheets.size() != pile.sheets()) {
      throw new SurveyProblem("sheets", pile.sheets(), sheets.size());
    }
    int entry = entryOf(pile, actor);
    jdbc.sql("delete from survey.paper_sheet where batch_id = ? and (entry = ? or entry = 3)")
        .params(batch, entry)
        .update();
    for (int i = 0; i < sheets.size(); i++) {
      store(batch, entry, i + 1, sheets.get(i), actor);
    }
    ledger.append(
        actor,
        "paper-entered",
        "survey",
        Long.toString(pile.survey()),
        Map.of("batch", batch, "entry", entry));
    return settle(batch, actor);
  }

  private static int entryOf(Batch pile, String actor) {
    if (pile.firstBy() == null || actor.equals(pile.firstBy())) {
      return 1;
    }
    if (pile.secondBy() == null || actor.equals(pile.secondBy())) {
      return 2;
    }
    throw new SurveyProblem("two-people", pile.firstBy(), pile.secondBy());
  }

  /** The sheets whose two entries differ and were not looked at again. */
  List<Difference> differences(long batch) {
    Map<Integer, Sheet> first = sheets(batch, 1);
    Map<Integer, Sheet> second = sheets(batch, 2);
    Map<Integer, Sheet> settled = sheets(batch, 3);
    List<Difference> differences = new ArrayList<>();
    first.forEach(
        (number, sheet) -> {
          Sheet other = second.get(number);
          if (other != null && !other.equals(sheet) && !settled.containsKey(number)) {
            differences.add(new Difference(number, sheet, other));
          }
        });
    return differences;
  }

  /**
   * Says which of two entries is what the sheet says.
   *
   * @param entry 1 or 2
   * @return whether the pile is settled now
   */
  @Transactional
  public boolean choose(long batch, int sheet, int entry, String actor) {
    Batch pile = locked(batch);
    takesPaper(pile.survey());
    Sheet chosen = sheets(batch, entry).get(sheet);
    if (pile.settledAt() != null
        || chosen == null
        || entry > 2
        || differences(batch).stream().noneMatch(one -> one.sheet() == sheet)) {
      throw new SurveyProblem("batch-settled");
    }
    store(batch, 3, sheet, chosen, actor);
    ledger.append(
        actor,
        "paper-difference-settled",
        "survey",
        Long.toString(pile.survey()),
        Map.of("batch", batch, "sheet", sheet, "entry", entry));
    return settle(batch, actor);
  }

  private boolean settle(long batch, String actor) {
    Batch pile = batch(batch).orElseThrow();
    if (pile.firstBy() == null || pile.secondBy() == null || !differences(batch).isEmpty()) {
      return false;
    }
    jdbc.sql("update survey.paper_batch set settled_by = ?, settled_at = ? where id = ?")
        .params(actor, surveys.now(), batch)
        .update();
    ledger.append(
        actor, "paper-settled", "survey", Long.toString(pile.survey()), Map.of("batch", batch));
    return true;
  }

  private void store(long batch, int entry, int number, Sheet sheet, String actor) {
    jdbc.sql(
            """
            insert into survey.paper_sheet (batch_id, entry, sheet, spoilt, answers, entered_by, entered_at)
            values (?, ?, ?, ?, cast(? as jsonb), ?, ?)
            """)
        .params(
            batch,
            entry,
            number,
            sheet.spoilt(),
            json.writeValueAsString(sheet.spoilt() ? Map.of() : new TreeMap<>(sheet.answers())),
            actor,
            surveys.now())
        .update();
  }

  /** The sheets of an entry by their number. */
  Map<Integer, Sheet> sheets(long batch, int entry) {
    Map<Integer, Sheet> sheets = new TreeMap<>();
    jdbc.sql("select * from survey.paper_sheet where batch_id = ? and entry = ?")
        .params(batch, entry)
        .query(
            row -> {
              sheets.put(
                  row.getInt("sheet"),
                  new Sheet(row.getBoolean("spoilt"), answers(row.getString("answers"))));
            });
    return sheets;
  }

  @SuppressWarnings("unchecked")
  private Map<String, String> answers(String stored) {
    return new LinkedHashMap<>((Map<String, String>) json.readValue(stored, Map.class));
  }

  /** The sheets of all settled piles that can be counted, each with its group. */
  List<Settled> settled(long survey) {
    return jdbc.sql(SETTLED + "select grp, answers from sheets where not spoilt")
        .param("survey", survey)
        .query(
            (row, number) -> new Settled(row.getString("grp"), answers(row.getString("answers"))))
        .list();
  }

  /** Of all settled sheets: how many there are, and how many are spoilt. */
  long[] counts(long survey) {
    return jdbc.sql(SETTLED + "select count(*), count(*) filter (where spoilt) from sheets")
        .param("survey", survey)
        .query((row, number) -> new long[] {row.getLong(1), row.getLong(2)})
        .single();
  }

  private static final String SETTLED =
      """
      with sheets as (
        select distinct on (s.batch_id, s.sheet) b.grp, s.spoilt, s.answers
          from survey.paper_sheet s join survey.paper_batch b on b.id = s.batch_id and b.settled_at is not null
         where b.survey_id = :survey order by s.batch_id, s.sheet, s.entry desc)
      """;

  /** What is entered is gone once it is counted: the answers stand among all others by then. */
  @Transactional(propagation = Propagation.MANDATORY)
  void clear(long survey) {
    jdbc.sql(
            "delete from survey.paper_sheet using survey.paper_batch b where b.id = batch_id and"
                + " b.survey_id = ?")
        .param(survey)
        .update();
  }

  /** Reads the sheets of a form: {@code s.N.spoilt} and the fields of the questions after it. */
  List<Sheet> read(Asked asked, int sheets, Map<String, List<String>> fields) {
    Answering answering = new Answering(asked);
    List<Sheet> read = new ArrayList<>();
    for (int number = 1; number <= sheets; number++) {
      String prefix = "s." + number + ".";
      Map<String, List<String>> own = new LinkedHashMap<>();
      fields.forEach(
          (name, values) -> {
            if (name.startsWith(prefix)) {
              own.put(name.substring(prefix.length()), values);
            }
          });
      boolean spoilt = own.containsKey("spoilt");
      read.add(new Sheet(spoilt, spoilt ? Map.of() : answering.readLoosely(own)));
    }
    return read;
  }

  private Batch locked(long batch) {
    jdbc.sql("select 1 from survey.paper_batch where id = ? for update")
        .param(batch)
        .query(row -> {});
    return batch(batch).orElseThrow(() -> new SurveyProblem("not-there"));
  }

  private void takesPaper(long survey) {
    Survey known = surveys.find(survey).orElseThrow(() -> new SurveyProblem("not-there"));
    if (known.state() != Survey.State.CLOSED && known.state() != Survey.State.OPEN) {
      throw new SurveyProblem("no-paper");
    }
  }
}
