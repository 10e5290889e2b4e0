-- id: team-under-40
-- subject: unit
-- type: integer
-- unit: official
-- zh-CN: 领导班子中未满四十周岁的人数
-- zh-Hant: 領導班子中未滿四十週歲的人數
-- en: Members of the leading team under 40
-- null: the unit has no leading team, or a member's birth is not on record
-- value: case when bool_and(known) then count(distinct official_id) filter (where counted) end
select t.unit_id as subject, 'official.posting' as register, t.posting_id as row, t.official_id,
       i.born > cast(:as_of as date) - interval '40 years' as counted, i.born is not null as known
  from official.team_on(:as_of) t
  left join official.current_identity i on i.official_id = t.official_id
