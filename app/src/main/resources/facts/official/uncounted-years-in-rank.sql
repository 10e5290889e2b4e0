-- id: uncounted-years-in-rank
-- subject: official
-- type: integer
-- unit: year
-- zh-CN: 任现职级当年起不计入年限的考核年度数
-- zh-Hant: 任現職級當年起不計入年限的考核年度數
-- en: Years since the present rank began that do not count (below competent, or not graded)
-- null: never; none on record counts as none
-- absent: 0
-- value: count(distinct year)
select g.official_id as subject, 'official.annual_grade' as register, g.id as row, g.year
  from official.current_annual_grade g
  join official.rank_on(:as_of) held on held.official_id = g.official_id
 where g.grade in ('basically-competent', 'incompetent', 'not-graded')
   and g.year between extract(year from held.since) and extract(year from cast(:as_of as date)) - 1
