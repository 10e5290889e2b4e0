-- id: sanction-gravity
-- subject: official
-- type: string
-- values: slight, ordinary, serious
-- zh-CN: 最近一次处分处理的情节
-- zh-Hant: 最近一次處分處理的情節
-- en: Gravity of what the newest measure was for
-- null: not recorded, or no measure on record
-- value: (array_agg(word order by decided_on desc, row desc))[1]
select s.official_id as subject, 'protection.sanction' as register, s.id as row, s.decided_on, s.gravity as word
  from protection.sanction s
 where s.decided_on <= :as_of and (s.revoked_on is null or s.revoked_on > :as_of)
