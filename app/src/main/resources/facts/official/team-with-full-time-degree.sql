-- id: team-with-full-time-degree
-- subject: unit
-- type: integer
-- unit: official
-- zh-CN: 领导班子中有全日制大学本科以上学历或学位的人数
-- zh-Hant: 領導班子中有全日制大學本科以上學歷或學位的人數
-- en: Members of the leading team with a full-time education of a degree course or higher
-- null: the unit has no leading team, or a member's full-time education is not on record
-- value: case when bool_and(known) then count(distinct official_id) filter (where counted) end
select t.unit_id as subject, 'official.posting' as register, t.posting_id as row, t.official_id,
       coalesce(e.level < '30', false) or coalesce(e.degree in ('2', '3', '4'), false) as counted, coalesce(e.level, e.degree) is not null as known
  from official.team_on(:as_of) t
  left join official.full_time_education e on e.official_id = t.official_id
