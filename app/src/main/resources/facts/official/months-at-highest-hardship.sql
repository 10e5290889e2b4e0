-- id: months-at-highest-hardship
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 在最高类别艰苦边远地区工作月数
-- zh-Hant: 在最高類別艱苦邊遠地區工作月數
-- en: Months served in places of the highest hardship class served in
-- null: never served in one
-- value: official.months_of(range_agg(served) filter (where hardship_class = highest))
select s.official_id as subject, 'official.posting' as register, s.posting_id as row, s.hardship_class,
       max(s.hardship_class) over (partition by s.official_id) as highest,
       daterange(s.starts_on, least(s.ends_on, :as_of)) as served
  from official.hardship_service s
 where s.hardship_class > 0 and s.starts_on < :as_of
