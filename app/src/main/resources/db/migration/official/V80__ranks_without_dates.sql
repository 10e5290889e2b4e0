-- A rank without a date says what is held on the day it was recorded; where the same rank also stands
-- with its date, the date tells more and the other says nothing new.
create view official.rank_in_order as
  select r.*, coalesce(r.since, r.recorded_at::date) as said_from
    from official.current_rank_held r
   where r.since is not null
      or not exists (select from official.rank_held d
                      where d.official_id = r.official_id and d.superseded_at is null
                        and d.rank = r.rank and d.since is not null);
comment on view official.rank_in_order is
  'the rank held on a day: (said_from <= day) desc, said_from desc, id desc, among those with since null or <= day';
