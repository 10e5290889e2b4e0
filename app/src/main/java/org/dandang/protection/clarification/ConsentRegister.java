package org.dandang.protection.clarification;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Enters that a person agrees to a clarification; everything after it rests on this entry. */
@Component
class ConsentRegister implements DecisionRegister {
  private static final String PRESENT = "present";

  private final JdbcClient jdbc;
  private final UnfoundedReports reports;
  private final Ledger ledger;
  private final Clock clock;

  ConsentRegister(JdbcClient jdbc, UnfoundedReports reports, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.reports = reports;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return "clarification-consent";
  }

  @Override
  public void enter(Entered entered) {
    if (entered.matter().officials().size() != 1) {
      throw refused("one-person");
    }
    long official = entered.official();
    UnfoundedReport report = unfounded(reports, entered, official);
    jdbc.sql(
            """
            insert into protection.clarification (matter_id, pack, official_id, unit_id, report_id, scope, manner, said,
                blocked_selection, blocked_award, consented_on, recorded_at, recorded_by)
            values (:matter, :pack, :official, :unit, :report, :scope, :manner, :said, :selection, :award, :on, :now, :by)
            """)
        .param("matter", entered.matter().id())
        .param("pack", entered.matter().procedure().pack())
        .param("official", official)
        .param("unit", entered.matter().unit())
        .param("report", report.id())
        .param("scope", entered.needed("scope"))
        .param("manner", entered.needed("manner"))
        .param("said", entered.needed("what-is-said"))
        .param("selection", entered.answer("blocked-selection").filter(PRESENT::equals).isPresent())
        .param("award", entered.answer("blocked-award").filter(PRESENT::equals).isPresent())
        .param("on", entered.on())
        .param("now", OffsetDateTime.now(clock))
        .param("by", entered.actor())
        .update();
    ledger.append(
        entered.actor(),
        "clarification-agreed",
        "matter",
        Long.toString(entered.matter().id()),
        Map.of());
  }

  /**
   * The report a matter rests on, as it stands now.
   *
   * @throws Refused when it is not, or no longer, unfounded, or about somebody else
   */
  static UnfoundedReport unfounded(UnfoundedReports reports, Entered entered, long official) {
    return entered
        .onRecord("unfounded-outcome")
        .flatMap(id -> Sights.everything(() -> reports.find(id)))
        .filter(report -> report.official() == official)
        .orElseThrow(() -> refused("not-unfounded"));
  }

  static Refused refused(String why, Object... values) {
    return new Refused("clarification", "clarification.refused." + why, values);
  }
}
