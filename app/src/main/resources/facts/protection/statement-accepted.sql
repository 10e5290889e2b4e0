-- id: statement-accepted
-- subject: lead-person
-- type: boolean
-- zh-CN: 就此线索作出的说明已予采信
-- zh-Hant: 就此線索作出的說明已予採信
-- en: A statement about the lead was accepted
-- null: never; false where no statement was assessed
-- absent: false
-- value: true
select p.id as subject, 'protection.statement' as register, s.matter_id as row
  from protection.lead_person p
  join protection.statement s on s.lead_id = p.lead_id and s.official_id = p.official_id
 where s.accepted = true and s.assessed_on <= :as_of
