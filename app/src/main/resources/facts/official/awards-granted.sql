-- id: awards-granted
-- subject: official
-- type: integer
-- unit: award
-- zh-CN: 获奖次数
-- zh-Hant: 獲獎次數
-- en: Awards granted up to the date asked
-- null: never; no award on record counts as none
-- absent: 0
-- value: count(*)
select a.official_id as subject, 'official.award' as register, a.id as row
  from official.current_award a
 where a.outcome = 'granted' and (a.granted_on is null or a.granted_on <= :as_of)
