-- id: unit-level-of-post
-- subject: official
-- type: string
-- values: province, city, county, township, city-department, county-department, none
-- group: 40
-- zh-CN: 现任职单位层级
-- zh-Hant: 現任職單位層級
-- en: Level of the unit of the present post
-- null: no present regular post on record
-- value: (array_agg(level order by starts_on desc, row desc))[1]
select p.official_id as subject, 'official.posting' as register, p.id as row, p.starts_on, u.level
  from official.current_posting p
  join organisation.unit u on u.id = p.unit_id
 where p.kind = 'regular'
   and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > :as_of)
