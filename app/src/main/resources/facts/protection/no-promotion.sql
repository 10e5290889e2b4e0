-- id: no-promotion
-- subject: official
-- type: boolean
-- zh-CN: 影响期内不得提拔、晋升
-- zh-Hant: 影響期內不得提拔、晉升
-- en: No promotion or advance for now
-- null: no such measure on record; nothing stands against it
-- value: protection.impact_until(decided_on, amount, unit, most order by decided_on, row) > :as_of
select e.official_id as subject, 'protection.sanction' as register, e.sanction_id as row, e.decided_on, e.amount, e.unit, e.most
  from protection.effects_on(:as_of) e
 where e.effect = 'no-promotion'
