package org.dandang.survey;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.web.Wordings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells everybody in the electorate that a vote is held, from when to when and where the ballot is,
 * and the same people when it is withdrawn. All are told at once and alike: who was told says
 * nothing of who votes.
 */
@Component
class Invitation {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final JdbcClient jdbc;
  private final Notices notices;
  private final Wordings wordings;
  private final ZoneId zone;

  Invitation(
      JdbcClient jdbc,
      Notices notices,
      Wordings wordings,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.notices = notices;
    this.wordings = wordings;
    this.zone = zone;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void send(Survey survey, OffsetDateTime opens, OffsetDateTime closes, String by) {
    send(survey, opens, closes, false, by);
    send(survey, opens, closes, true, by);
  }

  private void send(
      Survey survey, OffsetDateTime opens, OffsetDateTime closes, boolean paper, String by) {
    List<Recipient> voters =
        jdbc
            .sql(
                """
                select official_id from survey.voter
                 where survey_id = :survey and paper = :paper and recused_at is null order by official_id
                """)
            .param("survey", survey.id())
            .param("paper", paper)
            .query(Long.class)
            .list()
            .stream()
            .map(official -> (Recipient) new Recipient.OfOfficial(official))
            .toList();
    if (voters.isEmpty()) {
      return;
    }
    String way = paper ? "paper" : survey.secret() ? "secret" : "named";
    notices.send(
        new NewNotice(
            cause(survey),
            wordings.of("survey.opened.subject", survey.title()),
            wordings.of("survey.opened." + way, minute(opens), minute(closes)),
            "/me/surveys/" + survey.id(),
            voters,
            by));
  }

  /**
   * Tells whoever was told of the opening that the vote is withdrawn, and why; nobody of a vote
   * that never opened.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void takeBack(Survey survey, String reason, String by) {
    List<Recipient> told =
        notices.receipts(cause(survey)).stream()
            .map(Notice::official)
            .filter(Objects::nonNull)
            .distinct()
            .map(official -> (Recipient) new Recipient.OfOfficial(official))
            .toList();
    if (told.isEmpty()) {
      return;
    }
    notices.send(
        new NewNotice(
            "survey-withdrawn:" + survey.id(),
            wordings.of("survey.taken-back.subject", survey.title()),
            wordings.of("survey.taken-back.body", reason),
            "/me/surveys",
            told,
            by));
  }

  private static String cause(Survey survey) {
    return "survey-opened:" + survey.id();
  }

  private String minute(OffsetDateTime moment) {
    return moment.atZoneSameInstant(zone).format(MINUTE);
  }
}
