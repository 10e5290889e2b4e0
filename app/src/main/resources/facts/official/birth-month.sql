-- id: birth-month
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 出生年月序号（年×12＋月－1）
-- zh-Hant: 出生年月序號（年×12＋月－1）
-- en: Month of birth, counted year × 12 + month − 1
-- null: the birth is not on record to the month
-- value: max(extract(year from born)::int * 12 + extract(month from born)::int - 1)
select d.official_id as subject, 'official.identity' as register, d.id as row, d.born
  from official.current_identity d
 where d.born_precision <> 'Y'
