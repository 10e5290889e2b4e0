-- id: team-size
-- subject: unit
-- type: integer
-- unit: official
-- zh-CN: 领导班子现有人数
-- zh-Hant: 領導班子現有人數
-- en: Members of the leading team: officials with a leading post in the unit itself
-- null: never; no member counts as none
-- absent: 0
-- value: count(distinct official_id)
select t.unit_id as subject, 'official.posting' as register, t.posting_id as row, t.official_id
  from official.team_on(:as_of) t
