-- id: sex
-- subject: official
-- type: string
-- values: male, female
-- group: 10
-- zh-CN: 性别
-- zh-Hant: 性別
-- en: Sex
-- null: not on record, or not stated
-- value: case min(sex) when 1 then 'male' when 2 then 'female' end
select d.official_id as subject, 'official.identity' as register, d.id as row, d.sex
  from official.current_identity d
