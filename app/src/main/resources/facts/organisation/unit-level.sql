-- id: unit-level
-- subject: unit
-- type: string
-- values: province, city, county, township, city-department, county-department, none
-- group: 40
-- zh-CN: 单位层级
-- zh-Hant: 單位層級
-- en: Level of the unit
-- null: never
-- value: min(level)
select u.id as subject, 'organisation.unit' as register, u.id as row, u.level
  from organisation.unit u
