package org.dandang.protection;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.dandang.platform.procedure.Desk;
import org.dandang.protection.hub.SomeLeads;
import org.dandang.protection.inaction.SomeCampaigns;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Entries that forms of protection can name, made when a random walk needs one. */
final class OnRecordForForms {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ApplicationContext context;
  private final JdbcClient jdbc;
  private final Desk desk;

  OnRecordForForms(ApplicationContext context) {
    this.context = context;
    this.jdbc = context.getBean(JdbcClient.class);
    this.desk = new Desk(context);
  }

  /** By the word of their kind: given the person a matter is about, what names one. */
  Map<String, Function<Long, String>> makers() {
    Map<String, Function<Long, String>> makers = new HashMap<>();
    SomeLeads leads = new SomeLeads(context);
    makers.put(
        "lead",
        official ->
            leads.about(
                official, "national/lead-closing", unit(), DAY, desk.as("wa-discipline-officer1")));
    List<Long> campaign = new ArrayList<>();
    makers.put(
        "finding-campaign",
        official -> {
          if (campaign.isEmpty()) {
            campaign.add(
                new SomeCampaigns(context)
                    .open("heilongjiang/five-nos", unit(), DAY, desk.as("wa-personnel-officer1")));
          }
          return campaign.getFirst().toString();
        });
    makers.put("unfounded-outcome", this::unfounded);
    for (String kind : List.of("false_accusation", "credit_entry", "sanction")) {
      makers.put(kind.replace('_', '-'), person -> newest(kind, person));
    }
    return makers;
  }

  private long unit() {
    return desk.unit("wa-bureau", "county-department", null);
  }

  private String unfounded(long official) {
    String number = "WU-" + NUMBER.incrementAndGet();
    jdbc.sql(
            """
            insert into protection.report_outcome (number, official_id, unit_id, outcome, outcome_on, recorded_at, recorded_by)
            values (?, ?, ?, 'unfounded', ?, now(), 'test')
            """)
        .params(number, official, unit(), DAY)
        .update();
    return number;
  }

  /** The newest entry about a person; null where there is none. */
  private String newest(String table, long person) {
    String whose = table.equals("sanction") ? "official_id" : "coalesce(official_id, outsider_id)";
    return jdbc.sql(
            "select cast(max(id) as text) from protection." + table + " where " + whose + " = ?")
        .param(person)
        .query(String.class)
        .optional()
        .orElse(null);
  }
}
