package org.dandang.protection.clarification;

import static org.dandang.protection.clarification.ConsentRegister.refused;

import java.sql.Types;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.publicnotice.PublicNotice;
import org.dandang.platform.publicnotice.PublicNotices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Enters that a clarification was carried out: only with a consent that stands, about a report that
 * still is unfounded, with what was blocked reopened, and posted where it is to be public.
 */
@Component
class ClarificationRegister implements DecisionRegister {
  private static final String REOPENED = "reopened";

  private final JdbcClient jdbc;
  private final UnfoundedReports reports;
  private final Clarifications clarifications;
  private final PublicNotices notices;
  private final Ledger ledger;

  ClarificationRegister(
      JdbcClient jdbc,
      UnfoundedReports reports,
      Clarifications clarifications,
      PublicNotices notices,
      Ledger ledger) {
    this.jdbc = jdbc;
    this.reports = reports;
    this.clarifications = clarifications;
    this.notices = notices;
    this.ledger = ledger;
  }

  @Override
  public String kind() {
    return "clarification";
  }

  @Override
  public void enter(Entered entered) {
    Clarification agreed =
        clarifications.ofMatter(entered.matter().id()).orElseThrow(() -> refused("no-consent"));
    ConsentRegister.unfounded(reports, entered, agreed.official());
    if (agreed.withdrawn() != null) {
      throw refused("withdrawn", agreed.withdrawn());
    }
    if (agreed.isPublic() && !isPosted(agreed)) {
      throw refused("not-posted");
    }
    boolean selection = entered.answer("restored-selection").filter(REOPENED::equals).isPresent();
    boolean award = entered.answer("restored-award").filter(REOPENED::equals).isPresent();
    if (agreed.blockedSelection() && !selection || agreed.blockedAward() && !award) {
      throw refused("still-blocked");
    }
    LocalDate done = entered.neededDay("done-on");
    if (done.isAfter(entered.on()) || done.isBefore(agreed.consented())) {
      throw refused("done-on", agreed.consented());
    }
    jdbc.sql(
            """
            update protection.clarification
               set letter = :letter, media_text = :media, done_on = :done, done_where = :where, audience = :audience,
                   reopened_selection = blocked_selection and :selection, reopened_award = blocked_award and :award,
                   visited_on = null, effect = null, effect_words = null
             where id = :id
            """)
        .param("letter", entered.answer("letter").orElse(null), Types.VARCHAR)
        .param("media", entered.answer("media-text").orElse(null), Types.VARCHAR)
        .param("done", done)
        .param("where", entered.needed("done-where"))
        .param(
            "audience",
            entered.answer("audience").map(text -> (long) Double.parseDouble(text)).orElse(null),
            Types.BIGINT)
        .param("selection", selection)
        .param("award", award)
        .param("id", agreed.id())
        .update();
    Map<String, Object> detail = new HashMap<>();
    detail.put("manner", agreed.manner());
    detail.put("notice", agreed.notice());
    ledger.append(
        entered.actor(),
        "clarification-carried-out",
        "matter",
        Long.toString(entered.matter().id()),
        detail);
  }

  private boolean isPosted(Clarification agreed) {
    return agreed.notice() != null
        && notices
            .find(agreed.notice())
            .map(PublicNotice::state)
            .filter(
                state -> state == PublicNotice.State.OPEN || state == PublicNotice.State.CONCLUDED)
            .isPresent();
  }
}
