-- id: posts-held
-- subject: official
-- type: integer
-- unit: post
-- zh-CN: 历任职务数
-- zh-Hant: 歷任職務數
-- en: Regular posts held so far
-- null: never; no post on record counts as none
-- absent: 0
-- value: count(*)
select p.official_id as subject, 'official.posting' as register, p.id as row
  from official.current_posting p
 where p.kind = 'regular' and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > p.starts_on)
