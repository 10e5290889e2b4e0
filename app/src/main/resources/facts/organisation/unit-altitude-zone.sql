-- id: unit-altitude-zone
-- subject: unit
-- type: integer
-- unit: class
-- zh-CN: 单位所在地高海拔类别
-- zh-Hant: 單位所在地高海拔類別
-- en: Altitude zone of the unit's place (0 none to 6), its own or that of the nearest unit above
-- null: neither the unit nor any it lies within has one on record
-- value: min(altitude_zone)
select distinct on (w.unit_id) w.unit_id as subject, 'organisation.unit' as register, u.id as row, u.altitude_zone
  from organisation.unit_within w
  join organisation.unit u on u.id = w.within_id
 where u.altitude_zone is not null
 order by w.unit_id, w.steps
