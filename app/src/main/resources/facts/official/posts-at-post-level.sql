-- id: posts-at-post-level
-- subject: official
-- type: integer
-- unit: post
-- zh-CN: 任现职务层次以来的职位数
-- zh-Hant: 任現職務層次以來的職位數
-- en: Regular posts held at the level of the present post
-- null: no present regular post with a level on record
-- value: count(distinct concat_ws(' ', coalesce(unit_id::text, unit_text), post))
select p.official_id as subject, 'official.posting' as register, p.id as row, p.unit_id, p.unit_text, p.post
  from official.current_posting p
  join official.post_level_on(:as_of) held on held.official_id = p.official_id and held.post_level = p.post_level
 where p.kind = 'regular' and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > p.starts_on)
