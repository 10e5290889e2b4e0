package org.dandang.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.notice.Notice;
import org.dandang.platform.notice.Notices;
import org.dandang.survey.ballot.BlindVoter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The electorate is told when a vote opens, and when it is withdrawn. */
@DandangTest
@Import(Votes.Moved.class)
class InvitationTests {
  private static final String PANEL = "national/panel-vote";
  private static final Map<String, List<String>> MATTER = Map.of("matters", List.of("一号事项"));

  @Autowired JdbcClient jdbc;
  @Autowired Surveys surveys;
  @Autowired Electorates electorates;
  @Autowired Opening opening;
  @Autowired Collecting collecting;
  @Autowired Casting casting;
  @Autowired Closing closing;
  @Autowired Notices notices;
  @Autowired Accounts accounts;
  @Autowired TransactionTemplate transaction;
  @Autowired MovedClock clock;

  private Votes votes;

  @BeforeEach
  void prepare() {
    votes = new Votes(jdbc, surveys, electorates, opening, collecting, casting, clock);
  }

  private List<Notice> told(long id) {
    return notices.receipts("survey-opened:" + id);
  }

  @Test
  void everyVoterIsToldOnceWhereToVoteAndUntilWhen() {
    long id = votes.draft(PANEL, true, MATTER, votes.officials(9));
    List<Long> voters = votes.voters(id);
    accounts.open("invited-" + id, "受邀人", voters.getFirst(), "test");
    assertThat(told(id)).isEmpty();
    opening.open(id, "test");
    List<Notice> told = told(id);
    assertThat(told).extracting(Notice::official).containsExactlyInAnyOrderElementsOf(voters);
    assertThat(told)
        .allSatisfy(
            notice -> {
              assertThat(notice.path()).isEqualTo("/me/surveys/" + id);
              assertThat(notice.subject().in(Locale.ENGLISH)).startsWith("You are asked to vote: ");
              assertThat(notice.body().in(Locale.ENGLISH)).contains("Secret").contains(" to ");
              assertThat(notice.body().in(Locale.SIMPLIFIED_CHINESE)).contains("无记名");
            });
    assertThat(told).filteredOn(notice -> notice.account() != null).hasSize(1);
    assertThatThrownBy(() -> opening.open(id, "test")).isInstanceOf(SurveyProblem.class);
    assertThat(told(id)).hasSize(9);
  }

  @Test
  void whatWasToldIsTheSameWhoeverVotes() {
    long id = votes.open(PANEL, true, MATTER, votes.officials(6));
    List<Notice> before = told(id);
    long voter = votes.voters(id).getFirst();
    BlindVoter ballot = votes.collected(id, voter);
    votes.cast(id, voter, ballot, Map.of("a.matter.1", List.of("for")));
    assertThat(told(id)).isEqualTo(before);
    assertThat(before).extracting(Notice::body).containsOnly(before.getFirst().body());
  }

  @Test
  void whoVotesOnPaperIsToldSoAndWhoIsRecusedNothing() {
    long id = votes.draft(PANEL, false, MATTER, votes.officials(5));
    List<Long> voters = votes.voters(id);
    jdbc.sql("update survey.voter set paper = true where survey_id = ? and official_id = ?")
        .params(id, voters.get(0))
        .update();
    jdbc.sql(
            """
            update survey.voter set recused_at = now(), recused_by = 'test', recused_reason = '当事人的配偶'
             where survey_id = ? and official_id = ?
            """)
        .params(id, voters.get(1))
        .update();
    opening.open(id, "test");
    List<Notice> told = told(id);
    assertThat(told).extracting(Notice::official).doesNotContain(voters.get(1)).hasSize(4);
    assertThat(told)
        .filteredOn(notice -> notice.body().in(Locale.ENGLISH).contains("on paper"))
        .extracting(Notice::official)
        .containsExactly(voters.get(0));
  }

  @Test
  void nobodyIsToldOfAVoteThatDidNotOpen() {
    long small = votes.draft(PANEL, true, MATTER, votes.officials(2));
    assertThatThrownBy(() -> opening.open(small, "test")).isInstanceOf(SurveyProblem.class);
    assertThat(told(small)).isEmpty();
    long undone = votes.draft(PANEL, true, MATTER, votes.officials(6));
    transaction.executeWithoutResult(
        status -> {
          opening.open(undone, "test");
          assertThat(told(undone)).hasSize(6);
          status.setRollbackOnly();
        });
    assertThat(told(undone)).isEmpty();
  }

  private List<Notice> toldOfEnd(long id) {
    return notices.receipts("survey-withdrawn:" + id);
  }

  @Test
  void whoWasAskedToVoteIsToldOnceThatItIsWithdrawnAndWhy() {
    long id = votes.draft(PANEL, true, MATTER, votes.officials(7));
    List<Long> voters = votes.voters(id);
    jdbc.sql(
            """
            update survey.voter set recused_at = now(), recused_by = 'test', recused_reason = '当事人的配偶'
             where survey_id = ? and official_id = ?
            """)
        .params(id, voters.getFirst())
        .update();
    opening.open(id, "test");
    long voted = voters.getLast();
    votes.cast(id, voted, votes.collected(id, voted), Map.of("a.matter.1", List.of("for")));
    assertThat(toldOfEnd(id)).isEmpty();
    closing.withdraw(id, "候选人情况有变化，另行组织", "test");
    List<Notice> told = toldOfEnd(id);
    assertThat(told)
        .extracting(Notice::official)
        .containsExactlyInAnyOrderElementsOf(voters.subList(1, voters.size()));
    assertThat(told)
        .as("the same for whoever voted and whoever did not")
        .extracting(notice -> notice.body().in(Locale.SIMPLIFIED_CHINESE))
        .containsOnly(told.getFirst().body().in(Locale.SIMPLIFIED_CHINESE));
    assertThat(told.getFirst().body().in(Locale.SIMPLIFIED_CHINESE)).contains("候选人情况有变化，另行组织");
    assertThat(told.getFirst().subject().in(Locale.ENGLISH)).startsWith("Vote withdrawn: ");
    assertThat(told.getFirst().path()).isEqualTo("/me/surveys");
    assertThatThrownBy(() -> closing.withdraw(id, "再撤销一次，看看", "test"))
        .isInstanceOf(SurveyProblem.class);
    assertThat(toldOfEnd(id)).hasSize(6);
  }

  @Test
  void nobodyIsToldOfTheEndOfAVoteThatNeverOpenedOrIsStillHeld() {
    long draft = votes.draft(PANEL, true, MATTER, votes.officials(6));
    closing.withdraw(draft, "没有必要，另行组织", "test");
    assertThat(toldOfEnd(draft)).isEmpty();
    long held = votes.open(PANEL, false, MATTER, votes.officials(6));
    transaction.executeWithoutResult(
        status -> {
          closing.withdraw(held, "候选人情况有变化", "test");
          assertThat(toldOfEnd(held)).hasSize(6);
          status.setRollbackOnly();
        });
    assertThat(toldOfEnd(held)).isEmpty();
  }
}
