-- id: months-in-post
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 任现职务月数
-- zh-Hant: 任現職務月數
-- en: Months in the present post
-- null: no present regular post on record
-- value: max(official.months_of(datemultirange(served)))
select p.official_id as subject, 'official.posting' as register, p.id as row,
       daterange(p.starts_on, :as_of) as served
  from official.current_posting p
 where p.kind = 'regular' and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > :as_of)
