-- id: months-in-rank
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 任现职级月数
-- zh-Hant: 任現職級月數
-- en: Months in the rank held on the date asked
-- null: no rank on record, or not since when
-- value: official.months_of(datemultirange(daterange((array_agg(since order by since desc nulls last, row desc))[1], :as_of)))
select r.official_id as subject, 'official.rank_held' as register, r.id as row, r.since
  from official.current_rank_held r
 where r.since is null or r.since <= :as_of
