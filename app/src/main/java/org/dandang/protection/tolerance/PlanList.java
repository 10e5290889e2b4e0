package org.dandang.protection.tolerance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.storage.Sights;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Correction plans as they stand. */
@Component
public class PlanList {
  private final JdbcClient jdbc;
  private final OfficeCalendar office;

  PlanList(JdbcClient jdbc, OfficeCalendar office) {
    this.jdbc = jdbc;
    this.office = office;
  }

  /** Which plans are asked for. */
  public enum Which {
    OPEN("p.completed_on is null"),
    OVERDUE(
        "p.completed_on is null and exists (select from protection.correction_item i where"
            + " i.plan_id = p.id and i.state <> 'verified' and i.until_on < :today)"),
    REPORTED(
        "exists (select from protection.correction_item i where i.plan_id = p.id and i.state ="
            + " 'reported')"),
    COMPLETED("p.completed_on is not null");

    private final String condition;

    Which(String condition) {
      this.condition = condition;
    }

    /** As addresses write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Which of(String word) {
      return Arrays.stream(values())
          .filter(one -> one.word().equals(word))
          .findFirst()
          .orElse(OPEN);
    }
  }

  /** The plans a reader sees, those due first before the others. */
  public List<CorrectionPlan> list(Which which, int from, int most) {
    List<Long> ids =
        jdbc.sql(
                "select p.id from protection.correction_plan p where "
                    + which.condition
                    + " order by p.due_on, p.id limit :most offset :from")
            .param("today", office.today())
            .param("most", most)
            .param("from", from)
            .query(Long.class)
            .list();
    return read(ids);
  }

  /** How many there are of each kind. */
  public int count(Which which) {
    return jdbc.sql("select count(*) from protection.correction_plan p where " + which.condition)
        .param("today", office.today())
        .query(Integer.class)
        .single();
  }

  /** One plan; empty when the reader does not see it. */
  public Optional<CorrectionPlan> find(long id) {
    return read(List.of(id)).stream().findFirst();
  }

  /** The plan of a matter; empty when it has none. */
  public Optional<CorrectionPlan> ofMatter(long matter) {
    return read(
            jdbc.sql("select id from protection.correction_plan where matter_id = ?")
                .param(matter)
                .query(Long.class)
                .list())
        .stream()
        .findFirst();
  }

  /** Those with an item somebody is responsible for; only these items. */
  public List<CorrectionPlan> ofResponsible(long official) {
    return Sights.everything(() -> responsible(official));
  }

  /** Who is responsible for an item sees it, even where the party is somebody else. */
  private List<CorrectionPlan> responsible(long official) {
    return read(
            jdbc.sql(
                    """
                    select distinct p.id, p.due_on from protection.correction_plan p
                      join protection.correction_item i on i.plan_id = p.id
                     where i.official_id = ? order by p.due_on desc, p.id desc limit 100
                    """)
                .param(official)
                .query((row, number) -> row.getLong(1))
                .list())
        .stream()
        .map(
            plan ->
                new CorrectionPlan(
                    plan.id(),
                    plan.matter(),
                    plan.person(),
                    plan.official(),
                    plan.unit(),
                    plan.unitName(),
                    plan.aim(),
                    plan.issued(),
                    plan.due(),
                    plan.completed(),
                    plan.items().stream().filter(item -> item.official() == official).toList()))
        .toList();
  }

  /** The plan an item belongs to. */
  Optional<Long> planOf(long item) {
    return jdbc.sql("select plan_id from protection.correction_item where id = ?")
        .param(item)
        .query(Long.class)
        .optional();
  }

  private List<CorrectionPlan> read(List<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Long[] wanted = ids.toArray(Long[]::new);
    Map<Long, List<CorrectionPlan.Act>> acts = new HashMap<>();
    jdbc.sql(
            """
            select a.item_id, a.act, c.shown_name, a.on_day, a.words
              from protection.correction_act a join protection.correction_item i on i.id = a.item_id
              join platform.account c on c.id = a.account_id
             where i.plan_id = any (?) order by a.id
            """)
        .param(wanted)
        .query(
            row -> {
              acts.computeIfAbsent(row.getLong(1), any -> new ArrayList<>())
                  .add(
                      new CorrectionPlan.Act(
                          row.getString(2),
                          row.getString(3),
                          row.getObject(4, LocalDate.class),
                          row.getString(5)));
            });
    Map<Long, List<CorrectionPlan.Item>> items = new HashMap<>();
    jdbc.sql(
            """
            select i.*, coalesce(s.label, '–') as responsible from protection.correction_item i
              left join official.subject s on s.subject = i.official_id
             where i.plan_id = any (?) order by i.place
            """)
        .param(wanted)
        .query(
            row -> {
              items
                  .computeIfAbsent(row.getLong("plan_id"), any -> new ArrayList<>())
                  .add(
                      new CorrectionPlan.Item(
                          row.getLong("id"),
                          row.getLong("plan_id"),
                          row.getInt("place"),
                          row.getString("text"),
                          row.getLong("official_id"),
                          row.getString("responsible"),
                          row.getObject("until_on", LocalDate.class),
                          row.getString("state"),
                          acts.getOrDefault(row.getLong("id"), List.of())));
            });
    return jdbc.sql(
            """
            select p.*, coalesce((select string_agg(n.label, '、' order by t.id) from protection.tolerance t
                                   join official.subject n on n.subject = t.official_id
                                  where t.matter_id = p.matter_id), s.label, '–') as person, coalesce(u.name, '–') as unit_name
              from protection.correction_plan p
              left join official.subject s on s.subject = p.official_id
              left join organisation.unit u on u.id = p.unit_id
             where p.id = any (?) order by array_position(?, p.id)
            """)
        .params(wanted, wanted)
        .query(
            (row, number) ->
                new CorrectionPlan(
                    row.getLong("id"),
                    row.getLong("matter_id"),
                    row.getString("person"),
                    row.getLong("official_id"),
                    row.getLong("unit_id"),
                    row.getString("unit_name"),
                    row.getString("aim"),
                    row.getObject("issued_on", LocalDate.class),
                    row.getObject("due_on", LocalDate.class),
                    row.getObject("completed_on", LocalDate.class),
                    items.getOrDefault(row.getLong("id"), List.of())))
        .list();
  }
}
