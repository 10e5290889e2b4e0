-- id: altitude-zone-served
-- subject: official
-- type: integer
-- unit: class
-- zh-CN: 任职过的高海拔地区最高类别
-- zh-Hant: 任職過的高海拔地區最高類別
-- en: Highest altitude zone of a place served in up to the date asked (0 none to 6)
-- null: no place served in has one on record
-- value: max(altitude_zone)
select s.official_id as subject, 'official.posting' as register, s.posting_id as row, s.altitude_zone,
       daterange(s.starts_on, least(s.ends_on, :as_of)) as served
  from official.hardship_service s
 where s.altitude_zone is not null and s.starts_on < :as_of
