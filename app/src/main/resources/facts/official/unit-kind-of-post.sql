-- id: unit-kind-of-post
-- subject: official
-- type: string
-- zh-CN: 现任职单位类别
-- zh-Hant: 現任職單位類別
-- en: Kind of the unit of the present post
-- null: no present regular post on record, or in no unit of the register
-- value: (array_agg(kind order by starts_on desc, row desc))[1]
select p.official_id as subject, 'official.posting' as register, p.id as row, p.starts_on, u.kind
  from official.current_posting p
  join organisation.unit u on u.id = p.unit_id
 where p.kind = 'regular'
   and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > :as_of)
