-- With which key the database is sealed: a keyed hash of a fixed text, from which the key cannot be told.
create table platform.sealing_key (
  one         boolean primary key default true check (one),
  fingerprint bytea not null,
  known_at    timestamptz not null
);
comment on table platform.sealing_key is 'one row, written at the first start; a start with another key, or without one, is refused';
