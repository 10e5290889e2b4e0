-- id: lead-clue
-- subject: lead-person
-- type: string
-- values: none, general, specific
-- zh-CN: 线索具体程度
-- zh-Hant: 線索具體程度
-- en: How much the lead gives to verify
-- null: never
-- value: min(clue)
select p.id as subject, 'protection.lead' as register, l.id as row, l.clue
  from protection.lead_person p join protection.lead l on l.id = p.lead_id
 where l.received_on <= :as_of
