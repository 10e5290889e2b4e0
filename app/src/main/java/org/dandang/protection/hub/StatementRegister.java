package org.dandang.protection.hub;

import java.util.Map;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Statements of officials: assessed, and where accepted, told to the official and to the head of
 * the unit. The end refuses to come before both have been told.
 */
@Component
class StatementRegister implements DecisionRegister {
  private final JdbcClient jdbc;
  private final Ledger ledger;

  StatementRegister(JdbcClient jdbc, Ledger ledger) {
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  @Override
  public String kind() {
    return "statement";
  }

  @Override
  public void enter(Entered entered) {
    long matter = entered.matter().id();
    switch (entered.node()) {
      case "assess" -> assessed(entered);
      case "tell-head" -> told(entered, "head_told_on = :on");
      case "tell-official" ->
          told(entered, "official_told_on = :on, official_told_by = 'acknowledged'");
      case "hand-over" -> told(entered, "official_told_on = :on, official_told_by = 'handed'");
      default -> {
        int closed =
            jdbc.sql(
                    """
                    update protection.statement set closed_on = :on
                     where matter_id = :matter
                       and (not accepted or (head_told_on is not null and official_told_on is not null))
                    """)
                .param("on", entered.on())
                .param("matter", matter)
                .update();
        if (closed == 0) {
          throw Intake.refused("not-told-yet");
        }
      }
    }
    ledger.append(
        entered.actor(),
        "statement-" + entered.node(),
        "matter",
        Long.toString(matter),
        Map.of("outcome", String.valueOf(entered.outcome())));
  }

  private void assessed(Entered entered) {
    jdbc.sql(
            """
            insert into protection.statement (matter_id, official_id, unit_id, lead_id, assessed_on, accepted, reasons)
            values (:matter, :official, :unit, :lead, :on, :accepted, :reasons)
            on conflict (matter_id) do update
               set assessed_on = excluded.assessed_on, accepted = excluded.accepted, reasons = excluded.reasons
            """)
        .param("matter", entered.matter().id())
        .param("official", entered.official())
        .param("unit", entered.matter().unit())
        .param("lead", entered.onRecord("lead").orElse(null), java.sql.Types.BIGINT)
        .param("on", entered.on())
        .param("accepted", "accept".equals(entered.outcome()))
        .param("reasons", entered.answer("view").orElse(""))
        .update();
  }

  private void told(Entered entered, String what) {
    jdbc.sql("update protection.statement set " + what + " where matter_id = :matter")
        .param("on", entered.on())
        .param("matter", entered.matter().id())
        .update();
  }
}
