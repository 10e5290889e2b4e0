-- id: kinds-of-unit-served
-- subject: official
-- type: integer
-- unit: kinds
-- zh-CN: 任职过的单位类别数
-- zh-Hant: 任職過的單位類別數
-- en: Kinds of unit served in so far, posts held on the date asked included
-- null: never served; no post on record counts as none
-- absent: 0
-- value: count(distinct kind)
select p.official_id as subject, 'official.posting' as register, p.id as row, u.kind
  from official.current_posting p
  join organisation.unit u on u.id = p.unit_id
 where p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > p.starts_on)
