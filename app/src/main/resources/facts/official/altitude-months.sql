-- id: altitude-months
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 高海拔地区工作月数
-- zh-Hant: 高海拔地區工作月數
-- en: Months served in places in an altitude zone up to the date asked
-- null: never served in one
-- value: official.months_of(range_agg(served))
select s.official_id as subject, 'official.posting' as register, s.posting_id as row, s.altitude_zone,
       daterange(s.starts_on, least(s.ends_on, :as_of)) as served
  from official.hardship_service s
 where s.altitude_zone > 0 and s.starts_on < :as_of
