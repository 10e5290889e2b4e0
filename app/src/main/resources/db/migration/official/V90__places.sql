-- Where an official counts on a day: the units of the posts held then; who holds none counts where the
-- last one was.
create function official.counted_posts(official bigint, day date)
returns table (unit_id bigint, post_level text)
language sql stable parallel safe as $$
  with post as (
    select p.unit_id, p.post_level, p.starts_on,
           (p.starts_on is null or p.starts_on <= day) and (p.ends_on is null or p.ends_on > day) as held
      from official.posting p
     where p.official_id = official and p.superseded_at is null and p.unit_id is not null
  )
  select unit_id, post_level from post where held
  union all
  select unit_id, post_level
    from (select * from post order by starts_on desc nulls last, unit_id limit 1) as latest
   where not exists (select from post where held)
$$;

-- From which units an official is seen on a day: those of the posts counted, and those that manage these
-- posts. The units above them see the same.
create function official.seen_from(official bigint, day date) returns setof bigint
language sql stable parallel safe as $$
  select c.unit_id from official.counted_posts(official, day) c
  union
  select m from official.counted_posts(official, day) c,
       lateral organisation.managers_of(c.unit_id, c.post_level, day) as m
$$;
