package org.dandang.demonstration;

import java.util.List;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.protection.LivingMatters;
import org.dandang.protection.LivingOutcomes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Matters of protection in the invented prefecture, and the accounts of those they are about. */
@Component
public class DemonstrationProtection {
  private static final String ACTOR = "demonstration";

  private final JdbcClient jdbc;
  private final Accounts accounts;
  private final LivingMatters matters;
  private final LivingOutcomes outcomes;

  DemonstrationProtection(
      JdbcClient jdbc, Accounts accounts, LivingMatters matters, LivingOutcomes outcomes) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.matters = matters;
    this.outcomes = outcomes;
  }

  private record Serving(long official, String name, String key, long unit) {}

  /**
   * Has them gone through, where there are none yet.
   *
   * @param official number of the official behind the demonstration's own account
   * @param password of the accounts that are opened
   */
  public void goThrough(long official, String password) {
    if (jdbc.sql("select exists (select from protection.lead)").query(Boolean.class).single()) {
      return;
    }
    Serving own =
        jdbc.sql(SERVING + " and o.id = :official")
            .param("official", official)
            .query(Serving.class)
            .single();
    List<Serving> others =
        jdbc.sql(NEAREST)
            .param("unit", own.unit())
            .param("official", official)
            .query(Serving.class)
            .list();
    LivingMatters.Desk desk =
        new LivingMatters.Desk(
            accounts.loadUserByUsername("officer"),
            accounts.loadUserByUsername("officer2"),
            accounts.loadUserByUsername("chief"),
            accounts.loadUserByUsername("chief2"),
            accounts.loadUserByUsername("discipline2"));
    LivingMatters.Somebody first = somebody("official", own, password);
    LivingMatters.Somebody tolerated = somebody("official2", others.get(0), password);
    LivingMatters.Somebody cleared = somebody("official3", others.get(1), password);
    LivingMatters.Somebody measured = somebody("official4", others.get(2), password);
    LivingMatters.Somebody mentor = somebody("official5", others.get(3), password);
    LivingMatters.Somebody adjusted = somebody("official6", others.get(4), password);
    LivingMatters.Somebody evaluated = somebody("official7", others.get(5), password);
    LivingMatters.Somebody used = somebody("official8", others.get(6), password);
    LivingMatters.Somebody accuser = somebody("official9", others.get(7), password);
    matters.statementRunning(desk, first);
    matters.statementAccepted(desk, mentor);
    matters.steppedDown(desk, adjusted);
    matters.toleranceWithCorrection(desk, tolerated);
    matters.clearedName(desk, cleared);
    matters.measureWithMentor(desk, measured, mentor);
    matters.campaign(desk, first, cleared);
    outcomes.evaluationRunning(desk, evaluated);
    outcomes.usedAgain(desk, used);
    outcomes.maliciousAccusation(desk, accuser);
    outcomes.typicalCases(desk, cleared, mentor, first);
  }

  private static final String SERVING =
      """
      select o.id as official, i.name, o.key, p.unit_id as unit
        from official.official o
        join official.current_identity i on i.official_id = o.id and i.status = 'serving'
        join lateral (select unit_id from official.current_posting c
                       where c.official_id = o.id and c.ends_on is null and c.unit_id is not null
                       order by c.starts_on desc limit 1) p on true
       where o.source = 'demonstration'
      """;

  /** Those of the own unit first. */
  private static final String NEAREST =
      SERVING + " and o.id <> :official order by (p.unit_id = :unit) desc, o.id limit 8";

  private LivingMatters.Somebody somebody(String account, Serving who, String password) {
    if (!accounts.exists(account)) {
      accounts.create(account, who.name(), password, Role.OFFICIAL, who.official(), ACTOR);
    }
    return new LivingMatters.Somebody(
        who.official(), who.name(), who.key(), who.unit(), accounts.loadUserByUsername(account));
  }
}
