package org.dandang.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.survey.PaperBallots.Sheet;
import org.dandang.survey.ballot.PoolKeys;
import org.dandang.survey.count.Counts;
import org.dandang.survey.count.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Paper entered by two people, counted together with what came from browsers. */
@DandangTest
class PaperBallotTests {
  private static final Map<String, List<String>> MATTER = Map.of("matters", List.of("一号事项"));
  private static final Sheet FOR = new Sheet(false, Map.of("matter.1", "for"));
  private static final Sheet AGAINST = new Sheet(false, Map.of("matter.1", "against"));
  private static final Sheet SPOILT = new Sheet(true, Map.of());

  @Autowired JdbcClient jdbc;
  @Autowired Surveys surveys;
  @Autowired Electorates electorates;
  @Autowired Opening opening;
  @Autowired Collecting collecting;
  @Autowired Casting casting;
  @Autowired Closing closing;
  @Autowired Results results;
  @Autowired PaperBallots paper;
  @Autowired PoolKeys keys;
  @Autowired Clock clock;

  private Votes votes;

  @BeforeEach
  void prepare() {
    votes = new Votes(jdbc, surveys, electorates, opening, collecting, casting, clock);
  }

  /** Six vote in browsers and eight on paper. */
  private long open() {
    List<String> officials = votes.officials(14);
    long id = votes.draft("national/panel-vote", true, MATTER, officials.subList(0, 6));
    electorates.addNamed(id, String.join("\n", officials.subList(6, 14)), true, "test");
    opening.open(id, "test");
    return id;
  }

  @Test
  void twoEntriesThatDifferAreSettledAndCountedWithTheOthers() {
    long id = open();
    for (long official : votes.voters(id)) {
      if (!electorates.find(id, official).orElseThrow().paper()) {
        votes.cast(
            id, official, votes.collected(id, official), Map.of("a.matter.1", List.of("for")));
      }
    }
    closing.close(id, "会议结束", "test");
    assertThat(keys.kept()).contains(surveys.find(id).orElseThrow().pool());
    assertThatThrownBy(() -> results.count(id, "test")).isInstanceOf(SurveyProblem.class);
    paper.handed(id, "", 8, 1, "one");
    long batch = paper.begin(id, "", 4, "one");
    assertThat(paper.enter(batch, List.of(FOR, FOR, AGAINST, SPOILT), "one")).isFalse();
    assertThat(paper.enter(batch, List.of(FOR, FOR, FOR, SPOILT), "two")).isFalse();
    assertThat(paper.differences(batch))
        .extracting(PaperBallots.Difference::sheet)
        .containsExactly(3);
    assertThatThrownBy(() -> paper.enter(batch, List.of(FOR, FOR, FOR, SPOILT), "three"))
        .isInstanceOf(SurveyProblem.class);
    assertThatThrownBy(() -> results.count(id, "test"))
        .isInstanceOfSatisfying(
            SurveyProblem.class, p -> assertThat(p.key()).isEqualTo("survey.problem.batch-open"));
    assertThat(paper.choose(batch, 3, 1, "two")).isTrue();
    assertThatThrownBy(() -> results.count(id, "test"))
        .isInstanceOfSatisfying(
            SurveyProblem.class, p -> assertThat(p.key()).isEqualTo("survey.problem.does-not-add"));
    long rest = paper.begin(id, "", 3, "two");
    assertThatThrownBy(() -> paper.begin(id, "", 1, "two")).isInstanceOf(SurveyProblem.class);
    assertThatThrownBy(() -> paper.enter(rest, List.of(FOR), "two"))
        .isInstanceOf(SurveyProblem.class);
    paper.enter(rest, List.of(AGAINST, AGAINST, FOR), "two");
    // The same person is not the second one.
    assertThat(paper.enter(rest, List.of(AGAINST, AGAINST, FOR), "two")).isFalse();
    assertThat(paper.enter(rest, List.of(AGAINST, AGAINST, FOR), "one")).isTrue();
    Counts counts = results.count(id, "test");
    assertThat(counts.turnout().due()).isEqualTo(14);
    assertThat(counts.turnout().electronic()).isEqualTo(6);
    assertThat(counts.turnout().paper()).isEqualTo(7);
    assertThat(counts.turnout().spoilt()).isEqualTo(1);
    Result.Vote vote = (Result.Vote) counts.find("matter.1").orElseThrow().result();
    assertThat(vote.forIt()).isEqualTo(6 + 3);
    assertThat(vote.against()).isEqualTo(3);
    // Paper and browsers went in by one transaction, and the sheets are gone.
    assertThat(
            jdbc.sql("select count(distinct xmin::text) from survey.answer where survey_id = ?")
                .param(id)
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(
            jdbc.sql("select count(*) from survey.paper_sheet where batch_id in (?, ?)")
                .params(batch, rest)
                .query(Long.class)
                .single())
        .isZero();
    assertThat(keys.kept()).doesNotContain(surveys.find(id).orElseThrow().pool());
  }

  @Test
  void whoVotesOnPaperCollectsNothingInTheBrowser() {
    long id = open();
    long official =
        votes.voters(id).stream()
            .filter(one -> electorates.find(id, one).orElseThrow().paper())
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> votes.collected(id, official))
        .isInstanceOfSatisfying(
            SurveyProblem.class, p -> assertThat(p.key()).isEqualTo("survey.problem.on-paper"));
  }

  @Test
  void fewerThanMayBeShownDoNotVoteOnPaper() {
    List<String> officials = new ArrayList<>(votes.officials(10));
    long id = votes.draft("national/panel-vote", true, MATTER, officials.subList(0, 8));
    electorates.addNamed(id, String.join("\n", officials.subList(8, 10)), true, "test");
    assertThatThrownBy(() -> opening.open(id, "test"))
        .isInstanceOfSatisfying(
            SurveyProblem.class, p -> assertThat(p.key()).isEqualTo("survey.problem.paper-small"));
  }

  @Test
  void moreThanVotersCannotBeHandedOut() {
    long id = open();
    assertThatThrownBy(() -> paper.handed(id, "", 9, 0, "one")).isInstanceOf(SurveyProblem.class);
    assertThatThrownBy(() -> paper.handed(id, "", 5, 6, "one")).isInstanceOf(SurveyProblem.class);
  }
}
