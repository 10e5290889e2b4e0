-- id: months-at-highest-altitude
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 在最高类别高海拔地区工作月数
-- zh-Hant: 在最高類別高海拔地區工作月數
-- en: Months served in places of the highest altitude zone served in
-- null: never served in one
-- value: official.months_of(range_agg(served) filter (where altitude_zone = highest))
select s.official_id as subject, 'official.posting' as register, s.posting_id as row, s.altitude_zone,
       max(s.altitude_zone) over (partition by s.official_id) as highest,
       daterange(s.starts_on, least(s.ends_on, :as_of)) as served
  from official.hardship_service s
 where s.altitude_zone > 0 and s.starts_on < :as_of
