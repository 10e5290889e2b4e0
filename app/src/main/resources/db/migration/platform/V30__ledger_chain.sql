-- An entry is committed with the change it is about; who changes something waits for nobody. A sealer
-- links committed entries afterwards, in an order of its own. By the transaction that wrote an entry
-- it finds again what was committed late.
alter table platform.ledger_entry
  drop column algorithm,
  drop column previous_hash,
  drop column hash,
  add column xact xid8 not null default pg_current_xact_id();
create index ledger_entry_by_xact on platform.ledger_entry (xact);
create index ledger_entry_by_actor on platform.ledger_entry (actor, id);
create index ledger_entry_by_action on platform.ledger_entry (action, id);
create index ledger_entry_by_time on platform.ledger_entry (recorded_at);
drop index platform.ledger_entry_by_subject;
create index ledger_entry_by_subject on platform.ledger_entry (subject_kind, subject_id, id);

-- Which chain this is; a copy of the database carries the same.
create table platform.ledger_identity (
  one boolean primary key default true check (one),
  id  uuid not null default gen_random_uuid()
);
insert into platform.ledger_identity default values;

-- The chain: leaf = hash of salt and entry, hash = hash of the hash before, the position and the leaf.
create table platform.ledger_link (
  position  bigint primary key check (position > 0),
  entry     bigint not null unique,
  algorithm text not null check (algorithm in ('SHA-256', 'SM3')),
  salt      bytea not null,
  leaf      bytea not null,
  hash      bytea not null
);

-- Signed: the chain's head at a position and the root of a Merkle tree over the leaves since the last.
create table platform.ledger_checkpoint (
  number         bigint primary key check (number > 0),
  first_position bigint not null,
  last_position  bigint not null check (last_position >= first_position),
  root           bytea not null,
  head           bytea not null,
  previous       bytea not null,
  made_at        timestamptz not null,
  algorithm      text not null check (algorithm in ('SHA-256', 'SM3')),
  key            bytea not null,
  signature      bytea not null
);

-- How far each place outside has got; may change, and proves nothing.
create table platform.ledger_push (
  place     text primary key,
  number    bigint not null,
  pushed_at timestamptz,
  tried_at  timestamptz not null,
  problem   text
);

-- Whom an entry about many concerns, so that each of them can see it. The entry holds a hash of the list.
create table platform.ledger_subject (
  kind    text not null,
  subject bigint not null,
  entry   bigint not null,
  primary key (kind, subject, entry)
);
create index ledger_subject_by_entry on platform.ledger_subject (entry);

-- By trigger, which holds for replication roles too, and by privileges, which hold where the owner of
-- the tables is no superuser.
alter table platform.ledger_entry enable always trigger ledger_is_append_only;
do $$
declare
  kept text;
begin
  foreach kept in array array['ledger_identity', 'ledger_link', 'ledger_checkpoint', 'ledger_subject'] loop
    execute format(
      'create trigger ledger_is_append_only before update or delete or truncate on platform.%I
         for each statement execute function platform.refuse_change()', kept);
    execute format('alter table platform.%I enable always trigger ledger_is_append_only', kept);
  end loop;
  foreach kept in array
    array['ledger_entry', 'ledger_identity', 'ledger_link', 'ledger_checkpoint', 'ledger_subject'] loop
    execute format('revoke update, delete, truncate on platform.%I from public, %I', kept, current_user);
  end loop;
end $$;
