package org.dandang.official.search;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dandang.official.register.PartialDate;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.fact.Snapshots;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads from the registers what is kept for searching: of some people, or of everybody. */
@Component
class SearchRows {
  private static final String SUBJECT = "official";

  private static final String LINE =
      """
      select i.official_id, i.name, o.key, i.pinyin, i.initials, i.sex,
             i.born, i.born_precision, i.began_work, i.began_work_precision, i.status,
             present.unit, present.post, held.rank, flagged.flags, today.levels, today.units, seen.seen_from,
             exists (select from official.front_line_service f
                      where f.official_id = i.official_id and f.starts_on <= :today
                        and (f.ends_on is null or f.ends_on > :today)) as on_front_line
        from official.identity i
        join official.official o on o.id = i.official_id
        left join lateral (
          select coalesce(u.name, p.unit_text) as unit, p.post
            from official.current_posting p left join organisation.unit u on u.id = p.unit_id
           where p.official_id = i.official_id and p.kind = 'regular' and p.starts_on is not null
           order by (p.ends_on is null or p.ends_on > :today) desc, p.starts_on desc limit 1) present on true
        left join lateral (
          select r.rank from official.rank_in_order r
           where r.official_id = i.official_id order by r.said_from desc, r.id desc limit 1) held on true
        left join lateral (
          select array_agg(t.kind) as flags from official.timeline_flag t
           where t.official_id = i.official_id) flagged on true
        left join lateral (
          select array_agg(distinct p.unit_id) filter (where p.unit_id is not null) as units,
                 array_agg(distinct p.post_level) filter (where p.kind = 'regular' and p.post_level is not null) as levels
            from official.current_posting p
           where p.official_id = i.official_id and p.starts_on <= :today
             and (p.ends_on is null or p.ends_on > :today)) today on true
        left join lateral (
          select array_agg(unit) as seen_from from official.seen_from(i.official_id, :today) as unit) seen on true
       where i.superseded_at is null %s
       order by i.official_id
      """;

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Snapshots snapshots;

  SearchRows(JdbcClient jdbc, Facts facts, Snapshots snapshots) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.snapshots = snapshots;
  }

  /** The facts about officials, in the order of their ids. */
  List<Fact> published() {
    return facts.catalogue().all().stream().filter(fact -> fact.subject().equals(SUBJECT)).toList();
  }

  long everybody() {
    return jdbc.sql("select count(*) from official.identity where superseded_at is null")
        .query(Long.class)
        .single();
  }

  /** The rows of some people; who is no longer in the register has none. */
  void of(Collection<Long> officials, LocalDate today, Consumer<SearchRow> each) {
    Map<Long, Map<String, @Nullable Object>> values =
        facts.ofThese(SUBJECT, officials, ids(), today);
    Map<Long, Long> parents =
        parents(
            """
            with recursive up as (
              select u.id, u.parent_id from organisation.unit u
               where u.id in (select p.unit_id from official.posting p
                               where p.superseded_at is null and p.official_id = any(:officials)
                              union all
                              select a.managing_unit_id from organisation.management_authority a
                               where a.superseded_at is null)
              union
              select u.id, u.parent_id from up join organisation.unit u on u.id = up.parent_id)
            select id, parent_id from up
            """,
            officials);
    jdbc.sql(LINE.formatted("and i.official_id = any(:officials)"))
        .param("today", today)
        .param("officials", officials.toArray(Long[]::new))
        .query(
            row -> {
              long official = row.getLong("official_id");
              each.accept(row(row, parents, values.getOrDefault(official, Map.of())));
            });
  }

  /** Everybody's rows, over the database's cursor; within a transaction. */
  void ofEverybody(LocalDate today, Consumer<SearchRow> each) {
    Snapshots.Kept kept =
        snapshots.take(new Snapshots.Content(SUBJECT, ids(), Map.of(), today, null));
    Map<Long, Long> parents = parents("select id, parent_id from organisation.unit", List.of());
    try (Snapshots.Rows values = snapshots.rows(kept, ids());
        Stream<SearchRow> rows =
            jdbc
                .sql(LINE.formatted(""))
                .param("today", today)
                .withFetchSize(2_000)
                .query((row, number) -> row(row, parents, values.of(row.getLong("official_id"))))
                .stream()) {
      rows.forEach(each);
    }
  }

  private List<String> ids() {
    return published().stream().map(Fact::id).toList();
  }

  private Map<Long, Long> parents(String sql, Collection<Long> officials) {
    Map<Long, Long> parents = new HashMap<>();
    jdbc.sql(sql)
        .params(
            officials.isEmpty() ? Map.of() : Map.of("officials", officials.toArray(Long[]::new)))
        .query(
            row -> {
              long parent = row.getLong("parent_id");
              if (!row.wasNull()) {
                parents.put(row.getLong("id"), parent);
              }
            });
    return parents;
  }

  private static SearchRow row(
      ResultSet row, Map<Long, Long> parents, Map<String, @Nullable Object> facts)
      throws SQLException {
    String name = row.getString("name");
    String key = row.getString("key");
    List<String> flags = texts(row.getArray("flags"));
    return new SearchRow(
        new OfficialLine(
            row.getLong("official_id"),
            name == null ? key : name,
            key,
            row.getInt("sex"),
            date(row, "born"),
            date(row, "began_work"),
            row.getString("status"),
            row.getString("unit"),
            row.getString("post"),
            row.getString("rank"),
            flags.size()),
        name,
        row.getString("pinyin"),
        row.getString("initials"),
        flags,
        texts(row.getArray("levels")),
        within(row.getArray("units"), parents),
        within(row.getArray("seen_from"), parents),
        row.getBoolean("on_front_line"),
        facts);
  }

  private static @Nullable PartialDate date(ResultSet row, String column) throws SQLException {
    return PartialDate.of(
        row.getObject(column, LocalDate.class), row.getString(column + "_precision"));
  }

  private static List<String> texts(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
  }

  private static Set<Long> within(@Nullable Array units, Map<Long, Long> parents)
      throws SQLException {
    Set<Long> within = new HashSet<>();
    if (units != null) {
      for (Long unit : (Long[]) units.getArray()) {
        for (Long above = unit; above != null && within.add(above); ) {
          above = parents.get(above);
        }
      }
    }
    return within;
  }
}
