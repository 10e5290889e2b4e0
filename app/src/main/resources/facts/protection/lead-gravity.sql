-- id: lead-gravity
-- subject: lead-person
-- type: string
-- values: slight, moderate, grave
-- zh-CN: 反映问题的轻重
-- zh-Hant: 反映問題的輕重
-- en: How grave what is reported would be
-- null: never
-- value: min(gravity)
select p.id as subject, 'protection.lead' as register, l.id as row, l.gravity
  from protection.lead_person p join protection.lead l on l.id = p.lead_id
 where l.received_on <= :as_of
