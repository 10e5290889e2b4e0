-- id: measure-on-record
-- subject: official
-- type: string
-- values: sanction-warning, sanction-demerit, sanction-great-demerit, sanction-demotion, sanction-removal, sanction-dismissal, party-warning, party-serious-warning, party-removal, party-probation, party-expulsion, handling-post-adjusted, handling-resignation, handling-removal, handling-lowered, admonition, level-transfer, rank-series, other
-- zh-CN: 最近一次处分处理
-- zh-Hant: 最近一次處分處理
-- en: Newest measure on record
-- null: none on record
-- value: case when count(*) > 0 then case when (array_agg(word order by decided_on desc, row desc))[1] in ('sanction-warning', 'sanction-demerit', 'sanction-great-demerit', 'sanction-demotion', 'sanction-removal', 'sanction-dismissal', 'party-warning', 'party-serious-warning', 'party-removal', 'party-probation', 'party-expulsion', 'handling-post-adjusted', 'handling-resignation', 'handling-removal', 'handling-lowered', 'admonition', 'level-transfer', 'rank-series') then (array_agg(word order by decided_on desc, row desc))[1] else 'other' end end
select s.official_id as subject, 'protection.sanction' as register, s.id as row, s.decided_on, s.measure as word
  from protection.sanction s
 where s.decided_on <= :as_of and (s.revoked_on is null or s.revoked_on > :as_of)
