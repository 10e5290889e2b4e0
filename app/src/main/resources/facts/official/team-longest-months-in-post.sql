-- id: team-longest-months-in-post
-- subject: unit
-- type: integer
-- unit: month
-- zh-CN: 领导班子成员任现职最长月数
-- zh-Hant: 領導班子成員任現職最長月數
-- en: Longest time in the present post among the members of the leading team, in months
-- null: the unit has no leading team
-- value: max(months)
select t.unit_id as subject, 'official.posting' as register, t.posting_id as row,
       official.months_of(datemultirange(daterange(t.starts_on, cast(:as_of as date)))) as months
  from official.team_on(:as_of) t
