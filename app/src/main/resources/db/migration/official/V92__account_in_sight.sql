-- A sight names its account as the seventh part (platform V70); the rules are as they were.
create or replace function official.in_sight(person bigint, sight text) returns boolean
language plpgsql stable parallel safe security definer
set search_path = pg_catalog set dandang.sight = '*' as $$
declare
  part constant text[] := string_to_array(sight, ';');
begin
  if person is null or cardinality(part) is distinct from 7 or person = any (part[5]::bigint[]) then
    return false;
  end if;
  if part[2] = '*' or person = nullif(part[3], '')::bigint or person = any (part[4]::bigint[]) then
    return true;
  end if;
  return exists (select from official.seen_from(person, part[1]::date) as seen (unit)
                   join organisation.unit_line l on l.unit_id = seen.unit
                  where l.line && part[2]::bigint[]);
end $$;

-- All persons within a sight, found from the units.
create or replace function official.all_in_sight(sight text) returns setof bigint
language plpgsql stable parallel safe security definer
set search_path = pg_catalog set dandang.sight = '*' as $$
declare
  part constant text[] := string_to_array(sight, ';');
  day date;
begin
  if cardinality(part) is distinct from 7 then
    return;
  end if;
  if part[2] = '*' then
    return query select o.id from official.official o where o.id <> all (part[5]::bigint[]);
    return;
  end if;
  day := part[1]::date;
  return query
    with inside as (
      select l.unit_id from organisation.unit_line l where l.line && part[2]::bigint[]
    ), managed as (
      select l.unit_id, level
        from organisation.management_authority a
        join organisation.unit_line m on m.unit_id = a.managing_unit_id and m.line && part[2]::bigint[]
        join organisation.unit_line l on a.managed_unit_id = any (l.line)
       cross join unnest(a.post_levels) as level
       where a.superseded_at is null and a.starts_on <= day and (a.ends_on is null or a.ends_on > day)
    ), candidate as (
      select p.official_id from inside i join official.posting p on p.unit_id = i.unit_id and p.superseded_at is null
      union
      select p.official_id from managed m join official.posting p on p.unit_id = m.unit_id and p.post_level = m.level and p.superseded_at is null
    ), post as (
      select p.official_id, p.unit_id, p.post_level, p.starts_on,
             (p.starts_on is null or p.starts_on <= day) and (p.ends_on is null or p.ends_on > day) as held
        from candidate c join official.posting p on p.official_id = c.official_id
       where p.superseded_at is null and p.unit_id is not null
    ), counted as (
      select official_id, unit_id, post_level from post where held
      union all
      (select distinct on (official_id) official_id, unit_id, post_level from post
        where official_id not in (select official_id from post where held)
        order by official_id, starts_on desc nulls last, unit_id)
    )
    select official_id
      from (select official_id from counted where unit_id in (select unit_id from inside)
            union
            select c.official_id from counted c join managed m on m.unit_id = c.unit_id and m.level = c.post_level
            union
            select nullif(part[3], '')::bigint
            union
            select unnest(part[4]::bigint[])) as seen
     where official_id is not null and official_id <> all (part[5]::bigint[]);
end $$;

-- Notices to officials without an account are handed over by the officers who see the person.
create policy on_paper on platform.notice for select
  using (account_id is null and official_id is not null
         and (select cardinality(platform.officer_units())) > 0
         and official.in_sight(official_id, (select platform.sight())));
create policy on_paper_handed on platform.notice for update
  using (account_id is null and official_id is not null
         and (select cardinality(platform.officer_units())) > 0
         and official.in_sight(official_id, (select platform.sight())));

-- Why two were found to be two people is said in words about one of them.
select official.hold_to_sight('official.not_the_same', 'one_id');
