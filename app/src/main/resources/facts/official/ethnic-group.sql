-- id: ethnic-group
-- subject: official
-- type: string
-- group: 20
-- zh-CN: 民族
-- zh-Hant: 民族
-- en: Ethnic group
-- null: not on record
-- value: min(nullif(ethnic_group, ''))
select d.official_id as subject, 'official.identity' as register, d.id as row, d.ethnic_group
  from official.current_identity d
