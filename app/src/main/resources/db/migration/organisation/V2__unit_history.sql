-- Where a unit's present description came from, and the descriptions it replaced.
alter table organisation.unit
  add column import_id bigint,
  add column line int;
comment on column organisation.unit.import_id is 'official.import, null: not from a file';

create table organisation.unit_superseded (
  unit_id        bigint not null references organisation.unit,
  name           text not null,
  kind           text not null,
  level          text not null,
  parent_id      bigint,
  hardship_class smallint,
  recorded_at    timestamptz not null,
  recorded_by    text not null,
  import_id      bigint,
  line           int,
  superseded_at  timestamptz not null
);
create index unit_superseded_by_unit on organisation.unit_superseded (unit_id);
