-- id: unit-hardship-class
-- subject: unit
-- type: integer
-- unit: class
-- zh-CN: 单位所在地艰苦边远类别
-- zh-Hant: 單位所在地艱苦邊遠類別
-- en: Hardship class of the unit's place (0 none to 6), its own or that of the nearest unit above
-- null: neither the unit nor any it lies within has one on record
-- value: min(hardship_class)
select distinct on (w.unit_id) w.unit_id as subject, 'organisation.unit' as register, u.id as row, u.hardship_class
  from organisation.unit_within w
  join organisation.unit u on u.id = w.within_id
 where u.hardship_class is not null
 order by w.unit_id, w.steps
