-- id: no-pay-step
-- subject: official
-- type: boolean
-- zh-CN: 影响期内不得晋升工资档次
-- zh-Hant: 影響期內不得晉升工資檔次
-- en: No pay step for now
-- null: no such measure on record; nothing stands against it
-- value: protection.impact_until(decided_on, amount, unit, most order by decided_on, row) > :as_of
select e.official_id as subject, 'protection.sanction' as register, e.sanction_id as row, e.decided_on, e.amount, e.unit, e.most
  from protection.effects_on(:as_of) e
 where e.effect = 'no-pay-step'
