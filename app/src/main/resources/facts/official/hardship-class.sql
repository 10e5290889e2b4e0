-- id: hardship-class
-- subject: official
-- type: integer
-- unit: class
-- zh-CN: 现任职地艰苦边远类别
-- zh-Hant: 現任職地艱苦邊遠類別
-- en: Hardship class of the place of the present post (0 none to 6), its own or that of the nearest place above
-- null: neither the place of the present post nor any above it has a class on record
-- value: max(hardship_class)
select p.official_id as subject, 'official.posting' as register, p.id as row, u.hardship_class
  from official.current_posting p
  join organisation.unit_hardship u on u.unit_id = p.unit_id
 where u.hardship_class is not null
   and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > :as_of)
