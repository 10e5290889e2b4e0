
-- Who may sign in. An official's account sees the own record only.
create table platform.account (
  id            bigint generated always as identity primary key,
  sign_in_name  text not null unique check (sign_in_name ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
  shown_name    text not null,
  password_hash text not null,
  role          text not null check (role in ('personnel-officer', 'official')),
  official_id   bigint,
  language      text not null default 'zh-CN' check (language in ('zh-CN', 'zh-Hant', 'en')),
  created_at    timestamptz not null,
  disabled_at   timestamptz,
  check (role <> 'official' or official_id is not null)
);

-- Every change, append-only. The hash columns are the place of the chain.
create table platform.ledger_entry (
  id            bigint generated always as identity primary key,
  recorded_at   timestamptz not null,
  actor         text not null,
  action        text not null,
  subject_kind  text not null,
  subject_id    text,
  detail        jsonb not null default '{}',
  algorithm     text,
  previous_hash bytea,
  hash          bytea
);
create index ledger_entry_by_subject on platform.ledger_entry (subject_kind, subject_id);

create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only';
end $$;
create trigger ledger_is_append_only before update or delete or truncate on platform.ledger_entry
  for each statement execute function platform.refuse_change();
