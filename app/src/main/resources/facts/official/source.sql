-- id: source
-- subject: official
-- type: string
-- zh-CN: 所在登记库
-- zh-Hant: 所在登記庫
-- en: Register the person is kept in
-- null: never
-- value: min(source)
select o.id as subject, 'official.identity' as register, d.id as row, o.source
  from official.official o
  join official.current_identity d on d.official_id = o.id
