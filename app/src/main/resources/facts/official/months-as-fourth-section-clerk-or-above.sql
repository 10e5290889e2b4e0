-- id: months-as-fourth-section-clerk-or-above
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 任四级主任科员以上职级月数
-- zh-Hant: 任四級主任科員以上職級月數
-- en: Months in the rank of fourth-grade principal clerk (四级主任科员) or above
-- null: no such rank on record
-- value: coalesce(official.months_of(range_agg(served)), 0)
select r.official_id as subject, 'official.rank_held' as register, r.rank_id as row,
       daterange(r.since, least(r.until, :as_of)) as served
  from official.rank_spell r
 where r.position >= 3 and r.since <= :as_of
