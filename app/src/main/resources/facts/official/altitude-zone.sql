-- id: altitude-zone
-- subject: official
-- type: integer
-- unit: class
-- zh-CN: 现任职地高海拔类别
-- zh-Hant: 現任職地高海拔類別
-- en: Altitude zone of the place of the present post (0 none to 6), its own or that of the nearest place above
-- null: neither the place of the present post nor any above it has a zone on record
-- value: max(altitude_zone)
select p.official_id as subject, 'official.posting' as register, p.id as row, u.altitude_zone
  from official.current_posting p
  join organisation.unit_hardship u on u.unit_id = p.unit_id
 where u.altitude_zone is not null
   and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > :as_of)
