-- Matters that go from person to person by a drawn way. The engine that keeps the place has its own tables
-- in the schema flowable; all that is said about a matter stands here.
create table platform.procedure_version (
  id          bigint generated always as identity primary key,
  pack        text not null,
  begins_on   date not null,
  hash        text not null,
  bpmn        text not null,
  forms       jsonb not null,
  texts       jsonb not null,
  engine_key  text not null,
  recorded_at timestamptz not null,
  unique (pack, begins_on, hash)
);
comment on column platform.procedure_version.engine_key is 'process definition of the engine';

create table platform.matter (
  id         bigint generated always as identity primary key,
  version_id bigint not null references platform.procedure_version,
  pack       text not null,
  state      text not null check (state in ('draft', 'open', 'suspended', 'ended', 'withdrawn', 'stopped', 'discarded')),
  unit_id    bigint not null,
  above      bigint[] not null,
  edition    integer not null default 0,
  begun_by   bigint not null references platform.account,
  drafted_at timestamptz not null,
  begun_at   timestamptz,
  begun_on   date not null,
  figures    jsonb not null,
  engine_id  text,
  result     text,
  reasons    text,
  ended_at   timestamptz,
  suspended_on date,
  check ((state in ('draft', 'discarded')) = (begun_at is null)),
  check ((state in ('ended', 'withdrawn', 'stopped', 'discarded')) = (ended_at is not null)),
  check ((state = 'ended') = (result is not null)),
  check (state not in ('withdrawn', 'stopped') or reasons <> ''),
  check ((state = 'suspended') = (suspended_on is not null))
);
create index matter_by_beginner on platform.matter (begun_by, state);
create index matter_by_pack on platform.matter (pack, state);
comment on column platform.matter.above is 'its unit and the units above it when it began';
comment on column platform.matter.edition is 'counts the commands; a command names the one it was given on';
comment on column platform.matter.figures is 'the figures it goes by, frozen when it began';

create table platform.matter_party (
  matter_id bigint not null references platform.matter,
  kind      text not null check (kind in ('official', 'unit')),
  subject   bigint not null,
  primary key (matter_id, kind, subject)
);
create index matter_party_by_subject on platform.matter_party (kind, subject);

create table platform.matter_step (
  id         bigint generated always as identity primary key,
  matter_id  bigint not null references platform.matter,
  place      integer not null,
  step       text not null,
  state      text not null check (state in ('open', 'done', 'lapsed', 'cancelled', 'taken-back')),
  opened_at  timestamptz not null,
  due_on     date,
  party      boolean not null,
  roles      text[] not null,
  beginner   boolean not null,
  not_by     bigint[] not null,
  claimed_by bigint references platform.account,
  claimed_at timestamptz,
  outcome    text,
  reasons    text,
  done_by    bigint references platform.account,
  done_at    timestamptz,
  engine_id  text not null unique,
  unique (matter_id, place),
  check (not (claimed_by = any (not_by))),
  check (not (done_by = any (not_by))),
  check ((state in ('done', 'lapsed')) = (outcome is not null)),
  check ((state = 'done') = (done_by is not null)),
  check ((state = 'open') = (done_at is null))
);
create unique index one_open_step on platform.matter_step (matter_id) where state = 'open';
create index matter_step_claimed on platform.matter_step (claimed_by) where state = 'open';
create index matter_step_due on platform.matter_step (due_on) where state = 'open';
create index matter_step_done on platform.matter_step (done_by, done_at desc);
comment on column platform.matter_step.not_by is 'accounts that may not do it: who did a step it has to be apart from';
comment on column platform.matter_step.due_on is 'the last day on which it is in time';

-- Who has to sign a step that several sign, in the order of place.
create table platform.matter_signature (
  step_id   bigint not null references platform.matter_step,
  place     integer not null,
  role      text,
  account_id bigint references platform.account,
  added_by  bigint references platform.account,
  outcome   text,
  reasons   text,
  signed_at timestamptz,
  primary key (step_id, place),
  check (role is not null or account_id is not null),
  check ((signed_at is null) = (outcome is null)),
  check (signed_at is null or account_id is not null)
);
create unique index one_signature_each on platform.matter_signature (step_id, account_id) where account_id is not null;

create table platform.matter_form (
  id          bigint generated always as identity primary key,
  matter_id   bigint not null references platform.matter,
  step_id     bigint references platform.matter_step,
  form        text not null,
  answers     jsonb not null,
  saved_at    timestamptz not null,
  saved_by    bigint not null references platform.account,
  hash        text,
  signed_name text,
  signed_at   timestamptz,
  check ((hash is null) = (signed_at is null) and (hash is null) = (signed_name is null))
);
create unique index one_form_a_step on platform.matter_form (matter_id, coalesce(step_id, 0), saved_by);

create table platform.matter_document (
  id        bigint generated always as identity primary key,
  form_id   bigint not null references platform.matter_form,
  field     text not null,
  name      text not null,
  bytes     integer not null,
  hash      text not null,
  content   bytea not null,
  added_at  timestamptz not null,
  added_by  bigint not null references platform.account
);
create index matter_document_by_form on platform.matter_document (form_id);

-- What was done with a matter, in order, as its page tells it.
create table platform.matter_act (
  id         bigint generated always as identity primary key,
  matter_id  bigint not null references platform.matter,
  step_id    bigint references platform.matter_step,
  edition    integer not null,
  act        text not null,
  account_id bigint references platform.account,
  at         timestamptz not null,
  outcome    text,
  reasons    text,
  unique (matter_id, edition)
);

-- A command is carried out once, however often it is sent.
create table platform.matter_command (
  client     uuid primary key,
  account_id bigint not null references platform.account,
  hash       text not null,
  answer     jsonb,
  at         timestamptz not null
);
create index matter_command_by_time on platform.matter_command (at);
