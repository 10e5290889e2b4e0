-- id: hardship-class-served
-- subject: official
-- type: integer
-- unit: class
-- zh-CN: 任职过的艰苦边远地区最高类别
-- zh-Hant: 任職過的艱苦邊遠地區最高類別
-- en: Highest hardship class of a place served in up to the date asked (0 none to 6)
-- null: no place served in has one on record
-- value: max(hardship_class)
select s.official_id as subject, 'official.posting' as register, s.posting_id as row, s.hardship_class,
       daterange(s.starts_on, least(s.ends_on, :as_of)) as served
  from official.hardship_service s
 where s.hardship_class is not null and s.starts_on < :as_of
