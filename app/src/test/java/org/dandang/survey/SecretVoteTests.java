package org.dandang.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.survey.ballot.BlindVoter;
import org.dandang.survey.ballot.PoolKeys;
import org.dandang.survey.ballot.TokenKey;
import org.dandang.survey.count.Counts;
import org.dandang.survey.count.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A secret vote from its electorate to its count. */
@DandangTest
@Import(Votes.Moved.class)
class SecretVoteTests {
  private static final String PANEL = "national/panel-vote";
  private static final Map<String, List<String>> MATTER = Map.of("matters", List.of("一号事项"));
  private static final Map<String, List<String>> FOR = Map.of("a.matter.1", List.of("for"));
  private static final Map<String, List<String>> AGAINST = Map.of("a.matter.1", List.of("against"));

  @Autowired JdbcClient jdbc;
  @Autowired Surveys surveys;
  @Autowired Electorates electorates;
  @Autowired Opening opening;
  @Autowired Collecting collecting;
  @Autowired Casting casting;
  @Autowired Closing closing;
  @Autowired Results results;
  @Autowired PoolKeys keys;
  @Autowired MovedClock clock;

  private Votes votes;

  @BeforeEach
  void prepare() {
    votes = new Votes(jdbc, surveys, electorates, opening, collecting, casting, clock);
  }

  private static Result.Vote vote(Counts counts) {
    return (Result.Vote) counts.find("matter.1").orElseThrow().result();
  }

  @Test
  void everyBallotIsCountedOnceAndItsReceiptPublished() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(9));
    List<Long> voters = votes.voters(id);
    List<String> receipts = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      BlindVoter voter = votes.collected(id, voters.get(i));
      assertThat(votes.cast(id, voters.get(i), voter, i < 5 ? FOR : AGAINST))
          .isEqualTo(new Casting.Cast.Taken(voter.receipt(), false));
      receipts.add(voter.receipt());
    }
    // Collected and never cast: absent.
    votes.collected(id, voters.get(7));
    closing.close(id, "都已投完", "test");
    Counts counts = results.count(id, "test");
    assertThat(counts.turnout().due()).isEqualTo(9);
    assertThat(counts.turnout().present()).isEqualTo(7);
    assertThat(counts.turnout().absent()).isEqualTo(2);
    assertThat(vote(counts).forIt()).isEqualTo(5);
    assertThat(vote(counts).against()).isEqualTo(2);
    assertThat(vote(counts).decision()).isEqualTo(Result.Decision.CARRIED);
    assertThat(results.receipts(id)).containsExactlyInAnyOrderElementsOf(receipts);
    Survey survey = surveys.find(id).orElseThrow();
    RecordedResult recorded = results.recorded(id).orElseThrow();
    assertThat(results.holds(survey, recorded)).isTrue();
    assertThat(results.published(survey).lines())
        .contains("answer\tmatter.1\t\t5\tfor", "answer\tmatter.1\t\t2\tagainst");
  }

  @Test
  void aRetryCountsOnceAndAnotherBallotUnderTheSameTokenIsRefused() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(6));
    List<Long> voters = votes.voters(id);
    BlindVoter voter = votes.collected(id, voters.getFirst());
    assertThat(votes.cast(id, voters.getFirst(), voter, FOR))
        .isEqualTo(new Casting.Cast.Taken(voter.receipt(), false));
    for (int i = 0; i < 3; i++) {
      assertThat(votes.cast(id, voters.getFirst(), voter, FOR))
          .isEqualTo(new Casting.Cast.Taken(voter.receipt(), true));
    }
    assertThat(votes.cast(id, voters.getFirst(), voter, AGAINST))
        .isEqualTo(new Casting.Cast.Refused("used", null));
    assertThat(closing.received(surveys.find(id).orElseThrow())).isEqualTo(1);
  }

  @Test
  void forgedAndAlteredTokensAreRefused() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(6));
    long other = votes.open(PANEL, true, MATTER, votes.officials(6));
    long official = votes.voters(id).getFirst();
    Casting.Cast forged = new Casting.Cast.Refused("forged", null);
    BlindVoter unsigned = new BlindVoter(collecting.key(id, "").orElseThrow());
    assertThat(votes.cast(id, official, unsigned, FOR)).isEqualTo(forged);
    BlindVoter altered = votes.collected(id, official);
    altered.altered(3);
    assertThat(votes.cast(id, official, altered, FOR)).isEqualTo(forged);
    altered.altered(3);
    assertThat(casting.cast(other, altered.request("", FOR))).isEqualTo(forged);
    assertThat(casting.cast(id, altered.request("leaders", FOR))).isEqualTo(forged);
    for (String wrong : List.of("", "{", "[]", "{\"token\":\"!\"}", "\u0000", "null")) {
      assertThat(casting.cast(id, wrong.getBytes(StandardCharsets.UTF_8)))
          .as(wrong)
          .isInstanceOf(Casting.Cast.Refused.class);
    }
    assertThat(closing.received(surveys.find(id).orElseThrow())).isZero();
    assertThat(votes.cast(id, official, altered, FOR)).isInstanceOf(Casting.Cast.Taken.class);
  }

  @Test
  void anAnswerThatIsNoneLeavesTheTokenUnused() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(6));
    long official = votes.voters(id).getFirst();
    BlindVoter voter = votes.collected(id, official);
    assertThat(votes.cast(id, official, voter, Map.of("a.matter.1", List.of("perhaps"))))
        .isInstanceOfSatisfying(
            Casting.Cast.Refused.class,
            refused -> assertThat(refused.answer().key()).isEqualTo("matter.1"));
    assertThat(votes.cast(id, official, voter, Map.of("a.matter.2", List.of("for"))))
        .isInstanceOf(Casting.Cast.Refused.class);
    assertThat(votes.cast(id, official, voter, FOR)).isInstanceOf(Casting.Cast.Taken.class);
  }

  @Test
  void aBallotIsCollectedOnceAndALostAnswerIsGivenAgain() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(6));
    long official = votes.voters(id).getFirst();
    TokenKey key = collecting.key(id, "").orElseThrow();
    BlindVoter voter = new BlindVoter(key);
    byte[] first = collecting.collect(id, official, voter.blinded());
    assertThat(collecting.collect(id, official, voter.blinded())).isEqualTo(first);
    assertThatThrownBy(() -> collecting.collect(id, official, new BlindVoter(key).blinded()))
        .isInstanceOfSatisfying(
            SurveyProblem.class,
            p -> assertThat(p.key()).isEqualTo("survey.problem.collected-elsewhere"));
    assertThatThrownBy(() -> collecting.collect(id, -1, voter.blinded()))
        .isInstanceOf(SurveyProblem.class);
  }

  @Test
  void manyWhoCastAtTheSameTimeAreAllCounted() throws Exception {
    long id = votes.open(PANEL, true, MATTER, votes.officials(60));
    List<Long> voters = votes.voters(id);
    try (var threads = Executors.newFixedThreadPool(5)) {
      List<Callable<Casting.Cast>> all = new ArrayList<>();
      for (int i = 0; i < voters.size(); i++) {
        long official = voters.get(i);
        BlindVoter voter = votes.collected(id, official);
        Map<String, List<String>> fields = i % 3 == 0 ? AGAINST : FOR;
        all.add(() -> votes.cast(id, official, voter, fields));
        all.add(() -> votes.cast(id, official, voter, fields));
      }
      Collections.shuffle(all, new Random(7));
      int again = 0;
      for (Future<Casting.Cast> done : threads.invokeAll(all)) {
        again += ((Casting.Cast.Taken) done.get()).again() ? 1 : 0;
      }
      assertThat(again).isEqualTo(60);
    }
    closing.close(id, "", "test");
    Counts counts = results.count(id, "test");
    assertThat(vote(counts).forIt()).isEqualTo(40);
    assertThat(vote(counts).against()).isEqualTo(20);
  }

  @Test
  void theElectorateIsFixedAtOpening() {
    List<String> officials = votes.officials(7);
    long id = votes.open(PANEL, true, MATTER, officials.subList(0, 6));
    assertThatThrownBy(() -> electorates.addNamed(id, officials.get(6), false, "test"))
        .isInstanceOf(SurveyProblem.class);
    for (String sql :
        List.of(
            "delete from survey.voter where survey_id = ?",
            "update survey.voter set grp = 'x' where survey_id = ?",
            "insert into survey.voter (survey_id, official_id, name, origin) values (?, -5, 'x',"
                + " 'x')")) {
      assertThatThrownBy(() -> jdbc.sql(sql).param(id).update())
          .as(sql)
          .isInstanceOf(DataAccessException.class);
    }
    assertThatThrownBy(
            () -> jdbc.sql("update survey.survey set scheme = 'x' where id = ?").param(id).update())
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void whoIsRecusedIsNotDueAndWhoCollectedCannotBe() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(7));
    List<Long> voters = votes.voters(id);
    assertThatThrownBy(() -> electorates.recuse(id, voters.get(0), " ", "test"))
        .isInstanceOf(SurveyProblem.class);
    electorates.recuse(id, voters.get(0), "与当事人有亲属关系", "test");
    assertThat(electorates.size(id).due()).isEqualTo(6);
    assertThatThrownBy(() -> votes.collected(id, voters.get(0))).isInstanceOf(SurveyProblem.class);
    votes.collected(id, voters.get(1));
    assertThatThrownBy(() -> electorates.recuse(id, voters.get(1), "与当事人有亲属关系", "test"))
        .isInstanceOfSatisfying(
            SurveyProblem.class, p -> assertThat(p.key()).isEqualTo("survey.problem.recuse-late"));
  }

  @Test
  void ballotsAreTakenWithinItsHoursOnlyAndItClosesByItself() {
    long id = votes.draft(PANEL, true, MATTER, votes.officials(6));
    surveys.change(
        id, "按时开始", true, Map.of(), surveys.now().plusHours(2), surveys.now().plusHours(3), "test");
    opening.open(id, "test");
    long official = votes.voters(id).getFirst();
    assertThatThrownBy(() -> votes.collected(id, official)).isInstanceOf(SurveyProblem.class);
    clock.move(Duration.ofMinutes(121));
    BlindVoter voter = votes.collected(id, official);
    clock.move(Duration.ofMinutes(60));
    assertThat(votes.cast(id, official, voter, FOR))
        .isEqualTo(new Casting.Cast.Refused("closed", null));
    closing.closeWhatIsOver();
    assertThat(surveys.find(id).orElseThrow().state()).isEqualTo(Survey.State.CLOSED);
    assertThat(surveys.find(id).orElseThrow().closedBy()).isEqualTo(Closing.AT_ITS_TIME);
  }

  @Test
  void closingBeforeItsTimeNeedsAReasonWhileSomebodyHasNotVoted() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(6));
    assertThatThrownBy(() -> closing.close(id, "", "test")).isInstanceOf(SurveyProblem.class);
    assertThat(surveys.find(id).orElseThrow().state()).isEqualTo(Survey.State.OPEN);
    closing.close(id, "会议取消投票环节", "test");
    assertThat(surveys.find(id).orElseThrow().state()).isEqualTo(Survey.State.CLOSED);
  }

  @Test
  void theKeyOfThePoolIsDestroyedWithClosingAndOneThatACrashLeftIsSwept() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(6));
    UUID pool = surveys.find(id).orElseThrow().pool();
    assertThat(keys.kept()).contains(pool);
    closing.close(id, "会议结束", "test");
    assertThat(keys.kept()).doesNotContain(pool);
    assertThat(
            jdbc.sql(
                    "select count(*) from survey.token_key where survey_id = ? and sealed is not"
                        + " null")
                .param(id)
                .query(Long.class)
                .single())
        .isZero();
    // As after a crash between the commit and the end of the key.
    keys.make(pool);
    closing.closeWhatIsOver();
    assertThat(keys.kept()).doesNotContain(pool);
  }

  @Test
  void aCutInTheMiddleOfClosingLosesNothingAndDoublesNothing() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(30));
    List<Long> voters = votes.voters(id);
    for (int i = 0; i < 20; i++) {
      votes.cast(id, voters.get(i), votes.collected(id, voters.get(i)), i < 12 ? FOR : AGAINST);
    }
    // The server process behind the closing transaction dies after half of the answers.
    jdbc.sql(
            """
            create function survey.die() returns trigger language plpgsql as $$
            begin
              if (select count(*) from survey.answer where survey_id = new.survey_id) >= 10 then
                perform pg_terminate_backend(pg_backend_pid());
              end if;
              return new;
            end $$
            """)
        .update();
    jdbc.sql(
            "create trigger dies before insert on survey.answer for each row execute function"
                + " survey.die()")
        .update();
    try {
      assertThatThrownBy(() -> closing.close(id, "会议结束", "test"))
          .isInstanceOf(RuntimeException.class);
    } finally {
      jdbc.sql("drop trigger dies on survey.answer").update();
      jdbc.sql("drop function survey.die()").update();
    }
    Survey cut = surveys.find(id).orElseThrow();
    assertThat(cut.state()).isEqualTo(Survey.State.OPEN);
    assertThat(closing.received(cut)).isEqualTo(20);
    votes.cast(id, voters.get(20), votes.collected(id, voters.get(20)), AGAINST);
    closing.close(id, "会议结束", "test");
    Counts counts = results.count(id, "test");
    assertThat(vote(counts).forIt()).isEqualTo(12);
    assertThat(vote(counts).against()).isEqualTo(9);
    assertThat(results.receipts(id)).hasSize(21);
  }

  @Test
  void secrecyThatCouldNotBeKeptIsNotPromised() {
    long small = votes.draft(PANEL, true, MATTER, votes.officials(4));
    assertThatThrownBy(() -> opening.open(small, "test"))
        .isInstanceOfSatisfying(
            SurveyProblem.class,
            p -> assertThat(p.key()).isEqualTo("survey.problem.electorate-small"));
    assertThat(surveys.find(small).orElseThrow().state()).isEqualTo(Survey.State.DRAFT);
    long id = votes.open(PANEL, true, MATTER, votes.officials(8));
    List<Long> voters = votes.voters(id);
    for (int i = 0; i < 4; i++) {
      votes.cast(id, voters.get(i), votes.collected(id, voters.get(i)), FOR);
    }
    closing.close(id, "会议结束", "test");
    results.count(id, "test");
    RecordedResult recorded = results.recorded(id).orElseThrow();
    assertThat(recorded.withheld()).isTrue();
    assertThat(results.rows(surveys.find(id).orElseThrow())).isEmpty();
    assertThat(results.receipts(id)).hasSize(4);
  }

  @Test
  void smallGroupsAreNotToldApartNorFollowBySubtraction() {
    List<String> officials = votes.officials(20);
    long id =
        votes.draft(
            "national/democratic-recommendation",
            true,
            Map.of("posts", List.of("县长"), "candidates", List.of("甲", "乙")),
            officials.subList(0, 1));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      lines
          .append(officials.get(i))
          .append(i < 2 ? ",leaders" : i < 8 ? ",section-heads" : ",others")
          .append('\n');
    }
    electorates.addNamed(id, lines.toString(), false, "test");
    opening.open(id, "test");
    // Two leaders are too few; with them the smallest other group is hidden, else they would
    // follow.
    assertThat(electorates.groups(id)).containsOnlyKeys("", "others");
    List<Long> voters = votes.voters(id);
    for (long official : voters) {
      votes.cast(id, official, votes.collected(id, official), Map.of("a.person.1", List.of("#1")));
    }
    closing.close(id, "", "test");
    results.count(id, "test");
    RecordedResult recorded = results.recorded(id).orElseThrow();
    assertThat(recorded.groups()).containsOnlyKeys("others").containsEntry("others", 12L);
    assertThat(
            jdbc.sql("select count(*) from survey.answer where survey_id = ? and grp is null")
                .param(id)
                .query(Long.class)
                .single())
        .isEqualTo(8);
  }

  @Test
  void aVoteWithNamesCanBeChangedUntilItCloses() {
    long id = votes.open(PANEL, false, MATTER, votes.officials(3));
    List<Long> voters = votes.voters(id);
    casting.castNamed(id, voters.get(0), AGAINST, "one");
    casting.castNamed(id, voters.get(0), FOR, "one");
    casting.castNamed(id, voters.get(1), FOR, "two");
    assertThatThrownBy(() -> casting.castNamed(id, -1, FOR, "nobody"))
        .isInstanceOf(SurveyProblem.class);
    closing.close(id, "会议结束", "test");
    assertThatThrownBy(() -> casting.castNamed(id, voters.get(2), FOR, "three"))
        .isInstanceOf(SurveyProblem.class);
    Counts counts = results.count(id, "test");
    assertThat(vote(counts).forIt()).isEqualTo(2);
    assertThat(vote(counts).decision()).isEqualTo(Result.Decision.CARRIED);
    assertThat(results.named(surveys.find(id).orElseThrow(), "matter.1", "for", "")).hasSize(2);
    assertThat(
            jdbc.sql("select count(*) from survey.named_ballot where survey_id = ?")
                .param(id)
                .query(Long.class)
                .single())
        .isEqualTo(3);
  }

  @Test
  void aTieIsReportedAndAPersonDecides() {
    long id = votes.open(PANEL, false, MATTER, votes.officials(2));
    List<Long> voters = votes.voters(id);
    casting.castNamed(id, voters.get(0), FOR, "one");
    casting.castNamed(id, voters.get(1), AGAINST, "two");
    closing.close(id, "", "test");
    Counts counts = results.count(id, "test");
    assertThat(vote(counts).decision()).isEqualTo(Result.Decision.TIED);
    assertThatThrownBy(() -> results.settleTie(id, "matter.1", "再议", "", "officer"))
        .isInstanceOf(SurveyProblem.class);
    results.settleTie(id, "matter.1", "再议", "意见分歧较大", "officer");
    assertThat(results.settledTies(id)).hasSize(1);
    assertThatThrownBy(() -> results.settleTie(id, "matter.1", "通过", "意见分歧较大", "officer"))
        .isInstanceOf(SurveyProblem.class);
  }

  @Test
  void theLedgerTellsOfOpeningClosingAndCountingAndOfNoVoter() {
    List<String> officials = votes.officials(6);
    long id = votes.open(PANEL, true, MATTER, officials);
    List<Long> voters = votes.voters(id);
    for (long official : voters) {
      votes.cast(id, official, votes.collected(id, official), FOR);
    }
    closing.close(id, "", "test");
    results.count(id, "test");
    List<String> entries =
        jdbc.sql(
                "select action || ' ' || actor || ' ' || detail from platform.ledger_entry where"
                    + " subject_kind = 'survey' and subject_id = ? order by id")
            .param(Long.toString(id))
            .query(String.class)
            .list();
    assertThat(entries)
        .anyMatch(e -> e.startsWith("survey-opened"))
        .anyMatch(e -> e.startsWith("survey-closed"))
        .anyMatch(e -> e.startsWith("survey-counted"))
        .noneMatch(e -> officials.stream().anyMatch(e::contains))
        .noneMatch(e -> e.contains("cast"));
    assertThat(entries.stream().filter(e -> e.startsWith("ballot-collected")))
        .hasSize(6)
        .allMatch(e -> e.equals("ballot-collected a voter {}"));
  }
}
