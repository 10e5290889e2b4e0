-- id: lead-concluded
-- subject: lead-person
-- type: boolean
-- zh-CN: 同一问题此前已有结论
-- zh-Hant: 同一問題此前已有結論
-- en: The same matter had been concluded before
-- null: never
-- absent: false
-- value: bool_or(concluded)
select p.id as subject, 'protection.lead' as register, l.id as row, l.concluded
  from protection.lead_person p join protection.lead l on l.id = p.lead_id
 where l.received_on <= :as_of
