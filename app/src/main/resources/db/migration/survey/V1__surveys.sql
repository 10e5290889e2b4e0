-- A vote or survey: an instrument of a pack asked of an electorate.
create table survey.survey (
  id           bigint generated always as identity primary key,
  pack         text not null,
  title        text not null check (title <> ''),
  unit_id      bigint,
  secret       boolean not null,
  state        text not null default 'draft' check (state in ('draft', 'open', 'closed', 'counted', 'withdrawn')),
  opens_at     timestamptz,
  closes_at    timestamptz,
  scheme       text,
  scheme_hash  text,
  figures      jsonb,
  pool         uuid unique,
  created_at   timestamptz not null,
  created_by   text not null,
  opened_at    timestamptz,
  opened_by    text,
  closed_at    timestamptz,
  closed_by    text,
  ended_early  text,
  check (closes_at > opens_at),
  check (state in ('draft', 'withdrawn') or (scheme is not null and figures is not null and opens_at is not null and closes_at is not null))
);
create index survey_by_unit on survey.survey (unit_id);
comment on column survey.survey.unit_id is 'whose vote it is; null: everybody''s';
comment on column survey.survey.scheme is 'the instrument as it was at opening; it holds whatever becomes of the pack';
comment on column survey.survey.figures is 'the figures in force at opening, each with its clause';
comment on column survey.survey.pool is 'names the key of the pool, which lies outside the database until the vote is closed';
comment on column survey.survey.ended_early is 'why it was closed before its time or withdrawn';

-- What each survey fills into the lists of its instrument: matters, candidates, units.
create table survey.item (
  survey_id bigint not null references survey.survey,
  list      text not null,
  number    int not null,
  text      text not null check (text <> ''),
  primary key (survey_id, list, number)
);

-- The electorate. Fixed at opening; afterwards somebody can only be recused, with a reason.
create table survey.voter (
  survey_id      bigint not null references survey.survey,
  official_id    bigint not null,
  name           text not null,
  unit           text not null default '',
  grp            text not null default '',
  paper          boolean not null default false,
  origin         text not null,
  recused_at     timestamptz,
  recused_by     text,
  recused_reason text,
  collected      bytea,
  primary key (survey_id, official_id),
  check ((recused_at is null) = (recused_reason is null))
);
create index voter_by_official on survey.voter (official_id);
comment on column survey.voter.collected is 'SHA-256 of the blinded token signed for this voter; says nothing of the token';
comment on column survey.voter.paper is 'votes on paper; no token is signed';

create function survey.keep_electorate() returns trigger language plpgsql as $$
declare
  now_state text;
begin
  select state into now_state from survey.survey where id = coalesce(new.survey_id, old.survey_id);
  if now_state <> 'draft' and (tg_op <> 'UPDATE'
      or (new.survey_id, new.official_id, new.name, new.unit, new.grp, new.paper, new.origin)
         is distinct from (old.survey_id, old.official_id, old.name, old.unit, old.grp, old.paper, old.origin)) then
    raise exception 'the electorate is fixed at opening';
  end if;
  return coalesce(new, old);
end $$;
create trigger electorate_is_fixed before insert or update or delete on survey.voter
  for each row execute function survey.keep_electorate();

create function survey.keep_question() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft'
     and (new.pack, new.secret, new.scheme, new.scheme_hash, new.figures, new.pool, new.opens_at)
         is distinct from (old.pack, old.secret, old.scheme, old.scheme_hash, old.figures, old.pool, old.opens_at) then
    raise exception 'what is asked is fixed at opening';
  end if;
  return new;
end $$;
create trigger question_is_fixed before update on survey.survey
  for each row execute function survey.keep_question();

-- One key a group of voters, by which tokens are signed blindly. The private part is sealed and
-- gone once the vote is closed.
create table survey.token_key (
  survey_id bigint not null references survey.survey,
  grp       text not null,
  modulus   text not null,
  sealed    bytea,
  primary key (survey_id, grp)
);

-- Ballots received and not yet counted. Each bucket is encrypted and rewritten as a whole, in one
-- length, mixed anew; which bucket a ballot lies in follows from the key of the pool alone.
create table survey.bucket (
  survey_id bigint not null references survey.survey,
  number    int not null,
  ballots   int not null,
  sealed    bytea not null,
  primary key (survey_id, number)
);

-- Published after closing: which ballots are counted, and apart from them what was answered. Answers
-- of one ballot do not lie together. Written in one transaction, in the order of random values.
create table survey.receipt (
  survey_id bigint not null references survey.survey,
  code      text not null,
  primary key (survey_id, code)
);
create table survey.answer (
  id        uuid primary key,
  survey_id bigint not null references survey.survey,
  question  text not null,
  grp       text,
  answer    text not null
);
create index answer_by_question on survey.answer (survey_id, question);
comment on column survey.answer.grp is 'null: no group, or one too small to be shown';

create function survey.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was voted is not changed';
end $$;
create trigger receipts_stay before update or delete or truncate on survey.receipt
  for each statement execute function survey.refuse_change();
create trigger answers_stay before update or delete or truncate on survey.answer
  for each statement execute function survey.refuse_change();

-- A vote with names. A later ballot supersedes; both stay.
create table survey.named_ballot (
  id            bigint generated always as identity primary key,
  survey_id     bigint not null references survey.survey,
  official_id   bigint not null,
  answers       jsonb not null,
  cast_at       timestamptz not null,
  superseded_at timestamptz
);
create unique index named_ballot_current on survey.named_ballot (survey_id, official_id) where superseded_at is null;

-- Paper: how many ballots were handed out and came back unused, a group at a time.
create table survey.paper_handed (
  survey_id   bigint not null references survey.survey,
  grp         text not null,
  handed      int not null check (handed >= 0),
  unused      int not null check (unused between 0 and handed),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (survey_id, grp)
);
-- A pile of ballots from the box, entered twice by two people.
create table survey.paper_batch (
  id         bigint generated always as identity primary key,
  survey_id  bigint not null references survey.survey,
  grp        text not null,
  sheets     int not null check (sheets between 1 and 200),
  begun_by   text not null,
  begun_at   timestamptz not null,
  settled_by text,
  settled_at timestamptz
);
create index paper_batch_by_survey on survey.paper_batch (survey_id);
create table survey.paper_sheet (
  batch_id   bigint not null references survey.paper_batch,
  entry      smallint not null check (entry in (1, 2, 3)),
  sheet      int not null,
  spoilt     boolean not null,
  answers    jsonb not null,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (batch_id, entry, sheet)
);
comment on column survey.paper_sheet.entry is '1 and 2: the two entries; 3: what was settled where they differ';

-- The count, kept with the figures it was made under.
create table survey.result (
  survey_id  bigint primary key references survey.survey,
  counted_at timestamptz not null,
  counted_by text not null,
  due        int not null,
  electronic int not null,
  paper      int not null,
  spoilt     int not null,
  withheld   boolean not null,
  groups     jsonb not null,
  figures    jsonb not null,
  hash       text not null
);
comment on column survey.result.groups is 'ballots of each group that may be shown';
comment on column survey.result.hash is 'SHA-256 of the published ballots';
-- Where votes are equal a person decides.
create table survey.settled_tie (
  id         bigint generated always as identity primary key,
  survey_id  bigint not null references survey.survey,
  question   text not null,
  decision   text not null,
  reason     text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  unique (survey_id, question)
);
