-- id: rank
-- subject: official
-- type: string
-- zh-CN: 现职级
-- zh-Hant: 現職級
-- en: Rank held on the date asked
-- null: no rank on record up to that date
-- value: (array_agg(rank order by said desc, said_from desc, row desc))[1]
select r.official_id as subject, 'official.rank_held' as register, r.id as row, r.rank, r.since, r.said_from, r.said_from <= :as_of as said
  from official.rank_in_order r
 where r.since is null or r.since <= :as_of
