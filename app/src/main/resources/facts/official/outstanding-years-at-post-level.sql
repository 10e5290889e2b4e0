-- id: outstanding-years-at-post-level
-- subject: official
-- type: integer
-- unit: year
-- zh-CN: 任现职务层次当年起年度考核优秀次数
-- zh-Hant: 任現職務層次當年起年度考核優秀次數
-- en: Outstanding annual grades since the year the present post level began
-- null: never; none on record counts as none
-- absent: 0
-- value: count(distinct year)
select g.official_id as subject, 'official.annual_grade' as register, g.id as row, g.year
  from official.current_annual_grade g
  join official.post_level_on(:as_of) held on held.official_id = g.official_id
 where g.grade in ('outstanding')
   and g.year between extract(year from held.since) and extract(year from cast(:as_of as date)) - 1
