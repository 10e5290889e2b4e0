-- A run of a policy over everybody: what was asked, of which version, with which result.
create table policy.run (
  id          bigint generated always as identity primary key,
  pack        text not null,
  version     text not null,
  as_of       date not null,
  slate_id    bigint,
  how         text not null check (how in ('compiled', 'interpreted')),
  subjects    bigint not null,
  started_at  timestamptz not null,
  finished_at timestamptz,
  started_by  text not null
);

-- One row a subject. Rule and outcome as the pack names them; null rule: no row matched.
create table policy.run_result (
  run_id     bigint not null references policy.run,
  subject_id bigint not null,
  outcome    text,
  rule       text,
  primary key (run_id, subject_id)
);
create index run_by_pack on policy.run (pack, id);
create index run_result_by_outcome on policy.run_result (run_id, outcome, subject_id);
create index run_result_by_rule on policy.run_result (run_id, rule, subject_id);
