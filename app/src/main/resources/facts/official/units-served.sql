-- id: units-served
-- subject: official
-- type: integer
-- unit: unit
-- zh-CN: 任职单位数
-- zh-Hant: 任職單位數
-- en: Units served in so far
-- null: never; no post on record counts as none
-- absent: 0
-- value: count(distinct unit_id)
select p.official_id as subject, 'official.posting' as register, p.id as row, p.unit_id
  from official.current_posting p
 where p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > p.starts_on)
