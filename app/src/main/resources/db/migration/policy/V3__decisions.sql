-- What a policy gave one subject, with everything it came from. Never changed: a later evaluation
-- is a decision of its own.
create table policy.decision (
  id           bigint generated always as identity primary key,
  subject_kind text not null,
  subject_id   bigint not null,
  pack         text not null,
  version      text not null,
  table_file   text not null,
  table_hash   text not null,
  as_of        date not null,
  slate_id     bigint,
  outcome      text,
  kind         text not null check (kind in ('met', 'not-met', 'person-decides', 'not-applicable')),
  rule         text,
  row_number   int not null,
  clause       text,
  facts        json not null,
  figures      json not null,
  missing      text[] not null,
  problems     text[] not null,
  prepared_at  timestamptz not null,
  prepared_by  text not null
);
create index decision_by_subject on policy.decision (subject_kind, subject_id, id);
create index decision_by_pack on policy.decision (pack, id);
comment on column policy.decision.facts is
  'by fact: value, hash of the definition it was computed by, rows of registers it rests on';
comment on column policy.decision.figures is 'by parameter: value and the clause that sets it';

create function policy.decision_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'a decision is kept as it was prepared';
end $$;
create trigger decision_is_kept before update or delete on policy.decision
  for each row execute function policy.decision_is_kept();
