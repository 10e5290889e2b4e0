-- id: highest-education
-- subject: official
-- type: string
-- values: postgraduate, degree-course, college, below-college
-- zh-CN: 最高学历
-- zh-Hant: 最高學歷
-- en: Highest education
-- null: no education with a level on record
-- value: case left(min(level), 1) when '1' then 'postgraduate' when '2' then 'degree-course' when '3' then 'college' else 'below-college' end
select e.official_id as subject, 'official.education' as register, e.id as row, e.level
  from official.current_education e
 where e.level is not null and (e.ends_on is null or e.ends_on <= :as_of)
