-- What people are told, written in the transaction of what it tells. A cause tells a recipient once.
-- Without an account it goes to an official on paper, or to the account opened for that record later.
create table platform.notice (
  id          bigint generated always as identity primary key,
  cause       text not null,
  account_id  bigint references platform.account,
  official_id bigint,
  subject     jsonb not null,
  body        jsonb,
  path        text,
  sent_at     timestamptz not null,
  sent_by     text not null,
  read_at     timestamptz,
  handed_on   date,
  handed_by   text,
  handed_note text,
  check (account_id is not null or official_id is not null),
  check ((handed_on is null) = (handed_by is null))
);
create unique index notice_once_an_account on platform.notice (cause, account_id) where account_id is not null;
create unique index notice_once_an_official on platform.notice (cause, official_id) where account_id is null;
create index notice_inbox on platform.notice (account_id, id desc);
create index notice_unread on platform.notice (account_id) where read_at is null;
create index notice_of_official on platform.notice (official_id) where account_id is null;

-- Where an account wants to be told by mail that there is a notice.
create table platform.mail_address (
  account_id bigint primary key references platform.account,
  address    text not null check (length(address) between 3 and 254),
  kept_at    timestamptz not null
);

-- Mails to be sent, written with their notices. The message id never changes: a mail that was sent
-- twice because a crash hid the first is the same mail to who receives it.
create table platform.mail (
  id         bigint generated always as identity primary key,
  notice_id  bigint not null unique references platform.notice,
  account_id bigint not null references platform.account,
  message_id text not null unique,
  state      text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'dead')),
  attempts   int not null default 0,
  next_at    timestamptz not null,
  begun_at   timestamptz,
  sent_at    timestamptz,
  problem    text
);
create index mail_next on platform.mail (next_at) where state in ('waiting', 'sending');
create index mail_dead on platform.mail (id) where state = 'dead';
