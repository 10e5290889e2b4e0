-- Wrong passwords in a row, and until when signing in is refused because of them.
alter table platform.account
  add column failures     int not null default 0,
  add column locked_until timestamptz;
