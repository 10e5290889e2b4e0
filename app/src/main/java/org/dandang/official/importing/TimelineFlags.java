package org.dandang.official.importing;

/**
 * What does not fit together on a timeline. Only regular postings must follow one another: somebody
 * who holds a second post or is sent out for a time keeps the regular one.
 */
final class TimelineFlags {
  /**
   * Days between two regular postings that need no explanation: handing over, moving, waiting for
   * the document. More are flagged. A convention of this program, not of a regulation.
   */
  static final int GAP_WITHOUT_FLAG = 31;

  /** Who began to work younger than this is asked about. A convention as well. */
  static final int YOUNGEST = 14;

  /** A posting that begins further ahead than this is asked about. */
  static final String AHEAD = "1 year";

  private final Storing.Statements sql;

  TimelineFlags(Storing.Statements sql) {
    this.sql = sql;
  }

  void recomputeAll() {
    sql.run("delete from official.timeline_flag");
    flag("");
  }

  /**
   * @param officials a query that yields the ids of the officials concerned
   */
  void recompute(String officials) {
    sql.run("drop table if exists pg_temp.affected");
    sql.run("create temp table affected on commit drop as " + officials);
    sql.run("analyze affected");
    sql.run(
        "delete from official.timeline_flag where official_id in (select official_id from affected)");
    flag(" and p.official_id in (select official_id from affected)");
  }

  private void flag(String only) {
    sql.run(
        """
        insert into official.timeline_flag (official_id, kind, posting_id, starts_on, ends_on)
        select p.official_id, case when p.starts_on is null then 'no-start' else 'ends-before-start' end,
               p.id, p.starts_on, p.ends_on
          from official.posting p
         where p.superseded_at is null
           and (p.starts_on is null
                or official.latest(p.ends_on, p.ends_on_precision)
                   < case when p.ends_on_precision = 'D' and p.starts_on_precision = 'D' then p.starts_on + 1 else p.starts_on end)
        """
            + only);
    sql.run(
        """
        insert into official.timeline_flag (official_id, kind, posting_id, starts_on, ends_on)
        select p.official_id,
               case when p.starts_on > %1$s then 'in-future'
                    when official.latest(p.starts_on, p.starts_on_precision) < i.born then 'before-birth'
                    else 'before-work' end,
               p.id, p.starts_on,
               case when p.starts_on > %1$s then null
                    when official.latest(p.starts_on, p.starts_on_precision) < i.born then i.born
                    else i.began_work end
          from official.posting p
          join official.identity i on i.official_id = p.official_id and i.superseded_at is null
         where p.superseded_at is null
           and (official.latest(p.starts_on, p.starts_on_precision) < i.began_work
                or official.latest(p.starts_on, p.starts_on_precision) < i.born or p.starts_on > %1$s)
        """
                .formatted("(now() + interval '" + AHEAD + "')::date")
            + only);
    sql.run(
        """
        insert into official.timeline_flag (official_id, kind, starts_on, ends_on)
        select p.official_id, 'under-age', p.began_work, (p.born + interval '%1$d years')::date
          from official.identity p
         where p.superseded_at is null
           and official.latest(p.began_work, p.began_work_precision) < p.born + interval '%1$d years'
        """
                .formatted(YOUNGEST)
            + only);
    sql.run(
        """
        insert into official.timeline_flag (official_id, kind, starts_on)
        select p.official_id, 'number-disagrees', p.born
          from official.identity p
         where p.superseded_at is null and p.number_disagrees
        """
            + only);
    sql.run("drop table if exists pg_temp.timeline");
    sql.run(
        """
        create temp table timeline on commit drop as
        select * from (
          select p.id, p.official_id, p.starts_on, coalesce(p.ends_on, 'infinity') as ends_on,
                 official.latest(p.starts_on, p.starts_on_precision) as starts_latest,
                 max(coalesce(p.ends_on, 'infinity')) over before as before,
                 max(coalesce(case when p.ends_on_precision = 'D' then p.ends_on
                                   else official.latest(p.ends_on, p.ends_on_precision) end, 'infinity')) over before as before_latest
            from official.posting p
           where p.superseded_at is null and p.kind = 'regular'
             and p.starts_on is not null and (p.ends_on is null or p.ends_on > p.starts_on)
        """
            + only
            + """
          window before as (partition by p.official_id order by p.starts_on, p.id
                            rows between unbounded preceding and 1 preceding)) t
         where before > starts_latest or before_latest + %d < starts_on
        """
                .formatted(GAP_WITHOUT_FLAG));
    sql.run("analyze timeline");
    sql.run(
        """
        insert into official.timeline_flag (official_id, kind, posting_id, other_posting_id, starts_on, ends_on)
        select t.official_id, 'gap', t.id,
               (select max(o.id) from official.posting o
                 where o.official_id = t.official_id and o.superseded_at is null and o.kind = 'regular'
                   and o.ends_on = t.before and o.ends_on > o.starts_on),
               t.before, t.starts_on
          from timeline t where t.before < t.starts_on
        """);
    sql.run(
        """
        insert into official.timeline_flag (official_id, kind, posting_id, other_posting_id, starts_on, ends_on)
        select t.official_id, 'overlap', t.id, o.id, t.starts_on,
               nullif(least(t.ends_on, coalesce(o.ends_on, 'infinity')), 'infinity')
          from timeline t
          join official.posting o on o.official_id = t.official_id
         where t.before > t.starts_latest
           and o.superseded_at is null and o.kind = 'regular'
           and (o.starts_on, o.id) < (t.starts_on, t.id)
           and (o.ends_on is null or o.ends_on > t.starts_latest)
           and (o.ends_on is null or o.ends_on > o.starts_on)
        """);
  }
}
