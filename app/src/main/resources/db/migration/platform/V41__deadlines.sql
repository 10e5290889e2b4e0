-- What is due when. due_on is computed from the term, the suspensions and the calendar, and again
-- when the calendar changes; next_on is the day on which something is to be done about it.
create table platform.deadline (
  id                  bigint generated always as identity primary key,
  owner_kind          text not null,
  owner_id            text not null,
  name                jsonb not null,
  path                text not null,
  amount              int not null check (amount >= 0),
  unit                text not null check (unit in ('working-days', 'days', 'months')),
  first_day_counts    boolean not null,
  ends_on_working_day boolean not null,
  starts_on           date not null,
  due_on              date not null,
  provisional         boolean not null,
  remind_before       int[] not null,
  remind              text[] not null,
  escalate_after      int,
  escalate            text[] not null,
  may_extend_by       int not null,
  extended_by         int not null default 0,
  extended_reason     text,
  state               text not null default 'running'
    check (state in ('running', 'suspended', 'met', 'cancelled')),
  ended_on            date,
  ended_by            text,
  passed_at           timestamptz,
  next_on             date,
  attempts            int not null default 0,
  retry_at            timestamptz,
  problem             text,
  begun_at            timestamptz not null,
  begun_by            text not null,
  check ((extended_by > 0) = (extended_reason is not null)),
  check (extended_by <= may_extend_by),
  check ((state in ('met', 'cancelled')) = (ended_on is not null))
);
create index deadline_by_owner on platform.deadline (owner_kind, owner_id);
create index deadline_next on platform.deadline (next_on) where state = 'running';
create index deadline_by_due on platform.deadline (due_on) where state in ('running', 'suspended');

-- Days [from_on, to_on) do not count; without an end it is suspended now.
create table platform.deadline_suspension (
  deadline_id  bigint not null references platform.deadline,
  from_on      date not null,
  to_on        date,
  reason       text not null,
  suspended_by text not null,
  resumed_by   text,
  check (to_on >= from_on)
);
create unique index deadline_suspended_once on platform.deadline_suspension (deadline_id) where to_on is null;
create index deadline_suspensions on platform.deadline_suspension (deadline_id);

-- What was done about a deadline, in the transaction in which everybody who listens was told.
create table platform.deadline_effect (
  deadline_id bigint not null references platform.deadline,
  kind        text not null check (kind in ('reminded', 'passed', 'escalated')),
  amount      int not null,
  due_on      date not null,
  skipped     boolean not null,
  at          timestamptz not null,
  primary key (deadline_id, kind, amount, due_on)
);

-- The calendar by which the due days were last computed.
create table platform.deadline_calendar (
  only_one    boolean primary key default true check (only_one),
  fingerprint text not null
);
