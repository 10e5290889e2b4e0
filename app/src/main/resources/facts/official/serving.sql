-- id: serving
-- subject: official
-- type: boolean
-- zh-CN: 在职
-- zh-Hant: 在職
-- en: In service on the date asked
-- null: nothing on record about the person
-- value: bool_and(serving)
select d.official_id as subject, 'official.identity' as register, d.id as row,
       (d.status = 'serving' or coalesce(d.left_on > :as_of, false))
         and coalesce(d.began_work <= :as_of, true) as serving
  from official.current_identity d
