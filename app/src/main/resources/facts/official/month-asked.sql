-- id: month-asked
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 查询日所在年月序号（年×12＋月－1）
-- zh-Hant: 查詢日所在年月序號（年×12＋月－1）
-- en: Month of the date asked, counted year × 12 + month − 1
-- null: the official's identity is not on record
-- value: max(month)
select d.official_id as subject, 'official.identity' as register, d.id as row,
       extract(year from cast(:as_of as date))::int * 12 + extract(month from cast(:as_of as date))::int - 1 as month
  from official.current_identity d
