-- Who holds a share of every sealed record. The private key is locked by a passphrase that is never stored.
create table platform.custodian (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references platform.account,
  public_key  bytea not null,
  private_key bytea not null,
  enrolled_at timestamptz not null,
  ended_at    timestamptz
);
create unique index custodian_once on platform.custodian (account_id) where ended_at is null;

-- What was sealed: nobody opens it alone, the owner of the database included. The day is kept, not the
-- moment, so that it cannot be laid beside the log of another machine.
create table platform.sealed_record (
  id        uuid primary key,
  kind      text not null,
  content   bytea not null,
  threshold int not null check (threshold >= 2),
  sealed_on date not null
);

-- A share of a record's key, sealed to the custodian's public key.
create table platform.sealed_share (
  record_id    uuid not null references platform.sealed_record on delete cascade,
  custodian_id bigint not null references platform.custodian,
  share        bytea not null,
  primary key (record_id, custodian_id)
);
create index sealed_share_by_custodian on platform.sealed_share (custodian_id);

-- A request to open a record. The private key is locked by a code that only the asker has.
create table platform.unsealing (
  id          bigint generated always as identity primary key,
  record_id   uuid not null references platform.sealed_record on delete cascade,
  asked_by    bigint not null references platform.account,
  asked_at    timestamptz not null,
  motive      text not null check (length(motive) between 10 and 2000),
  expires_at  timestamptz not null,
  public_key  bytea,
  private_key bytea,
  refused_by  bigint references platform.account,
  refused_at  timestamptz,
  refusal     text,
  check (expires_at > asked_at),
  check ((refused_by is null) = (refused_at is null) and (refused_by is null) = (refusal is null))
);
create index unsealing_by_record on platform.unsealing (record_id);

-- A custodian's consent: the own share, sealed to the request's key and to nothing else.
create table platform.unsealing_consent (
  unsealing_id bigint not null references platform.unsealing on delete cascade,
  custodian_id bigint not null references platform.custodian,
  account_id   bigint not null references platform.account,
  consented_at timestamptz not null,
  reason       text not null,
  share        bytea,
  primary key (unsealing_id, custodian_id),
  unique (unsealing_id, account_id)
);

create function platform.refuse_own_consent() returns trigger language plpgsql as $$
begin
  if (select asked_by from platform.unsealing where id = new.unsealing_id) = new.account_id then
    raise exception 'who asks does not consent';
  end if;
  return new;
end $$;
create trigger nobody_consents_to_the_own_request before insert or update on platform.unsealing_consent
  for each row execute function platform.refuse_own_consent();
