-- id: party-discipline
-- subject: official
-- type: string
-- values: warning, serious-warning, removal, probation, expulsion, other, several
-- zh-CN: 最近一次党纪处分（四年内另有处分的为“多次”）
-- zh-Hant: 最近一次黨紀處分（四年內另有處分的為「多次」）
-- en: Newest party discipline; several, where another was decided in the four years before it
-- null: none on record
-- value: case when (array_agg(decided_on order by decided_on desc nulls first, row desc))[2] > max(decided_on) - interval '4 years' then 'several' else (array_agg(measure order by decided_on desc nulls first, row desc))[1] end
select m.official_id as subject, 'official.penalty' as register, m.penalty_id as row, m.decided_on, m.measure
  from official.measure_taken m
 where m.family = 'party' and (m.decided_on is null or m.decided_on <= :as_of)
