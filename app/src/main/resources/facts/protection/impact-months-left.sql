-- id: impact-months-left
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 影响期剩余月数（已满为0）
-- zh-Hant: 影響期剩餘月數（已滿為0）
-- en: Months left of the impact period, those begun counted; 0 when it is over
-- null: no measure with a period on record
-- value: protection.months_left(:as_of, protection.impact_until(decided_on, amount, unit, most order by decided_on, row))
select e.official_id as subject, 'protection.sanction' as register, e.sanction_id as row, e.decided_on, e.amount, e.unit, e.most
  from protection.effects_on(:as_of) e
 where e.effect = 'no-promotion'
