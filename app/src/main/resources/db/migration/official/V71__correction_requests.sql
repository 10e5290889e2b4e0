-- What an official asks to have corrected on the own record. Nothing is changed by asking; the office
-- decides, and an acceptance records the correction like any other. What is wanted may hold an identity
-- number: it is kept sealed.
create table official.correction_request (
  id            bigint generated always as identity primary key,
  official_id   bigint not null references official.official,
  kind          text not null check (kind in ('correct', 'add', 'withdraw')),
  register      text not null,
  row_id        bigint,
  wanted_sealed bytea not null,
  reason        text not null check (reason <> '' and length(reason) <= 1000),
  document_id   bigint references official.document,
  asked_at      timestamptz not null,
  asked_by      text not null,
  state         text not null default 'open' check (state in ('open', 'withdrawn', 'accepted', 'accepted-in-part', 'declined')),
  decided_at    timestamptz,
  decided_by    text,
  answer        text check (length(answer) <= 1000),
  recorded_row  bigint,
  check ((kind = 'add') = (row_id is null)),
  check ((state = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check (state not in ('declined', 'accepted-in-part') or answer <> '')
);
-- One open request a row at a time.
create unique index correction_request_open_row on official.correction_request (official_id, register, row_id) where state = 'open' and row_id is not null;
create index correction_request_open on official.correction_request (asked_at, id) where state = 'open';
create index correction_request_decided on official.correction_request (decided_at desc, id desc) where state <> 'open';
create index correction_request_by_official on official.correction_request (official_id, id desc);
comment on column official.correction_request.wanted_sealed is 'json, texts by the words of fields';
comment on column official.correction_request.row_id is 'row of the register that was shown; null where something is missing';
comment on column official.correction_request.recorded_row is 'row that an acceptance recorded; null after a withdrawal of the row';
