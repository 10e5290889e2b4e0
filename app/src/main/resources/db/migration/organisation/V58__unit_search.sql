-- Every name a unit has or had, once, with how it is read, for finding units. Whoever writes units, the
-- name arrives here; its reading is filled in by the program before the next search.
create table organisation.unit_name (
  name     text primary key,
  folded   text not null generated always as (lower(name)) stored,
  pinyin   text,
  initials text,
  check ((pinyin is null) = (initials is null))
);
create index unit_name_unread on organisation.unit_name (name) where pinyin is null;
comment on column organisation.unit_name.pinyin is 'letters and digits without tones or gaps; null: not read yet';

insert into organisation.unit_name (name) select distinct name from organisation.unit_description;

create function organisation.keep_unit_name() returns trigger language plpgsql as $$
begin
  insert into organisation.unit_name (name)
  select distinct d.name from now_described d
   where not exists (select from organisation.unit_name n where n.name = d.name)
   order by 1
  on conflict do nothing;
  return null;
end $$;
create trigger kept_name after insert on organisation.unit_description
  referencing new table as now_described
  for each statement execute function organisation.keep_unit_name();
create trigger kept_changed_name after update on organisation.unit_description
  referencing new table as now_described
  for each statement execute function organisation.keep_unit_name();

create index unit_description_by_name on organisation.unit_description (name) where superseded_at is null;
create index unit_by_code on organisation.unit (code text_pattern_ops);
