-- Every file that left: who took it, when, how much. The hash is that of the file as it was sent;
-- null while it is being sent, and when it was cut off.
create table platform.export (
  id           uuid primary key,
  sign_in_name text not null,
  shown_name   text not null,
  begun_at     timestamptz not null,
  action       text not null,
  form         text not null,
  counted      bigint not null,
  bytes        bigint,
  sha256       bytea
);
create index export_by_hash on platform.export (sha256);
