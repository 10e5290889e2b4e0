-- id: concurrent-posts
-- subject: official
-- type: integer
-- unit: post
-- zh-CN: 现兼任职务数
-- zh-Hant: 現兼任職務數
-- en: Posts held concurrently on the date asked
-- null: never; none on record counts as none
-- absent: 0
-- value: count(*)
select p.official_id as subject, 'official.posting' as register, p.id as row
  from official.current_posting p
 where p.kind = 'concurrent'
   and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > :as_of)
