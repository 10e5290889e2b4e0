-- id: below-competent-last-five-years
-- subject: official
-- type: integer
-- unit: year
-- zh-CN: 近五年年度考核基本称职及以下次数
-- zh-Hant: 近五年年度考核基本稱職及以下次數
-- en: Annual grades below competent in the last five years
-- null: no grade on record in those years
-- value: count(*) filter (where grade in ('basically-competent', 'incompetent'))
select g.official_id as subject, 'official.annual_grade' as register, g.id as row, g.grade
  from official.current_annual_grade g
 where g.year between extract(year from cast(:as_of as date)) - 5
                  and extract(year from cast(:as_of as date)) - 1
