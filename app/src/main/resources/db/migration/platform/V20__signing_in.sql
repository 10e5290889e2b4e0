-- A password set by somebody else is good until then and has to be changed first of all; sessions
-- that began before sessions_from are over.
alter table platform.account
  add column password_until      timestamptz,
  add column password_changed_at timestamptz,
  add column sessions_from       timestamptz;

-- The authenticator app of an account (RFC 6238). The secret is sealed under the key of the
-- installation; last_step is the step of the last code that was taken, so that none is taken twice.
create table platform.authenticator (
  account_id   bigint primary key references platform.account,
  secret       bytea not null,
  confirmed_at timestamptz not null,
  last_step    bigint not null
);

-- Codes for the day the second factor is lost, each good once; only their hashes are kept.
create table platform.recovery_code (
  account_id bigint not null references platform.account,
  hash       bytea not null,
  made_at    timestamptz not null,
  used_at    timestamptz,
  primary key (account_id, hash)
);

-- Passkeys (W3C Web Authentication level 2). The handle names an account to authenticators without
-- telling who it is.
create table platform.passkey_owner (
  account_id bigint primary key references platform.account,
  handle     bytea not null unique
);
create table platform.passkey (
  credential_id   bytea primary key,
  handle          bytea not null references platform.passkey_owner (handle),
  label           text not null check (length(label) between 1 and 80),
  public_key      bytea not null,
  signature_count bigint not null,
  user_verified   boolean not null,
  transports      text not null,
  backup_eligible boolean not null,
  backup_state    boolean not null,
  attestation     bytea,
  client_data     bytea,
  created_at      timestamptz not null,
  last_used_at    timestamptz not null
);
create index passkey_by_owner on platform.passkey (handle);

-- Accounts of an OpenID Connect provider, by its issuer and subject and by nothing else.
create table platform.linked_subject (
  issuer     text not null,
  subject    text not null,
  account_id bigint not null references platform.account,
  linked_at  timestamptz not null,
  primary key (issuer, subject)
);
create index linked_subject_by_account on platform.linked_subject (account_id);
