-- id: on-front-line-now
-- subject: official
-- type: boolean
-- zh-CN: 现在一线工作
-- zh-Hant: 現在一線工作
-- en: Serves on the front line on the date asked
-- null: never; nobody without such a post serves there
-- absent: false
-- value: true
select f.official_id as subject, 'official.posting' as register, f.posting_id as row
  from official.front_line_service f
 where f.starts_on <= :as_of and (f.ends_on is null or f.ends_on > :as_of)
