-- id: impact-period-until
-- subject: official
-- type: date
-- zh-CN: 影响期届满日期（当日起不再受影响）
-- zh-Hant: 影響期屆滿日期（當日起不再受影響）
-- en: First day after the impact period
-- null: no measure with a period on record
-- value: protection.impact_until(decided_on, amount, unit, most order by decided_on, row)
select e.official_id as subject, 'protection.sanction' as register, e.sanction_id as row, e.decided_on, e.amount, e.unit, e.most
  from protection.effects_on(:as_of) e
 where e.effect = 'no-promotion'
