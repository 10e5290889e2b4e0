-- id: last-annual-grade
-- subject: official
-- type: string
-- values: outstanding, competent, basically-competent, incompetent, not-graded
-- zh-CN: 上一年度考核等次
-- zh-Hant: 上一年度考核等次
-- en: Grade of the annual assessment of the year before
-- null: no grade on record for that year, or grades that contradict each other
-- value: case when min(grade) = max(grade) then min(grade) end
select g.official_id as subject, 'official.annual_grade' as register, g.id as row, g.grade
  from official.current_annual_grade g
 where g.year = extract(year from cast(:as_of as date)) - 1
