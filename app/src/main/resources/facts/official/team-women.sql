-- id: team-women
-- subject: unit
-- type: integer
-- unit: official
-- zh-CN: 领导班子中的女干部人数
-- zh-Hant: 領導班子中的女幹部人數
-- en: Women in the leading team
-- null: the unit has no leading team, or a member's sex is not on record
-- value: case when bool_and(known) then count(distinct official_id) filter (where counted) end
select t.unit_id as subject, 'official.posting' as register, t.posting_id as row, t.official_id,
       i.sex = 2 as counted, coalesce(i.sex in (1, 2), false) as known
  from official.team_on(:as_of) t
  left join official.current_identity i on i.official_id = t.official_id
