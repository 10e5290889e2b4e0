package org.dandang.official;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.dandang.official.register.Register;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Two records that may be one person's. The machine only suggests; a person merges them, with a
 * reason, or says that they are two people. A merger moves rows and lists them, so that undoing it
 * moves exactly those back.
 */
@Component
public class Merging {
  private static final List<String> BESIDE_REGISTERS =
      List.of(
          "official.document",
          "official.form",
          "official.unsettled_line",
          "official.photo",
          "official.correction_request");

  private final JdbcClient jdbc;
  private final Timelines timelines;
  private final Ledger ledger;
  private final Clock clock;
  private final List<RowsOfPeople> others;

  Merging(
      JdbcClient jdbc,
      Timelines timelines,
      Ledger ledger,
      Clock clock,
      ObjectProvider<RowsOfPeople> others) {
    this.others = others.stream().toList();
    this.jdbc = jdbc;
    this.timelines = timelines;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Two records side by side.
   *
   * @param why {@code number}: the same identity number; {@code name}: the same name, month of
   *     birth and unit
   */
  public record Pair(
      long one,
      String oneName,
      @Nullable String oneUnit,
      long oneRows,
      long other,
      String otherName,
      @Nullable String otherUnit,
      long otherRows,
      String why) {}

  /** A merger that can be undone. */
  public record Merged(
      long id,
      long kept,
      String name,
      long gone,
      OffsetDateTime mergedAt,
      String mergedBy,
      String reason) {}

  /** Pairs nobody decided about yet, at most so many. */
  List<Pair> suggested(int atMost) {
    return jdbc.sql(
            """
            with present as (
              select i.official_id, i.name, i.born, i.number_index,
                     (select coalesce(p.unit_id::text, p.unit_text) from official.current_posting p
                       where p.official_id = i.official_id and p.kind = 'regular' and p.ends_on is null
                       order by p.starts_on desc nulls last limit 1) as unit
                from official.current_identity i
               where (i.name, date_trunc('month', i.born)) in (
                       select name, date_trunc('month', born) from official.current_identity
                        where name is not null and born is not null and born_precision <> 'Y'
                        group by 1, 2 having count(*) > 1)
                  or i.number_index in (
                       select number_index from official.current_identity where number_index is not null
                        group by 1 having count(*) > 1)
            ), pair as (
              select a.official_id as one, b.official_id as other, min(case when a.number_index = b.number_index then 'number' else 'name' end) as why
                from present a join present b on a.official_id < b.official_id
                 and (a.number_index = b.number_index
                      or a.name = b.name and date_trunc('month', a.born) = date_trunc('month', b.born) and a.unit = b.unit)
               where not exists (select from official.not_the_same n where n.one_id = a.official_id and n.other_id = b.official_id)
               group by 1, 2
               order by 3 desc, 1 limit :most)
            select p.*, a.label as one_name, b.label as other_name,
                   (select coalesce(u.name, x.unit_text) from official.current_posting x left join organisation.unit u on u.id = x.unit_id where x.official_id = p.one and x.ends_on is null order by x.starts_on desc nulls last limit 1) as one_unit,
                   (select coalesce(u.name, x.unit_text) from official.current_posting x left join organisation.unit u on u.id = x.unit_id where x.official_id = p.other and x.ends_on is null order by x.starts_on desc nulls last limit 1) as other_unit,
                   (select count(*) from official.current_posting x where x.official_id = p.one) as one_rows,
                   (select count(*) from official.current_posting x where x.official_id = p.other) as other_rows
              from pair p join official.subject a on a.subject = p.one join official.subject b on b.subject = p.other
             order by p.why desc, p.one
            """)
        .param("most", atMost)
        .query(
            (row, number) ->
                new Pair(
                    row.getLong("one"),
                    row.getString("one_name"),
                    row.getString("one_unit"),
                    row.getLong("one_rows"),
                    row.getLong("other"),
                    row.getString("other_name"),
                    row.getString("other_unit"),
                    row.getLong("other_rows"),
                    row.getString("why")))
        .list();
  }

  /** Mergers that stand, the last first. */
  List<Merged> standing(int atMost) {
    return jdbc.sql(
            """
            select m.id, m.kept_id, s.label, m.gone_id, m.merged_at, m.merged_by, m.reason
              from official.merger m join official.subject s on s.subject = m.kept_id
             where m.undone_at is null order by m.id desc limit ?
            """)
        .param(atMost)
        .query(
            (row, number) ->
                new Merged(
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getObject(5, OffsetDateTime.class),
                    row.getString(6),
                    row.getString(7)))
        .list();
  }

  /**
   * Makes two records one.
   *
   * @return false when one of them is not there or was merged already; nothing was changed
   */
  @Transactional
  public boolean merge(long kept, long gone, String reason, String actor) {
    Long known =
        jdbc.sql(
                """
                select count(*) from (select id from official.official
                 where id in (:kept, :gone)
                   and not exists (select from official.merger m where m.gone_id = official.id and m.undone_at is null)
                 order by id for update) t
                """)
            .param("kept", kept)
            .param("gone", gone)
            .query(Long.class)
            .single();
    if (kept == gone || known != 2) {
      return false;
    }
    OffsetDateTime now = OffsetDateTime.now(clock);
    long merger =
        jdbc.sql(
                "insert into official.merger (kept_id, gone_id, merged_at, merged_by, reason)"
                    + " values (?, ?, ?, ?, ?) returning id")
            .params(kept, gone, now, actor, reason)
            .query(Long.class)
            .single();
    // Of two descriptions of one person that of the record kept holds; the other stays, superseded.
    supersededAndListed(merger, "official.identity", gone, now);
    if (holds("official.photo", kept)) {
      supersededAndListed(merger, "official.photo", gone, now);
    }
    if (holds("official.form", kept)) {
      supersededAndListed(merger, "official.form", gone, now);
    }
    for (Register register : Register.ofPeople()) {
      moved(merger, register.table(), gone, kept);
    }
    for (String table : BESIDE_REGISTERS) {
      moved(merger, table, gone, kept);
    }
    others.forEach(rows -> movedElsewhere(merger, rows, gone, kept));
    jdbc.sql(
            "insert into official.merged_row (merger_id, register, row_id) select ?,"
                + " 'official.known_as:' || source || ':' || key, 0 from official.known_as where"
                + " official_id = ?")
        .params(merger, gone)
        .update();
    jdbc.sql("update official.known_as set official_id = ? where official_id = ?")
        .params(kept, gone)
        .update();
    timelines.recheck(kept);
    timelines.recheck(gone);
    ledger.append(
        actor,
        "officials-merged",
        "official",
        Long.toString(kept),
        Map.of("merger", merger, "gone", gone, "reason", reason));
    return true;
  }

  /** Makes them two again; false when the merger was undone already. */
  @Transactional
  public boolean undo(long merger, String actor) {
    Merged merged =
        standing(Integer.MAX_VALUE).stream()
            .filter(each -> each.id() == merger)
            .findFirst()
            .orElse(null);
    if (merged == null
        || jdbc.sql(
                    "update official.merger set undone_at = ?, undone_by = ? where id = ? and"
                        + " undone_at is null")
                .params(OffsetDateTime.now(clock), actor, merger)
                .update()
            != 1) {
      return false;
    }
    List<String> tables =
        java.util.stream.Stream.concat(
                Register.ofPeople().stream().map(Register::table), BESIDE_REGISTERS.stream())
            .toList();
    for (String table : tables) {
      jdbc.sql(
              """
              update %1$s r set official_id = ?%2$s
                from official.merged_row m
               where m.merger_id = ? and m.register = '%1$s' and m.row_id = r.id
              """
                  .formatted(
                      table,
                      List.of("official.identity", "official.photo", "official.form")
                              .contains(table)
                          ? ", superseded_at = case when m.superseded then null else"
                              + " r.superseded_at end"
                          : ""))
          .params(merged.gone(), merger)
          .update();
    }
    others.forEach(rows -> movedBack(merged, rows));
    jdbc.sql(
            """
            update official.known_as k set official_id = ? from official.merged_row m
             where m.merger_id = ? and m.register = 'official.known_as:' || k.source || ':' || k.key
            """)
        .params(merged.gone(), merger)
        .update();
    timelines.recheck(merged.kept());
    timelines.recheck(merged.gone());
    ledger.append(
        actor,
        "merger-undone",
        "official",
        Long.toString(merged.kept()),
        Map.of("merger", merger, "back", merged.gone()));
    return true;
  }

  /** They are two people; the pair is not suggested again. */
  @Transactional
  public void notTheSame(long one, long other, String reason, String actor) {
    jdbc.sql(
            "insert into official.not_the_same (one_id, other_id, decided_at, decided_by, reason)"
                + " values (?, ?, ?, ?, ?) on conflict do nothing")
        .params(
            Math.min(one, other), Math.max(one, other), OffsetDateTime.now(clock), actor, reason)
        .update();
    ledger.append(
        actor,
        "officials-told-apart",
        "official",
        Long.toString(Math.min(one, other)),
        Map.of("other", Math.max(one, other), "reason", reason));
  }

  private boolean holds(String table, long official) {
    return jdbc.sql(
                "select count(*) from %s where official_id = ? and superseded_at is null"
                    .formatted(table))
            .param(official)
            .query(Long.class)
            .single()
        > 0;
  }

  private void supersededAndListed(long merger, String table, long gone, OffsetDateTime now) {
    jdbc.sql(
            """
            insert into official.merged_row (merger_id, register, row_id, superseded)
            select ?, '%1$s', id, true from %1$s where official_id = ? and superseded_at is null
            """
                .formatted(table))
        .params(merger, gone)
        .update();
    jdbc.sql(
            "update %s set superseded_at = ? where official_id = ? and superseded_at is null"
                .formatted(table))
        .params(now, gone)
        .update();
  }

  private void moved(long merger, String table, long gone, long kept) {
    jdbc.sql(
            """
            insert into official.merged_row (merger_id, register, row_id)
            select ?, '%1$s', id from %1$s where official_id = ? on conflict do nothing
            """
                .formatted(table))
        .params(merger, gone)
        .update();
    jdbc.sql("update %s set official_id = ? where official_id = ?".formatted(table))
        .params(kept, gone)
        .update();
  }

  private void movedElsewhere(long merger, RowsOfPeople rows, long gone, long kept) {
    Sights.everywhere(
        () ->
            jdbc.sql(
                    """
                    insert into official.merged_row (merger_id, register, row_id)
                    select ?, ?, moved from official.move_rows(cast(? as regclass), ?, ?, ?, ?, ?) as moved
                    """)
                .params(
                    merger,
                    rows.register(),
                    rows.table(),
                    rows.key(),
                    rows.column(),
                    rows.only(),
                    gone,
                    kept)
                .update());
  }

  private void movedBack(Merged merged, RowsOfPeople rows) {
    Sights.everywhere(
        () ->
            jdbc.sql(
                    """
                    update %1$s r set %2$s = ? from official.merged_row m
                     where m.merger_id = ? and m.register = ? and m.row_id = r.%3$s and r.%2$s = ? and %4$s
                    """
                        .formatted(rows.table(), rows.column(), rows.key(), rows.only()))
                .params(merged.gone(), merged.id(), rows.register(), merged.kept())
                .update());
  }
}
