-- id: hardship-months
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 艰苦边远地区工作月数
-- zh-Hant: 艱苦邊遠地區工作月數
-- en: Months served in places with a hardship class up to the date asked
-- null: never served in one
-- value: official.months_of(range_agg(served))
select s.official_id as subject, 'official.posting' as register, s.posting_id as row, s.hardship_class,
       daterange(s.starts_on, least(s.ends_on, :as_of)) as served
  from official.hardship_service s
 where s.hardship_class > 0 and s.starts_on < :as_of
