-- id: handling
-- subject: official
-- type: string
-- values: post-adjusted, resignation, removal, lowered, other, several
-- zh-CN: 最近一次组织处理（四年内另有处理的为“多次”）
-- zh-Hant: 最近一次組織處理（四年內另有處理的為「多次」）
-- en: Newest organisational handling; several, where another was decided in the four years before it
-- null: none on record
-- value: case when (array_agg(decided_on order by decided_on desc nulls first, row desc))[2] > max(decided_on) - interval '4 years' then 'several' else (array_agg(measure order by decided_on desc nulls first, row desc))[1] end
select m.official_id as subject, 'official.penalty' as register, m.penalty_id as row, m.decided_on, m.measure
  from official.measure_taken m
 where m.family = 'handling' and (m.decided_on is null or m.decided_on <= :as_of)
