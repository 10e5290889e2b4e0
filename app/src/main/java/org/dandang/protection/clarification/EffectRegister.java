package org.dandang.protection.clarification;

import java.util.Map;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Enters what a return visit found of a clarification that was carried out. */
@Component
class EffectRegister implements DecisionRegister {
  private final JdbcClient jdbc;
  private final Ledger ledger;

  EffectRegister(JdbcClient jdbc, Ledger ledger) {
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  @Override
  public String kind() {
    return "clarification-effect";
  }

  @Override
  public void enter(Entered entered) {
    int changed =
        jdbc.sql(
                """
                update protection.clarification set visited_on = ?, effect = ?, effect_words = ?
                 where matter_id = ? and done_on is not null
                """)
            .params(
                entered.neededDay("visited-on"),
                entered.needed("effect-seen"),
                entered.needed("visit-words"),
                entered.matter().id())
            .update();
    if (changed == 0) {
      throw ConsentRegister.refused("not-done");
    }
    ledger.append(
        entered.actor(),
        "clarification-effect-seen",
        "matter",
        Long.toString(entered.matter().id()),
        Map.of("effect", entered.needed("effect-seen")));
  }
}
