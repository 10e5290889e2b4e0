-- id: place
-- subject: unit
-- type: string
-- group: 50
-- zh-CN: 所在地
-- zh-Hant: 所在地
-- en: Place of the unit
-- null: it lies in no county or prefecture
-- value: min(place)
with named as (
  select id,
         case when count(*) over (partition by name) > 1 then name || ' (' || code || ')' else name end as place
    from organisation.unit
   where kind in ('county', 'prefecture'))
select distinct on (w.unit_id) w.unit_id as subject, 'organisation.unit' as register, w.unit_id as row, n.place
  from organisation.unit_within w
  join named n on n.id = w.within_id
 order by w.unit_id, w.steps
