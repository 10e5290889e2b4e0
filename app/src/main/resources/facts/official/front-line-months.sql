-- id: front-line-months
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 一线工作月数
-- zh-Hant: 一線工作月數
-- en: Months of front-line service up to the date asked
-- null: never served on the front line
-- value: official.months_of(range_agg(served))
select f.official_id as subject, 'official.posting' as register, f.posting_id as row,
       daterange(f.starts_on, least(f.ends_on, :as_of)) as served
  from official.front_line_service f
 where f.starts_on < :as_of
