-- id: months-at-post-level
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 任现职务层次月数
-- zh-Hant: 任現職務層次月數
-- en: Months served at the level of the present post
-- null: no present regular post with a level on record
-- value: official.months_of(range_agg(served))
with present as (
  select official_id, min(post_level) as post_level
    from official.current_posting
   where kind = 'regular' and post_level is not null
     and starts_on <= :as_of and (ends_on is null or ends_on > :as_of)
   group by official_id)
select p.official_id as subject, 'official.posting' as register, p.id as row,
       daterange(p.starts_on, least(p.ends_on, :as_of)) as served
  from official.current_posting p
  join present on present.official_id = p.official_id and present.post_level = p.post_level
 where p.kind = 'regular' and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > p.starts_on)
