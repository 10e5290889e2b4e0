-- The look at all closed matters is counted once for each part of them somebody sees, and kept with what it was
-- counted from. Every statement that changes what it counts leaves a row; a transaction that is under way adds its
-- rows when it ends, so that as many rows as were seen in counting means: nothing has changed since.
create table protection.closed_change (
  id         bigint generated always as identity primary key,
  changed_at timestamptz not null default now()
);

-- Units in which there are closed matters; one too many does no harm.
create table protection.closed_unit (
  unit_id bigint primary key
);

create table protection.closed_count (
  seen       text primary key,
  units      bigint[],
  changes    bigint not null,
  import_id  bigint not null,
  counted_at timestamptz not null,
  asked_on   date not null,
  counts     jsonb not null
);
comment on column protection.closed_count.seen is 'which closed matters: of which units, without which';
comment on column protection.closed_count.units is 'over which its reader works, where nothing is hidden from the reader; null otherwise, and for all';
comment on column protection.closed_count.changes is 'rows of closed_change that were there';
comment on column protection.closed_count.import_id is 'the last file that was taken in by then; 0: none';
alter table protection.closed_count enable row level security;
alter table protection.closed_count force row level security;
create policy in_sight on protection.closed_count
  using ((select platform.sees_everything())) with check ((select platform.sees_everything()));

create function protection.closed_matters_changed() returns trigger language plpgsql
security definer set search_path = pg_catalog set dandang.sight = '*' as $$
begin
  insert into protection.closed_change default values;
  return null;
end $$;

create function protection.closed_matters_came() returns trigger language plpgsql
security definer set search_path = pg_catalog set dandang.sight = '*' as $$
begin
  insert into protection.closed_unit
    select distinct l.unit_id from changed c join protection.lead l on l.id = c.lead_id
    on conflict do nothing;
  return null;
end $$;

create function protection.lead_of_closed_changed() returns trigger language plpgsql
security definer set search_path = pg_catalog set dandang.sight = '*' as $$
begin
  if exists (select from changed c join protection.closed_matter m on m.lead_id = c.id) then
    insert into protection.closed_unit
      select distinct c.unit_id from changed c join protection.closed_matter m on m.lead_id = c.id
      on conflict do nothing;
    insert into protection.closed_change default values;
  end if;
  return null;
end $$;

create function protection.person_of_closed_changed() returns trigger language plpgsql
security definer set search_path = pg_catalog set dandang.sight = '*' as $$
begin
  if exists (select from changed c join protection.closed_matter m on m.lead_id = c.lead_id) then
    insert into protection.closed_change default values;
  end if;
  return null;
end $$;

do $$
declare
  place text;
begin
  foreach place in array array['closed_matter', 'allegation'] loop
    execute format(
      'create trigger counted_again after insert or update or delete or truncate on protection.%I
         for each statement execute function protection.closed_matters_changed()', place);
  end loop;
  foreach place in array array['lead', 'lead_person'] loop
    execute format(
      'create trigger counted_again after update on protection.%1$I referencing new table as changed
         for each statement execute function protection.%2$s_of_closed_changed()',
      place, case place when 'lead' then 'lead' else 'person' end);
  end loop;
end $$;
create trigger units_of_closed after insert on protection.closed_matter referencing new table as changed
  for each statement execute function protection.closed_matters_came();

-- Matters are on record already where this comes by an upgrade.
insert into protection.closed_unit
  select distinct l.unit_id from protection.closed_matter c join protection.lead l on l.id = c.lead_id;
