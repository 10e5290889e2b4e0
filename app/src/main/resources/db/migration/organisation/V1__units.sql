
-- Units of every register ("source"): the place's own and imported ones side by side.
create table organisation.unit (
  id             bigint generated always as identity primary key,
  source         text not null,
  code           text not null,
  name           text not null,
  kind           text not null,
  level          text not null,
  parent_id      bigint references organisation.unit,
  hardship_class smallint check (hardship_class between 0 and 6),
  recorded_at    timestamptz not null,
  recorded_by    text not null,
  unique (source, code)
);
create index unit_by_parent on organisation.unit (parent_id);
comment on column organisation.unit.kind is 'prefecture | county | township | department | enterprise | school | police | other';
comment on column organisation.unit.level is 'city | county | township | city-department | county-department | none: the level quotas speak of';

-- Every unit with each unit it lies within, itself included.
create view organisation.unit_within as
  with recursive up as (
    select id as unit_id, id as within_id, parent_id, 0 as steps from organisation.unit
    union all
    select up.unit_id, u.id, u.parent_id, up.steps + 1
      from up join organisation.unit u on u.id = up.parent_id
     where up.steps < 20
  )
  select unit_id, within_id, steps from up;
