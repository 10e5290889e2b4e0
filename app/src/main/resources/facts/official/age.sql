-- id: age
-- subject: official
-- type: integer
-- unit: year
-- group: 30
-- bands: 30, 35, 40, 45, 50, 55
-- zh-CN: 年龄
-- zh-Hant: 年齡
-- en: Age in whole years
-- null: the birth is not on record, or lies after the date asked
-- value: extract(year from age(cast(:as_of as date), max(born)))
select d.official_id as subject, 'official.identity' as register, d.id as row, d.born
  from official.current_identity d
 where d.born <= :as_of
