-- id: times-cleared
-- subject: official
-- type: integer
-- unit: matter
-- zh-CN: 失实举报已澄清的次数
-- zh-Hant: 失實舉報已澄清的次數
-- en: Unfounded reports that were clarified
-- null: never
-- absent: 0
-- value: count(*)
select c.official_id as subject, 'protection.clarification' as register, c.clarification_id as row
  from protection.clearance c
 where c.cleared_on <= :as_of
