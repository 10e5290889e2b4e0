-- id: months-of-service
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 工作月数
-- zh-Hant: 工作月數
-- en: Months since the start of work
-- null: the start of work is not on record, or lies after the date asked
-- value: max(official.months_of(datemultirange(worked)))
select d.official_id as subject, 'official.identity' as register, d.id as row,
       daterange(d.began_work, least(d.left_on, :as_of)) as worked
  from official.current_identity d
 where d.began_work < :as_of and coalesce(d.left_on > d.began_work, true)
