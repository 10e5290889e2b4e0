-- What is posted for the public, for a period of working days in which anybody may object.
create table platform.public_notice (
  id              bigint generated always as identity primary key,
  kind            text not null,
  owner_kind      text,
  owner_id        text,
  title           text not null,
  body            text not null,
  issuer          text not null,
  contact         text not null,
  days            int not null check (days > 0),
  named_only      boolean not null default false,
  state           text not null default 'draft' check (state in ('draft', 'open', 'concluded', 'taken-down')),
  minimum_days    int,
  clause          jsonb,
  published_on    date,
  published_by    text,
  deadline_id     bigint references platform.deadline,
  result          text check (result in ('no-objection', 'unfounded', 'upheld')),
  result_text     text,
  concluded_on    date,
  concluded_by    text,
  taken_down_on   date,
  taken_down_by   text,
  taken_down_for  text,
  drafted_at      timestamptz not null,
  drafted_by      text not null,
  edition         int not null default 1,
  check ((state in ('open', 'concluded')) <= (published_on is not null and deadline_id is not null and clause is not null)),
  check ((state = 'concluded') = (result is not null)),
  check ((state = 'taken-down') = (taken_down_on is not null))
);
create index public_notice_by_state on platform.public_notice (state, published_on desc);
create index public_notice_by_owner on platform.public_notice (owner_kind, owner_id);

-- Who handles the objections, and so sees who objected.
create table platform.public_notice_handler (
  notice_id  bigint not null references platform.public_notice,
  account_id bigint not null references platform.account,
  primary key (notice_id, account_id)
);

-- What was objected. Words, name, contact and file are sealed; neither an address of the network nor
-- a time of day is kept.
create table platform.public_notice_objection (
  id          bigint generated always as identity primary key,
  notice_id   bigint not null references platform.public_notice,
  receipt     text not null unique,
  received_on date not null,
  named       boolean not null,
  sealed      bytea not null,
  file        bytea,
  finding     text check (finding in ('unfounded', 'upheld')),
  answer      text,
  found_on    date,
  found_by    text,
  check ((finding is null) = (answer is null))
);
create index public_notice_objections on platform.public_notice_objection (notice_id);
