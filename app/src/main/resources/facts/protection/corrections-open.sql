-- id: corrections-open
-- subject: official
-- type: integer
-- unit: matter
-- zh-CN: 尚未核验完成的整改事项数
-- zh-Hant: 尚未核驗完成的整改事項數
-- en: Items of corrections not yet verified
-- null: never
-- absent: 0
-- value: count(*)
select c.official_id as subject, 'protection.correction_item' as register, c.item_id as row
  from protection.correction_running c
 where c.issued_on <= :as_of and (c.verified_on is null or c.verified_on > :as_of)
