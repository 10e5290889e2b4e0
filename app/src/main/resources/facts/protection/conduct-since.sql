-- id: conduct-since
-- subject: official
-- type: string
-- values: outstanding, good, ordinary, poor
-- zh-CN: 受处分以来联合评估的结果
-- zh-Hant: 受處分以來聯合評估的結果
-- en: What the newest joint evaluation said of conduct since the newest measure
-- null: not evaluated since
-- value: (array_agg(conduct order by evaluated_on desc, row desc))[1]
select e.official_id as subject, 'protection.evaluation' as register, e.id as row, e.evaluated_on, e.conduct
  from protection.evaluation e
 where e.evaluated_on <= :as_of
   and e.evaluated_on >= (select max(s.decided_on) from protection.sanction s
                           where s.official_id = e.official_id and s.decided_on <= :as_of
                             and (s.revoked_on is null or s.revoked_on > :as_of))
