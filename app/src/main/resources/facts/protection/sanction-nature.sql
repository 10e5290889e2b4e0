-- id: sanction-nature
-- subject: official
-- type: string
-- values: exploration, negligence, dereliction, discipline, integrity, political
-- zh-CN: 最近一次处分处理的性质
-- zh-Hant: 最近一次處分處理的性質
-- en: Nature of what the newest measure was for
-- null: not recorded, or no measure on record
-- value: (array_agg(word order by decided_on desc, row desc))[1]
select s.official_id as subject, 'protection.sanction' as register, s.id as row, s.decided_on, s.nature as word
  from protection.sanction s
 where s.decided_on <= :as_of and (s.revoked_on is null or s.revoked_on > :as_of)
