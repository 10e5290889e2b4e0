-- Posts of a unit by level, and who manages which posts of which units.
create table organisation.establishment (
  id              bigint generated always as identity primary key,
  unit_id         bigint not null references organisation.unit,
  post_level      text not null,
  headcount       int not null check (headcount between 0 and 100000),
  starts_on       date not null,
  ends_on         date,
  document_title  text not null check (document_title <> ''),
  document_number text,
  document_date   date,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  superseded_at   timestamptz,
  check (starts_on < ends_on),
  constraint one_headcount_at_a_time
    exclude using gist (int8range(unit_id, unit_id, '[]') with &&,
                        int8range(post_level::bigint, post_level::bigint, '[]') with &&,
                        daterange(starts_on, ends_on) with &&)
    where (superseded_at is null) deferrable initially deferred
);
create index establishment_by_unit on organisation.establishment (unit_id);
comment on column organisation.establishment.post_level is 'GB/T 12407-2008';

create table organisation.management_authority (
  id               bigint generated always as identity primary key,
  managing_unit_id bigint not null references organisation.unit,
  managed_unit_id  bigint not null references organisation.unit,
  post_levels      text[] not null check (cardinality(post_levels) > 0),
  starts_on        date not null,
  ends_on          date,
  document_title   text not null check (document_title <> ''),
  document_number  text,
  document_date    date,
  recorded_at      timestamptz not null,
  recorded_by      text not null,
  superseded_at    timestamptz,
  check (starts_on < ends_on)
);
create index management_authority_by_managing on organisation.management_authority (managing_unit_id);
create index management_authority_by_managed on organisation.management_authority (managed_unit_id);
comment on column organisation.management_authority.managed_unit_id is 'with all that lies within it';

create trigger register_changed after insert or update or delete or truncate on organisation.establishment
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on organisation.management_authority
  for each statement execute function platform.register_changed();

-- Published for other modules: periods are [starts_on, ends_on).
create view organisation.post_establishment as
  select unit_id, post_level, headcount, starts_on, ends_on
    from organisation.establishment
   where superseded_at is null;

create view organisation.managed_post as
  select a.managing_unit_id, w.unit_id, l.post_level, a.starts_on, a.ends_on
    from organisation.management_authority a
    join organisation.unit_within w on w.within_id = a.managed_unit_id
   cross join lateral unnest(a.post_levels) as l (post_level)
   where a.superseded_at is null;
