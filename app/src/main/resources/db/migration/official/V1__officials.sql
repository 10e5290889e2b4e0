
-- One row per file taken in; every register row names it and the line it came from.
create table official.import (
  id          bigint generated always as identity primary key,
  mapping     text not null,
  file_name   text not null,
  sha256      text not null,
  started_at  timestamptz not null,
  finished_at timestamptz,
  recorded_by text not null,
  rows_read   bigint not null default 0,
  stored      bigint not null default 0,
  unchanged   bigint not null default 0,
  refused     bigint not null default 0
);

-- A person in a register ("source") under that register's own key.
create table official.official (
  id     bigint generated always as identity primary key,
  source text not null,
  key    text not null,
  unique (source, key)
);

-- What the registers below share: valid time in their own columns, [from, to);
-- recorded time in recorded_at / superseded_at; origin in import_id and line.
-- A correction supersedes; nothing is overwritten or deleted.
create table official.identity (
  id             bigint generated always as identity primary key,
  official_id    bigint not null references official.official,
  name           text,
  pinyin         text,
  initials       text,
  sex            smallint not null default 0 check (sex in (0, 1, 2, 9)),
  ethnic_group   text,
  born           date,
  born_precision char(1) not null default 'D' check (born_precision in ('D', 'M', 'Y')),
  began_work     date,
  status         text not null default 'serving' check (status in ('serving', 'left')),
  left_on        date,
  import_id      bigint references official.import,
  line           int,
  recorded_at    timestamptz not null,
  recorded_by    text not null,
  superseded_at  timestamptz
);
create unique index identity_current on official.identity (official_id) where superseded_at is null;

create table official.posting (
  id            bigint generated always as identity primary key,
  official_id   bigint not null references official.official,
  unit_id       bigint not null,
  post          text,
  post_level    text,
  kind          text not null default 'regular'
                check (kind in ('regular', 'concurrent', 'attachment', 'first-secretary', 'study-attachment', 'task-force')),
  starts_on     date,
  ends_on       date,
  import_id     bigint references official.import,
  line          int,
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  superseded_at timestamptz
);
create index posting_by_official on official.posting (official_id) where superseded_at is null;
create index posting_by_unit on official.posting (unit_id) where superseded_at is null;
comment on column official.posting.starts_on is 'null: the source does not say; an end before the start is kept and flagged';
comment on column official.posting.post_level is 'GB/T 12407-2008 code, null: not stated';

create table official.rank_held (
  id            bigint generated always as identity primary key,
  official_id   bigint not null references official.official,
  rank          text not null,
  since         date,
  import_id     bigint references official.import,
  line          int,
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  superseded_at timestamptz
);
create index rank_held_by_official on official.rank_held (official_id) where superseded_at is null;
comment on column official.rank_held.since is 'held from this day until the next rank; null: the source does not say';

create table official.pay (
  id            bigint generated always as identity primary key,
  official_id   bigint not null references official.official,
  year          smallint not null,
  grade         text,
  rank          text,
  amount        numeric(12, 2) not null,
  appointment   text,
  step_since    date,
  import_id     bigint references official.import,
  line          int,
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  superseded_at timestamptz
);
create index pay_by_official on official.pay (official_id) where superseded_at is null;
comment on column official.pay.amount is 'a year, in the currency of the source';

create table official.award (
  id            bigint generated always as identity primary key,
  official_id   bigint not null references official.official,
  kind          text not null,
  reference     text,
  outcome       text not null check (outcome in ('granted', 'denied')),
  granted_on    date,
  import_id     bigint references official.import,
  line          int,
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  superseded_at timestamptz
);
create index award_by_official on official.award (official_id) where superseded_at is null;

create table official.annual_grade (
  id            bigint generated always as identity primary key,
  official_id   bigint not null references official.official,
  year          smallint not null,
  grade         text not null check (grade in ('outstanding', 'competent', 'basically-competent', 'incompetent', 'not-graded')),
  import_id     bigint references official.import,
  line          int,
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  superseded_at timestamptz
);
create index annual_grade_by_official on official.annual_grade (official_id) where superseded_at is null;

-- What does not fit together on a person's timeline: shown, never repaired.
create table official.timeline_flag (
  official_id      bigint not null references official.official,
  kind             text not null check (kind in ('overlap', 'gap', 'ends-before-start', 'no-start', 'before-work')),
  posting_id       bigint not null,
  other_posting_id bigint,
  starts_on        date,
  ends_on          date
);
create index timeline_flag_by_official on official.timeline_flag (official_id);

-- Published views: what measures, facts and other modules may read.
create view official.current_identity as
  select * from official.identity where superseded_at is null;
create view official.current_posting as
  select * from official.posting where superseded_at is null;
create view official.current_rank_held as
  select * from official.rank_held where superseded_at is null;
create view official.current_pay as
  select * from official.pay where superseded_at is null;
create view official.current_award as
  select * from official.award where superseded_at is null;
create view official.current_annual_grade as
  select * from official.annual_grade where superseded_at is null;
