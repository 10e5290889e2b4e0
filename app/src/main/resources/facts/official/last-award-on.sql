-- id: last-award-on
-- subject: official
-- type: date
-- zh-CN: 最近一次获奖日期
-- zh-Hant: 最近一次獲獎日期
-- en: Day of the newest award
-- null: no dated award on record
-- value: max(granted_on)
select a.official_id as subject, 'official.award' as register, a.id as row, a.granted_on
  from official.current_award a
 where a.outcome = 'granted' and a.granted_on <= :as_of
