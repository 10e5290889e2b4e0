-- id: errors-not-counted
-- subject: official
-- type: integer
-- unit: matter
-- zh-CN: 已予容错、不作为负面情形的事项数
-- zh-Hant: 已予容錯、不作為負面情形的事項數
-- en: Matters in which an error was tolerated and is not to be counted
-- null: never
-- absent: 0
-- value: count(*)
select n.official_id as subject, 'protection.tolerance' as register, n.tolerance_id as row
  from protection.not_counted n
 where n.outcome = 'tolerate' and n.decided_on <= :as_of
