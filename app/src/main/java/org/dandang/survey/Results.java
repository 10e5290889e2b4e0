package org.dandang.survey;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.dandang.platform.ledger.Ledger;
import org.dandang.survey.ballot.PoolKeys;
import org.dandang.survey.count.Bulletin;
import org.dandang.survey.count.Count;
import org.dandang.survey.count.Counting;
import org.dandang.survey.count.Counts;
import org.dandang.survey.count.Turnout;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Figures;
import org.dandang.survey.instrument.Question;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Counts closed votes, keeps the result and counts again whenever it is shown. */
@Component
public class Results {
  private static final int SHORTEST_REASON = 4;

  private final JdbcClient jdbc;
  private final Surveys surveys;
  private final Electorates electorates;
  private final PaperBallots paper;
  private final Mixing mixing;
  private final PoolKeys keys;
  private final Ledger ledger;
  private final JsonMapper json;
  private final TransactionTemplate transaction;

  Results(
      JdbcClient jdbc,
      Surveys surveys,
      Electorates electorates,
      PaperBallots paper,
      Mixing mixing,
      PoolKeys keys,
      Ledger ledger,
      JsonMapper json,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.surveys = surveys;
    this.electorates = electorates;
    this.paper = paper;
    this.mixing = mixing;
    this.keys = keys;
    this.ledger = ledger;
    this.json = json;
    this.transaction = transaction;
  }

  /** How a tie was settled. */
  public record SettledTie(
      String question, String decision, String reason, String by, OffsetDateTime at) {}

  /**
   * Counts a closed vote.
   *
   * @throws SurveyProblem while paper is still to be entered or does not add up
   */
  public Counts count(long id, String actor) {
    AtomicReference<@Nullable UUID> done = new AtomicReference<>();
    Counts counts =
        transaction.execute(
            status -> {
              Survey survey = surveys.locked(id);
              if (survey.state() != Survey.State.CLOSED) {
                throw new SurveyProblem(
                    survey.state() == Survey.State.COUNTED ? "counted" : "not-closed");
              }
              long onPaper = 0;
              long spoilt = 0;
              if (electorates.size(id).paper() > 0) {
                refuseWhatDoesNotAdd(id);
                long[] sheets = paper.counts(id);
                onPaper = sheets[0];
                spoilt = sheets[1];
                mixing.mix(survey);
                paper.clear(id);
                done.set(survey.pool());
              }
              Asked asked = surveys.asked(survey);
              Figures figures = surveys.figures(survey, asked);
              Turnout turnout =
                  new Turnout(electorates.size(id).due(), received(survey), onPaper, spoilt);
              boolean withheld =
                  survey.secret() && turnout.valid() < figures.smallestGroup(asked.instrument());
              Counts counted = new Counting(asked, figures).count(turnout, answers(survey, null));
              record(survey, counted, withheld, actor);
              return counted;
            });
    UUID pool = done.get();
    if (pool != null) {
      keys.destroy(pool);
    }
    return counts;
  }

  private void refuseWhatDoesNotAdd(long survey) {
    for (PaperBallots.Batch batch : paper.batches(survey)) {
      if (batch.settledAt() == null) {
        throw new SurveyProblem("batch-open", batch.id());
      }
    }
    for (PaperBallots.Group group : paper.groups(survey)) {
      if (group.handed() == null) {
        throw new SurveyProblem("not-handed");
      }
      if (!group.adds()) {
        throw new SurveyProblem("does-not-add", group.expected(), group.entered());
      }
    }
  }

  private void record(Survey survey, Counts counts, boolean withheld, String actor) {
    long id = survey.id();
    String hash = Opening.hash(published(survey));
    jdbc.sql(
            """
            insert into survey.result (survey_id, counted_at, counted_by, due, electronic, paper, spoilt, withheld, groups, figures, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb), ?)
            """)
        .params(
            id,
            surveys.now(),
            actor,
            counts.turnout().due(),
            counts.turnout().electronic(),
            counts.turnout().paper(),
            counts.turnout().spoilt(),
            withheld,
            json.writeValueAsString(groups(survey)),
            json.writeValueAsString(counts.figures()),
            hash)
        .update();
    jdbc.sql("update survey.survey set state = 'counted' where id = ?").param(id).update();
    ledger.append(
        actor,
        "survey-counted",
        "survey",
        Long.toString(id),
        Map.of(
            "due",
            counts.turnout().due(),
            "present",
            counts.turnout().present(),
            "spoilt",
            counts.turnout().spoilt(),
            "ballots",
            hash));
  }

  private long received(Survey survey) {
    return jdbc.sql(
            survey.secret()
                ? "select count(*) from survey.receipt where survey_id = ?"
                : "select count(*) from survey.named_ballot where survey_id = ? and superseded_at"
                    + " is null")
        .param(survey.id())
        .query(Long.class)
        .single();
  }

  /** Groups with answers that may be shown, with how many ballots answered most of all. */
  private Map<String, Long> groups(Survey survey) {
    Map<String, Long> groups = new TreeMap<>();
    answersByGroup(survey)
        .forEach(
            (group, questions) ->
                groups.put(
                    group,
                    questions.values().stream()
                        .mapToLong(
                            given -> given.values().stream().mapToLong(Long::longValue).sum())
                        .max()
                        .orElse(0)));
    return groups;
  }

  /** How often each answer was given, by question. */
  Map<String, Map<String, Long>> answers(Survey survey, @Nullable String group) {
    if (group != null) {
      return answersByGroup(survey).getOrDefault(group, Map.of());
    }
    Map<String, Map<String, Long>> answers = new LinkedHashMap<>();
    rows(survey)
        .forEach(
            row ->
                answers
                    .computeIfAbsent(row.question(), question -> new LinkedHashMap<>())
                    .merge(row.answer(), row.number(), Long::sum));
    return answers;
  }

  private Map<String, Map<String, Map<String, Long>>> answersByGroup(Survey survey) {
    Map<String, Map<String, Map<String, Long>>> groups = new TreeMap<>();
    rows(survey).stream()
        .filter(row -> !row.group().isEmpty())
        .forEach(
            row ->
                groups
                    .computeIfAbsent(row.group(), group -> new LinkedHashMap<>())
                    .computeIfAbsent(row.question(), question -> new LinkedHashMap<>())
                    .merge(row.answer(), row.number(), Long::sum));
    return groups;
  }

  /** An answer and how often it was given in a group. */
  public record Row(String question, String group, String answer, long number) {}

  /** In a fixed order. */
  List<Row> rows(Survey survey) {
    return jdbc.sql(
            """
            select question, grp as "group", answer, count(*) as number from (%s) as given
             group by question, grp, answer
             order by question collate "C", grp collate "C", answer collate "C"
            """
                .formatted(
                    survey.secret()
                        ? "select question, coalesce(grp, '') as grp, answer from survey.answer"
                            + " where survey_id = ?"
                        : """
                        select a.key as question, v.grp, a.value as answer
                          from survey.named_ballot b
                          join survey.voter v on v.survey_id = b.survey_id and v.official_id = b.official_id,
                               jsonb_each_text(b.answers) a
                         where b.survey_id = ? and b.superseded_at is null
                        """))
        .param(survey.id())
        .query(Row.class)
        .list();
  }

  /**
   * The answers to a question that hold a part, or all.
   *
   * @param part an option, a step, a voice or a person, as an answer writes it; empty for all
   * @param group empty for everybody
   */
  List<Row> with(Survey survey, String question, String part, String group) {
    return rows(survey).stream()
        .filter(row -> row.question().equals(question))
        .filter(row -> group.isEmpty() || row.group().equals(group))
        .filter(row -> holds(row.answer(), part))
        .toList();
  }

  /** Who answered so, in a vote with names. */
  public record NamedAnswer(String name, String unit, String answer) {}

  List<NamedAnswer> named(Survey survey, String question, String part, String group) {
    return jdbc
        .sql(
            """
            select v.name, v.unit, b.answers ->> :question as answer
              from survey.named_ballot b
              join survey.voter v on v.survey_id = b.survey_id and v.official_id = b.official_id
             where b.survey_id = :survey and b.superseded_at is null and (:grp = '' or v.grp = :grp)
               and b.answers ->> :question is not null
             order by v.unit, v.name
            """)
        .param("question", question)
        .param("survey", survey.id())
        .param("grp", group)
        .query(NamedAnswer.class)
        .list()
        .stream()
        .filter(row -> holds(row.answer(), part))
        .toList();
  }

  private static boolean holds(String answer, String part) {
    return part.isEmpty() || List.of(answer.split("\\|")).contains(part);
  }

  /** The codes of the ballots that are counted. */
  List<String> receipts(long survey) {
    return jdbc.sql("select code from survey.receipt where survey_id = ? order by code")
        .param(survey)
        .query(String.class)
        .list();
  }

  /**
   * The published ballots as lines: {@code receipt TAB code}, then {@code answer TAB question TAB
   * group TAB number TAB answer}. Written words are left out.
   */
  String published(Survey survey) {
    Asked asked = surveys.asked(survey);
    List<String> lines = new ArrayList<>();
    receipts(survey.id()).forEach(code -> lines.add("receipt\t" + code));
    for (Row row : rows(survey)) {
      boolean words =
          asked
              .find(row.question())
              .map(one -> one.question().kind())
              .filter(Question.Text.class::isInstance)
              .isPresent();
      if (!words) {
        lines.add(
            "answer\t%s\t%s\t%d\t%s"
                .formatted(row.question(), row.group(), row.number(), row.answer()));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /** The published ballots with what is needed to count them again, as a file. */
  String bulletin(Survey survey, RecordedResult recorded) {
    Asked asked = surveys.asked(survey);
    return new Bulletin.About(
                survey.id(),
                survey.title(),
                survey.secret(),
                recorded.withheld(),
                recorded.turnout(),
                asked.items(),
                surveys.figures(survey, asked),
                Objects.requireNonNull(survey.scheme()),
                recorded.hash())
            .line()
        + published(survey);
  }

  @SuppressWarnings("unchecked")
  Optional<RecordedResult> recorded(long survey) {
    return jdbc.sql("select * from survey.result where survey_id = ?")
        .param(survey)
        .query(
            (row, number) -> {
              Map<String, Long> groups = new TreeMap<>();
              ((Map<String, Number>) json.readValue(row.getString("groups"), Map.class))
                  .forEach((group, ballots) -> groups.put(group, ballots.longValue()));
              return new RecordedResult(
                  row.getObject("counted_at", OffsetDateTime.class),
                  row.getString("counted_by"),
                  new Turnout(
                      row.getLong("due"),
                      row.getLong("electronic"),
                      row.getLong("paper"),
                      row.getLong("spoilt")),
                  row.getBoolean("withheld"),
                  groups,
                  (Map<String, Map<String, String>>)
                      json.readValue(row.getString("figures"), Map.class),
                  row.getString("hash"));
            })
        .optional();
  }

  /** Counts the ballots of a counted vote again, of everybody or of a group that may be shown. */
  Counts again(Survey survey, RecordedResult recorded, String group) {
    Asked asked = surveys.asked(survey);
    Turnout turnout = recorded.turnout();
    if (!group.isEmpty()) {
      long ballots = recorded.groups().getOrDefault(group, 0L);
      turnout = new Turnout(ballots, ballots, 0, 0);
    }
    return new Counting(asked, surveys.figures(survey, asked))
        .count(turnout, answers(survey, group.isEmpty() ? null : group));
  }

  /** Whether counting again gives what was recorded, and the ballots are those of then. */
  boolean holds(Survey survey, RecordedResult recorded) {
    return recorded.hash().equals(Opening.hash(published(survey)))
        && again(survey, recorded, "").figures().equals(recorded.figures());
  }

  List<SettledTie> settledTies(long survey) {
    return jdbc.sql("select * from survey.settled_tie where survey_id = ? order by id")
        .param(survey)
        .query(
            (row, number) ->
                new SettledTie(
                    row.getString("question"),
                    row.getString("decision"),
                    row.getString("reason"),
                    row.getString("decided_by"),
                    row.getObject("decided_at", OffsetDateTime.class)))
        .list();
  }

  /** Records what people decided where votes are equal. */
  @Transactional
  public void settleTie(long id, String question, String decision, String reason, String actor) {
    Survey survey = surveys.find(id).orElseThrow(() -> new SurveyProblem("not-there"));
    RecordedResult recorded = recorded(id).orElseThrow(() -> new SurveyProblem("not-closed"));
    boolean tied =
        again(survey, recorded, "").ties().stream()
            .map(Count::one)
            .anyMatch(one -> one.key().equals(question));
    if (!tied) {
      throw new SurveyProblem("no-tie");
    }
    if (decision.isBlank() || reason.strip().length() < SHORTEST_REASON) {
      throw new SurveyProblem("reason");
    }
    int stored =
        jdbc.sql(
                """
                insert into survey.settled_tie (survey_id, question, decision, reason, decided_by, decided_at)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(id, question, decision.strip(), reason.strip(), actor, surveys.now())
            .update();
    if (stored == 0) {
      throw new SurveyProblem("tie-settled");
    }
    ledger.append(actor, "tie-settled", "survey", Long.toString(id), Map.of("question", question));
  }
}
