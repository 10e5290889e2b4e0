-- id: place-of-post
-- subject: official
-- type: string
-- group: 50
-- zh-CN: 现任职地
-- zh-Hant: 現任職地
-- en: Place of the present post
-- null: no present regular post on record, or its unit lies within no county or prefecture
-- value: (array_agg(place order by starts_on desc, row desc))[1]
with named as (
  select id,
         case when count(*) over (partition by name) > 1 then name || ' (' || code || ')' else name end as place
    from organisation.unit
   where kind in ('county', 'prefecture')),
nearest as (
  select distinct on (w.unit_id) w.unit_id, n.place
    from organisation.unit_within w
    join named n on n.id = w.within_id
   order by w.unit_id, w.steps)
select p.official_id as subject, 'official.posting' as register, p.id as row, p.starts_on, n.place
  from official.current_posting p
  left join nearest n on n.unit_id = p.unit_id
 where p.kind = 'regular'
   and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > :as_of)
