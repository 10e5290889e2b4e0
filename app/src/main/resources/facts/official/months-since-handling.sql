-- id: months-since-handling
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 最近一次组织处理至今月数
-- zh-Hant: 最近一次組織處理至今月數
-- en: Months since the newest organisational handling
-- null: none on record, or not the day of one
-- value: case when bool_and(decided_on is not null) then coalesce(official.months_of(datemultirange(daterange(max(decided_on), :as_of))), 0) end
select m.official_id as subject, 'official.penalty' as register, m.penalty_id as row, m.decided_on
  from official.measure_taken m
 where m.family = 'handling' and (m.decided_on is null or m.decided_on <= :as_of)
