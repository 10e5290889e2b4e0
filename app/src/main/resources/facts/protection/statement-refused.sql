-- id: statement-refused
-- subject: lead-person
-- type: boolean
-- zh-CN: 就此线索作出的说明未予采信
-- zh-Hant: 就此線索作出的說明未予採信
-- en: A statement about the lead was not accepted
-- null: never; false where no statement was assessed
-- absent: false
-- value: true
select p.id as subject, 'protection.statement' as register, s.matter_id as row
  from protection.lead_person p
  join protection.statement s on s.lead_id = p.lead_id and s.official_id = p.official_id
 where s.accepted = false and s.assessed_on <= :as_of
