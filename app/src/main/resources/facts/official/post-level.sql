-- id: post-level
-- subject: official
-- type: string
-- zh-CN: 现职务层次
-- zh-Hant: 現職務層次
-- en: Level of the present post (GB/T 12407-2008)
-- null: no present regular post with a level on record
-- value: min(post_level)
select p.official_id as subject, 'official.posting' as register, p.id as row, p.post_level
  from official.current_posting p
 where p.kind = 'regular' and p.post_level is not null
   and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > :as_of)
