-- id: attachment-months
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 挂职月数
-- zh-Hant: 掛職月數
-- en: Months on attachment so far
-- null: never; nobody without an attachment spent months on one
-- absent: 0
-- value: official.months_of(range_agg(served))
select p.official_id as subject, 'official.posting' as register, p.id as row,
       daterange(p.starts_on, least(p.ends_on, :as_of)) as served
  from official.current_posting p
 where p.kind in ('attachment', 'study-attachment') and p.starts_on < :as_of
   and (p.ends_on is null or p.ends_on > p.starts_on)
