-- id: no-award-this-year
-- subject: official
-- type: boolean
-- zh-CN: 当年不得评先评优
-- zh-Hant: 當年不得評先評優
-- en: No award this year
-- null: no such measure on record; nothing stands against it
-- value: protection.impact_until(decided_on, amount, unit, most order by decided_on, row) > :as_of
select e.official_id as subject, 'protection.sanction' as register, e.sanction_id as row, e.decided_on, e.amount, e.unit, e.most
  from protection.effects_on(:as_of) e
 where e.effect = 'no-award'
