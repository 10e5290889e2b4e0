-- A rank without a date says what is held on the day it was recorded. Where the rank reached last is
-- the same, its date tells more and the other says nothing new; who came back to an earlier rank holds
-- that one.
create view official.rank_in_order as
  select r.*, coalesce(r.since, r.recorded_at::date) as said_from
    from official.current_rank_held r
   where r.since is not null
      or r.rank is distinct from (select d.rank from official.rank_held d
                                   where d.official_id = r.official_id and d.superseded_at is null
                                     and d.since is not null
                                   order by d.since desc, d.id desc limit 1);
comment on view official.rank_in_order is
  'the rank held on a day: (said_from <= day) desc, said_from desc, id desc, among those with since null or <= day';
