-- id: team-minority
-- subject: unit
-- type: integer
-- unit: official
-- zh-CN: 领导班子中的少数民族干部人数
-- zh-Hant: 領導班子中的少數民族幹部人數
-- en: Members of the leading team of an ethnic minority
-- null: the unit has no leading team, or a member's ethnic group is not on record
-- value: case when bool_and(known) then count(distinct official_id) filter (where counted) end
select t.unit_id as subject, 'official.posting' as register, t.posting_id as row, t.official_id,
       i.ethnic_group not in ('汉', '汉族') as counted, nullif(i.ethnic_group, '') is not null as known
  from official.team_on(:as_of) t
  left join official.current_identity i on i.official_id = t.official_id
