-- Units along time. organisation.unit stays the latest description of every unit; what it was before,
-- and what it was on any day, stands here.
alter table organisation.unit
  add column altitude_zone smallint check (altitude_zone between 0 and 6);
comment on column organisation.unit.altitude_zone is '0 none to 6; null: not on record';
comment on column organisation.unit.kind is 'province | prefecture | county | township | department | enterprise | school | police | other';
comment on column organisation.unit.level is 'province | city | county | township | city-department | county-department | none: the level quotas speak of';

create table organisation.reorganisation (
  id              bigint generated always as identity primary key,
  kind            text not null check (kind in ('founded', 'renamed', 'merged', 'split', 'moved', 'closed')),
  on_date         date not null,
  date_precision  text not null default 'day' check (date_precision in ('day', 'year')),
  document_title  text not null check (document_title <> ''),
  document_number text,
  document_date   date,
  file_name       text,
  line            int,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  undone_at       timestamptz,
  undone_by       text,
  check ((undone_at is null) = (undone_by is null))
);

create table organisation.reorganisation_part (
  reorganisation_id bigint not null references organisation.reorganisation,
  part              text not null check (part in ('from', 'to', 'along')),
  unit_id           bigint references organisation.unit on delete set null,
  unit_code         text not null,
  unit_name         text not null,
  unique (reorganisation_id, part, unit_id)
);
create index reorganisation_part_by_unit on organisation.reorganisation_part (unit_id);
comment on column organisation.reorganisation_part.part is 'along: a unit below that was put under another in the same change';
comment on column organisation.reorganisation_part.unit_id is 'null: its founding was undone';

-- Valid from starts_on until the day before ends_on; known from recorded_at until superseded_at.
create table organisation.unit_description (
  id             bigint generated always as identity primary key,
  unit_id        bigint references organisation.unit on delete set null,
  name           text not null,
  kind           text not null,
  level          text not null,
  parent_id      bigint,
  hardship_class smallint,
  altitude_zone  smallint,
  starts_on      date,
  ends_on        date,
  begun_by       bigint references organisation.reorganisation,
  recorded_in    bigint references organisation.reorganisation,
  recorded_at    timestamptz not null,
  recorded_by    text not null,
  superseded_at  timestamptz,
  superseded_in  bigint references organisation.reorganisation,
  check (starts_on < ends_on),
  check (superseded_in is null or superseded_at is not null),
  constraint one_description_at_a_time
    exclude using gist (int8range(unit_id, unit_id, '[]') with &&, daterange(starts_on, ends_on) with &&)
    where (superseded_at is null) deferrable initially deferred
);
create index unit_description_by_unit on organisation.unit_description (unit_id);
create index unit_description_by_parent on organisation.unit_description (parent_id) where superseded_at is null;
create index unit_description_recorded_in on organisation.unit_description (recorded_in);
create index unit_description_superseded_in on organisation.unit_description (superseded_in);
comment on column organisation.unit_description.starts_on is 'null: since before the records';
comment on column organisation.unit_description.parent_id is 'no foreign key: a superseded description may name a unit whose founding was undone';
comment on column organisation.unit_description.begun_by is 'what made it so; null: first recorded so';
comment on column organisation.unit_description.recorded_in is 'the change in whose course this row was written';

insert into organisation.unit_description
       (unit_id, name, kind, level, parent_id, hardship_class, recorded_at, recorded_by, superseded_at)
select unit_id, name, kind, level, parent_id, hardship_class, recorded_at, recorded_by, superseded_at
  from organisation.unit_superseded
 union all
select id, name, kind, level, parent_id, hardship_class, recorded_at, recorded_by, null
  from organisation.unit;

-- Whoever writes organisation.unit, the history keeps step: a new unit is described since before the
-- records, and another content is a correction of the latest description over the same period.
create function organisation.keep_first_description() returns trigger language plpgsql as $$
begin
  insert into organisation.unit_description
         (unit_id, name, kind, level, parent_id, hardship_class, altitude_zone, recorded_at, recorded_by)
  select n.id, n.name, n.kind, n.level, n.parent_id, n.hardship_class, n.altitude_zone, n.recorded_at, n.recorded_by
    from now_unit n;
  return null;
end $$;
create trigger first_description after insert on organisation.unit
  referencing new table as now_unit
  for each statement execute function organisation.keep_first_description();

create function organisation.keep_corrected_description() returns trigger language plpgsql as $$
begin
  with latest as (
    select distinct on (d.unit_id) d.id, d.unit_id, d.starts_on, d.ends_on, d.begun_by, d.recorded_in,
           n.name, n.kind, n.level, n.parent_id, n.hardship_class, n.altitude_zone, n.recorded_at, n.recorded_by,
           d.recorded_at = n.recorded_at as same_moment,
           (d.name, d.kind, d.level, d.parent_id, d.hardship_class, d.altitude_zone)
           is distinct from (n.name, n.kind, n.level, n.parent_id, n.hardship_class, n.altitude_zone) as differs
      from now_unit n
      join organisation.unit_description d on d.unit_id = n.id and d.superseded_at is null
     order by d.unit_id, d.starts_on desc nulls last
  ), completed as (
    update organisation.unit_description d
       set name = l.name, kind = l.kind, level = l.level, parent_id = l.parent_id,
           hardship_class = l.hardship_class, altitude_zone = l.altitude_zone
      from latest l
     where d.id = l.id and l.differs and l.same_moment
  ), superseded as (
    update organisation.unit_description d set superseded_at = l.recorded_at
      from latest l
     where d.id = l.id and l.differs and not l.same_moment
  )
  insert into organisation.unit_description
         (unit_id, name, kind, level, parent_id, hardship_class, altitude_zone,
          starts_on, ends_on, begun_by, recorded_in, recorded_at, recorded_by)
  select unit_id, name, kind, level, parent_id, hardship_class, altitude_zone,
         starts_on, ends_on, begun_by, recorded_in, recorded_at, recorded_by
    from latest where differs and not same_moment;
  return null;
end $$;
create trigger corrected_description after update on organisation.unit
  referencing new table as now_unit
  for each statement execute function organisation.keep_corrected_description();

create trigger register_changed after insert or update or delete or truncate on organisation.unit_description
  for each statement execute function platform.register_changed();

-- The units of a day. A unit whose parent was not there yet stands without one.
create function organisation.units_on(asked date)
returns table (id bigint, source text, code text, name text, kind text, level text, parent_id bigint,
               hardship_class smallint, altitude_zone smallint)
language sql stable as $$
  select u.id, u.source, u.code, d.name, d.kind, d.level, p.unit_id, d.hardship_class, d.altitude_zone
    from organisation.unit_description d
    join organisation.unit u on u.id = d.unit_id
    left join organisation.unit_description p
      on p.unit_id = d.parent_id and p.superseded_at is null
     and (p.starts_on is null or p.starts_on <= asked) and (p.ends_on is null or p.ends_on > asked)
   where d.superseded_at is null
     and (d.starts_on is null or d.starts_on <= asked) and (d.ends_on is null or d.ends_on > asked)
$$;

-- From when until when a unit was there; null: before the records, or still.
create view organisation.unit_life as
  select unit_id,
         case when bool_or(starts_on is null) then null else min(starts_on) end as founded_on,
         case when bool_or(ends_on is null) then null else max(ends_on) end as closed_on
    from organisation.unit_description
   where superseded_at is null
   group by unit_id;
