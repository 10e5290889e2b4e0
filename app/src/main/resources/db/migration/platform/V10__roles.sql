-- What an account may do, over which unit, from a day until another. An account may hold several roles.
create table platform.role_assignment (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references platform.account,
  role        text not null check (role in (
                'personnel-officer', 'official', 'head-of-unit', 'discipline-officer', 'training-officer',
                'finance-officer', 'petition-officer', 'panel-member', 'custodian',
                'system-administrator', 'security-administrator', 'audit-administrator')),
  unit_id     bigint,
  starts_on   date not null,
  ends_on     date,
  kind        text not null default 'held' check (kind in ('held', 'stand-in', 'delegated')),
  for_account bigint references platform.account,
  reason      text,
  given_at    timestamptz not null,
  given_by    text not null,
  ended_at    timestamptz,
  ended_by    text,
  check (starts_on <= ends_on),
  check ((kind = 'held') = (for_account is null)),
  check (for_account <> account_id),
  check (kind = 'held' or (ends_on is not null and reason <> '')),
  check (kind = 'held' or role not in ('official', 'system-administrator', 'security-administrator', 'audit-administrator')),
  check ((ended_at is null) = (ended_by is null))
);
create index role_assignment_by_account on platform.role_assignment (account_id);
create index role_assignment_by_role on platform.role_assignment (role, unit_id);
comment on column platform.role_assignment.unit_id is 'with all that lies within it; null: everything';
comment on column platform.role_assignment.ends_on is 'the first day on which it does not hold any more; null: until ended';
comment on column platform.role_assignment.for_account is 'whose role it is, delegated by that account or stood in for';

insert into platform.role_assignment (account_id, role, starts_on, given_at, given_by)
select id, role, created_at::date - 1, created_at, 'migration' from platform.account;
alter table platform.account drop column role;

-- System, security and audit are three people's: none of the three goes together with another role, nor
-- with a record of an official. The account's row is locked, so that two at once cannot pass each other.
create function platform.keep_administrators_apart() returns trigger language plpgsql as $$
declare
  administrators constant text[] := array['system-administrator', 'security-administrator', 'audit-administrator'];
  record_of bigint;
begin
  select official_id into record_of from platform.account where id = new.account_id for update;
  if new.role = any (administrators) and record_of is not null then
    raise exception using errcode = '23514', constraint = 'administrators_apart',
      message = 'an administrator''s account is no official''s';
  end if;
  if new.role = 'official' and record_of is null then
    raise exception using errcode = '23514', constraint = 'official_has_record',
      message = 'an official''s account names the own record';
  end if;
  if exists (select from platform.role_assignment other
              where other.account_id = new.account_id and other.id <> new.id and other.role <> new.role
                and (other.role = any (administrators) or new.role = any (administrators))
                and daterange(other.starts_on, other.ends_on) && daterange(new.starts_on, new.ends_on)) then
    raise exception using errcode = '23514', constraint = 'administrators_apart',
      message = 'an administrator has no other role at the same time';
  end if;
  return new;
end $$;
create trigger administrators_apart before insert or update on platform.role_assignment
  for each row execute function platform.keep_administrators_apart();

create function platform.keep_administrators_without_record() returns trigger language plpgsql as $$
begin
  if new.official_id is not null and exists (
       select from platform.role_assignment a
        where a.account_id = new.id and a.role in ('system-administrator', 'security-administrator', 'audit-administrator')
          and (a.ends_on is null or a.ends_on > current_date)) then
    raise exception using errcode = '23514', constraint = 'administrators_apart',
      message = 'an administrator''s account is no official''s';
  end if;
  return new;
end $$;
create trigger administrators_without_record before update of official_id on platform.account
  for each row execute function platform.keep_administrators_without_record();

-- A reading right to one record, for as long as something asks for it.
create table platform.reading_grant (
  id           bigint generated always as identity primary key,
  account_id   bigint not null references platform.account,
  subject_kind text not null,
  subject_id   text not null,
  reason       text not null check (reason <> ''),
  given_at     timestamptz not null,
  given_by     text not null,
  ends_at      timestamptz,
  ended_at     timestamptz,
  ended_by     text,
  check ((ended_at is null) = (ended_by is null))
);
create index reading_grant_by_account on platform.reading_grant (account_id, subject_kind) where ended_at is null;
create index reading_grant_by_subject on platform.reading_grant (subject_kind, subject_id);
comment on column platform.reading_grant.reason is 'what asks for it, as the giver names it: "task 12"';
comment on column platform.reading_grant.ends_at is 'null: until ended';

-- Who must keep away from a record: kin, the superior's matter, a party, or another reason.
create table platform.recusal (
  id           bigint generated always as identity primary key,
  account_id   bigint not null references platform.account,
  subject_kind text not null,
  subject_id   text not null,
  ground       text not null check (ground in ('kin', 'superior', 'party', 'other')),
  declared     boolean not null,
  reason       text not null,
  recorded_at  timestamptz not null,
  recorded_by  text not null,
  lifted_at    timestamptz,
  lifted_by    text,
  lifted_why   text,
  check ((lifted_at is null) = (lifted_by is null)),
  check (lifted_at is null or lifted_why <> '')
);
create unique index recusal_holds on platform.recusal (account_id, subject_kind, subject_id, ground) where lifted_at is null;
comment on column platform.recusal.declared is 'by the person; else found by another';
