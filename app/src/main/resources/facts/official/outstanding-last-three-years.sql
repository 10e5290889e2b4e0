-- id: outstanding-last-three-years
-- subject: official
-- type: integer
-- unit: year
-- zh-CN: 近三年年度考核优秀次数
-- zh-Hant: 近三年年度考核優秀次數
-- en: Outstanding annual grades in the last three years
-- null: no grade on record in those years
-- value: count(*) filter (where grade = 'outstanding')
select g.official_id as subject, 'official.annual_grade' as register, g.id as row, g.grade
  from official.current_annual_grade g
 where g.year between extract(year from cast(:as_of as date)) - 3
                  and extract(year from cast(:as_of as date)) - 1
