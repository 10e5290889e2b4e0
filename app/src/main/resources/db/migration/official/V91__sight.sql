-- Row-level security on everything that is about people, the owner of the tables included. It holds whatever
-- the program asks to what the reader may see, even where the program forgot to ask its own rules.

-- Whether a person's record is within a sight (platform.sight()). It looks at the posts itself, past the
-- policies that ask it.
create function official.in_sight(person bigint, sight text) returns boolean
language plpgsql stable parallel safe security definer
set search_path = pg_catalog set dandang.sight = '*' as $$
declare
  part constant text[] := string_to_array(sight, ';');
begin
  if person is null or cardinality(part) is distinct from 6 or person = any (part[5]::bigint[]) then
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
create function official.all_in_sight(sight text) returns setof bigint
language plpgsql stable parallel safe security definer
set search_path = pg_catalog set dandang.sight = '*' as $$
declare
  part constant text[] := string_to_array(sight, ';');
  day date;
begin
  if cardinality(part) is distinct from 6 then
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

-- Puts a table under row-level security by the column that holds the number of an official. Modules call it
-- for their own tables. A statement's changes may take somebody out of the sight it began with (the only post
-- is corrected), so what is written is not held to it; what is read, and therefore can be changed, is.
create function official.hold_to_sight(place regclass, person text) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', place);
  execute format('alter table %s force row level security', place);
  execute format(
    'create policy in_sight on %1$s
       using ((select platform.sees_everything())
              or ((select platform.sees_all_but_hidden())
                  and (%2$I is null or %2$I <> all ((select platform.hidden_from_sight())::bigint[])))
              or case when (select platform.sees_widely())
                      then %2$I in (select official.all_in_sight((select platform.sight())))
                      else official.in_sight(%2$I, (select platform.sight())) end)
       with check ((select platform.sight()) <> '''')',
    place, person);
end $$;

select official.hold_to_sight('official.official', 'id');
select official.hold_to_sight('official.merger', 'kept_id');
do $$
declare
  place regclass;
begin
  -- Numbers alone say nothing about anybody, and whoever renews the index asks for all of them.
  for place in
    select a.attrelid::regclass from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'official'::regnamespace and c.relkind = 'r' and a.attname = 'official_id'
       and c.relname <> 'touched'
  loop
    perform official.hold_to_sight(place, 'official_id');
  end loop;
end $$;

-- A file's bytes are there for whoever sees a document that has them.
alter table official.document_content enable row level security;
alter table official.document_content force row level security;
create policy in_sight on official.document_content
  using ((select platform.sees_everything())
         or exists (select from official.document d where d.sha256 = document_content.sha256))
  with check ((select platform.sight()) <> '');

-- What policies gave people, kept by the module policy, which knows no people.
alter table policy.decision enable row level security;
alter table policy.decision force row level security;
create policy in_sight on policy.decision
  using ((select platform.sees_everything())
         or ((select platform.sees_all_but_hidden())
             and (subject_kind <> 'official' or subject_id <> all ((select platform.hidden_from_sight())::bigint[])))
         or (subject_kind = 'official' and official.in_sight(subject_id, (select platform.sight()))))
  with check ((select platform.sight()) <> '');

alter table policy.run_result enable row level security;
alter table policy.run_result force row level security;
create policy in_sight on policy.run_result
  using ((select platform.sees_everything())
         or ((select platform.sees_all_but_hidden())
             and (subject_id <> all ((select platform.hidden_from_sight())::bigint[])
                  or run_id in (select r.id from policy.run r where r.subject_kind <> 'official')))
         or (run_id in (select r.id from policy.run r where r.subject_kind = 'official')
             and case when (select platform.sees_widely())
                      then subject_id in (select official.all_in_sight((select platform.sight())))
                      else official.in_sight(subject_id, (select platform.sight())) end))
  with check ((select platform.sight()) <> '');

-- Whom a moved unit concerns is found whoever moves it.
alter function official.note_touched_in_units() security definer set dandang.sight = '*';

-- Who manages whom changes in whose jurisdiction people are.
create function official.note_touched_by_authority() returns trigger language plpgsql
security definer set dandang.sight = '*' as $$
begin
  if (select count(*) from (
        select from changed c
          join organisation.unit_line l on c.managed_unit_id = any (l.line)
          join official.posting p on p.unit_id = l.unit_id and p.superseded_at is null
         limit 5001) a_few) > 5000 then
    insert into official.touched (official_id) values (null);
  else
    insert into official.touched (official_id)
      select distinct p.official_id
        from changed c
        join organisation.unit_line l on c.managed_unit_id = any (l.line)
        join official.posting p on p.unit_id = l.unit_id and p.superseded_at is null;
  end if;
  return null;
end $$;
create trigger touched_people after insert on organisation.management_authority
  referencing new table as changed for each statement execute function official.note_touched_by_authority();
create trigger touched_people_again after update on organisation.management_authority
  referencing new table as changed for each statement execute function official.note_touched_by_authority();
