-- What each table and each figure of a pack was when it was first used in force. From then on it
-- may not change: a change is a new file, or a new figure, with a date of its own.
create table policy.in_force (
  pack        text not null,
  what        text not null,
  begins_on   date not null,
  hash        text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (pack, what)
);
comment on column policy.in_force.what is 'file name of a table, or parameter@date of a figure';

-- A table under way. One officer proposes it, another puts it in force.
create table policy.draft (
  id          bigint generated always as identity primary key,
  pack        text not null,
  based_on    text not null,
  title       text not null,
  model       text not null,
  edition     int not null default 1,
  state       text not null default 'draft'
              check (state in ('draft', 'proposed', 'in-force', 'refused', 'withdrawn')),
  from_date   date,
  file        text,
  created_at  timestamptz not null,
  created_by  text not null,
  changed_at  timestamptz not null,
  changed_by  text not null,
  proposed_at timestamptz,
  proposed_by text,
  reasons     text,
  decided_at  timestamptz,
  decided_by  text,
  answer      text,
  check (decided_by is null or decided_by <> proposed_by),
  check (state <> 'in-force' or (decided_by is not null and proposed_by is not null and file is not null))
);
create index draft_by_pack on policy.draft (pack, id);
