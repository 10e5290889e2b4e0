-- id: grass-roots-months
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 基层工作经历月数
-- zh-Hant: 基層工作經歷月數
-- en: Months of grass-roots work: county level and below, enterprises, schools, villages; full-time study left out
-- null: never; nobody without such a post worked there
-- absent: 0
-- value: coalesce(official.months_of(coalesce(range_agg(spell) filter (where work), '{}') - coalesce(range_agg(spell) filter (where not work), '{}')), 0)
select p.official_id as subject, 'official.posting' as register, p.id as row, true as work,
       daterange(p.starts_on, least(p.ends_on, :as_of)) as spell
  from official.current_posting p
  left join organisation.unit u on u.id = p.unit_id
 where (p.kind = 'first-secretary' or u.level in ('county', 'township', 'county-department')
        or u.kind in ('county', 'township', 'enterprise', 'school'))
   and p.starts_on < :as_of and (p.ends_on is null or p.ends_on > p.starts_on)
union all
select e.official_id, 'official.education', e.id, false, daterange(e.starts_on, least(e.ends_on, :as_of))
  from official.current_education e
 where e.kind = 'full-time' and e.starts_on < :as_of and e.ends_on > e.starts_on
   and exists (select from official.current_posting p
                where p.official_id = e.official_id and p.starts_on < e.ends_on
                  and (p.ends_on is null or p.ends_on > e.starts_on))
