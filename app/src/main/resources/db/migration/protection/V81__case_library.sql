-- What a matter of tolerance was about, in the words of who verified it; a case is made from it.
alter table protection.tolerance add column facts text not null default '';

-- Typical cases. They name nobody: whom and what a case was made from stands apart, for those who may see it.
create table protection.typical_case (
  id           bigint generated always as identity primary key,
  title        text not null check (title <> ''),
  text         text not null check (text <> ''),
  pack         text not null,
  situation    text,
  outcome      text not null,
  answers      jsonb not null,
  year         int not null,
  state        text not null default 'draft' check (state in ('draft', 'published', 'taken-back')),
  why          text not null default '',
  left_in      text[] not null default '{}',
  edition      bigint not null default 0,
  drafted_at   timestamptz not null,
  drafted_by   text not null,
  published_on date,
  published_by text,
  check ((published_on is null) = (published_by is null)),
  check (state = 'draft' or published_on is not null)
);
create index typical_case_by_state on protection.typical_case (state, id);
create index typical_case_by_edition on protection.typical_case (edition) where edition > 0;
create sequence protection.case_edition;
comment on column protection.typical_case.left_in is 'what was found and a person confirmed that it tells nobody''s identity';
comment on column protection.typical_case.edition is 'grows with what is published or taken back; 0 before';
comment on column protection.typical_case.answers is 'the answers the rules looked at, by field';

create table protection.case_origin (
  case_id       bigint primary key references protection.typical_case,
  tolerance_id  bigint not null unique,
  matter_id     bigint not null,
  official_id   bigint not null,
  unit_id       bigint not null,
  publishing_id bigint
);
comment on column protection.case_origin.publishing_id is 'the matter under which it is proposed for publication';
select official.hold_to_sight('protection.case_origin', 'official_id');

alter table protection.typical_case enable row level security;
alter table protection.typical_case force row level security;
create policy in_sight on protection.typical_case
  using ((select platform.sees_everything())
         or (state = 'published' and (select platform.sight()) <> '')
         or exists (select from protection.case_origin o where o.case_id = typical_case.id))
  with check ((select platform.sight()) <> '');
