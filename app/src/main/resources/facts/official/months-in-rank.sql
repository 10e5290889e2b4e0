-- id: months-in-rank
-- subject: official
-- type: integer
-- unit: month
-- zh-CN: 任现职级月数
-- zh-Hant: 任現職級月數
-- en: Months in the rank held on the date asked
-- null: no rank on record, or not since when
-- value: official.months_of(datemultirange(daterange((array_agg(since order by said desc, said_from desc, row desc))[1], :as_of)))
select r.official_id as subject, 'official.rank_held' as register, r.id as row, r.since, r.said_from, r.said_from <= :as_of as said
  from official.rank_in_order r
 where r.since is null or r.since <= :as_of
