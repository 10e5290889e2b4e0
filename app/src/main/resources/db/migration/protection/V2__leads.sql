-- Leads: what inspection rounds, audit, environment, poverty programmes, petition offices and others passed
-- on, and about whom. Who reported is sealed elsewhere (platform.sealed_record) and only referred to.
create table protection.lead (
  id          bigint generated always as identity primary key,
  number      text generated always as (extract(year from received_on)::text || '-' || lpad(id::text, 6, '0')) stored,
  source      text not null check (source in ('inspection', 'audit', 'environment', 'poverty', 'petition', 'other')),
  round       text not null default '',
  reference   text not null default '',
  title       text not null check (title <> ''),
  content     text not null check (content <> ''),
  received_on date not null,
  unit_id     bigint not null,
  clue        text not null check (clue in ('none', 'general', 'specific')),
  gravity     text not null check (gravity in ('slight', 'moderate', 'grave')),
  concluded   boolean not null default false,
  reporter    uuid unique,
  pack        text not null,
  due_on      date,
  term        jsonb,
  state       text not null default 'open' check (state in ('open', 'closed', 'merged')),
  closed_on   date,
  merged_into bigint references protection.lead,
  channel     text not null check (channel in ('form', 'workbook', 'interface', 'import')),
  recorded_at timestamptz not null,
  recorded_by text not null,
  check ((state = 'merged') = (merged_into is not null)),
  check ((state = 'closed') = (closed_on is not null)),
  check (merged_into <> id)
);
create unique index lead_by_number on protection.lead (number);
create index lead_by_unit on protection.lead (unit_id, received_on);
create index lead_by_day on protection.lead (received_on desc, id desc);
create index lead_by_due on protection.lead (due_on) where state = 'open';
create index lead_by_reference on protection.lead (source, reference) where reference <> '';
create index lead_by_recorder on protection.lead (recorded_by) where state = 'open';
comment on column protection.lead.round is 'the round, audit or campaign it came from, as the source calls it';
comment on column protection.lead.reference is 'number at its source';
comment on column protection.lead.unit_id is 'in whose jurisdiction it is handled';
comment on column protection.lead.clue is 'how much there is to verify, as somebody judged it on taking it in';
comment on column protection.lead.concluded is 'the same matter had been concluded before';
comment on column protection.lead.reporter is 'sealed record with who reported; null: without a name';
comment on column protection.lead.pack is 'by whose terms and procedure it is closed';
comment on column protection.lead.term is 'the figure its last day rests on: id, value, unit, clause, from';

-- Whom a lead names, as it names them, and who that is as a person found.
create table protection.lead_person (
  id          bigint generated always as identity primary key,
  lead_id     bigint not null references protection.lead,
  place       int not null,
  name        text not null check (name <> ''),
  unit_name   text not null default '',
  post        text not null default '',
  official_id bigint,
  linked_at   timestamptz,
  linked_by   text,
  reason      text,
  set_aside   text,
  outcome     text check (outcome in ('unfounded', 'unproven', 'mistake', 'breach')),
  severity    text check (severity in ('slight', 'moderate', 'grave')),
  outcome_on  date,
  matter_id   bigint,
  copied_from bigint references protection.lead_person,
  unique (lead_id, place),
  check ((official_id is null) = (linked_at is null)),
  check ((outcome is null) = (outcome_on is null)),
  check (set_aside is null or official_id is null)
);
create unique index lead_person_once on protection.lead_person (lead_id, official_id) where official_id is not null;
create index lead_person_by_official on protection.lead_person (official_id) where official_id is not null;
create index lead_person_by_name on protection.lead_person (name);
comment on column protection.lead_person.reason is 'why it is this official, as whoever linked them said';
comment on column protection.lead_person.set_aside is 'why nobody on record is meant';
comment on column protection.lead_person.matter_id is 'the matter that came to the outcome';
comment on column protection.lead_person.copied_from is 'came here as its lead was merged into this one';

-- How somebody was asked about a lead: what policy proposed, what a person chose, and why.
create table protection.lead_contact (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references protection.lead_person,
  proposed   text not null,
  rule       text,
  decision   bigint,
  means      text not null check (means in ('none', 'explanation', 'talk', 'inquiry-letter', 'check')),
  reasons    text not null default '',
  matter_id  bigint unique,
  chosen_on  date not null,
  chosen_at  timestamptz not null,
  chosen_by  text not null,
  done_on    date,
  noted      text,
  check ((done_on is null) = (noted is null)),
  check (means <> 'inquiry-letter' or reasons <> ''),
  check (means = proposed or reasons <> '')
);
create index lead_contact_by_person on protection.lead_contact (person_id);
comment on column protection.lead_contact.matter_id is 'the procedure by which it is done; null for a talk, a check, or nothing';
comment on column protection.lead_contact.noted is 'what a talk or check came to';

create table protection.lead_merge (
  id        bigint generated always as identity primary key,
  kept_id   bigint not null references protection.lead,
  merged_id bigint not null references protection.lead,
  reason    text not null check (reason <> ''),
  merged_at timestamptz not null,
  merged_by text not null,
  undone_at timestamptz,
  undone_by text
);
create index lead_merge_by_kept on protection.lead_merge (kept_id);
create unique index lead_merge_now on protection.lead_merge (merged_id) where undone_at is null;
-- Two leads that somebody looked at and found to be different are not shown to each other again.
create table protection.lead_apart (
  one_id   bigint not null references protection.lead,
  other_id bigint not null references protection.lead,
  said_at  timestamptz not null,
  said_by  text not null,
  primary key (one_id, other_id),
  check (one_id < other_id)
);

-- Commands by which leads come in, each carried out once.
create table protection.lead_command (
  client  uuid primary key,
  hash    text not null,
  lead_id bigint,
  at      timestamptz not null,
  by      text not null
);
-- Keys with which the machines of sources bring leads. Only the hash is kept.
create table protection.intake_key (
  id         bigint generated always as identity primary key,
  name       text not null check (name <> ''),
  hash       text not null unique,
  source     text not null,
  unit_id    bigint not null,
  account_id bigint not null,
  made_at    timestamptz not null,
  made_by    text not null,
  ended_at   timestamptz,
  ended_by   text
);

-- Statements that were asked for, what became of them, and who was told of it.
create table protection.statement (
  matter_id        bigint primary key,
  official_id      bigint not null,
  unit_id          bigint not null,
  lead_id          bigint,
  assessed_on      date not null,
  accepted         boolean not null,
  reasons          text not null default '',
  head_told_on     date,
  official_told_on date,
  official_told_by text check (official_told_by in ('acknowledged', 'handed')),
  closed_on        date,
  check ((official_told_on is null) = (official_told_by is null)),
  check (not accepted or closed_on is null or (head_told_on is not null and official_told_on is not null))
);
create index statement_by_official on protection.statement (official_id);
create index statement_by_unit on protection.statement (unit_id);

-- Sight. The units of a sight (dandang.sight) are those over which the reader may read leads; whoever is named
-- in a lead, or keeps away from somebody who is, does not see it, whatever else is said.
create function protection.leads_kept_from(sight text) returns bigint[]
language plpgsql stable parallel safe security definer set dandang.sight = '*' as $$
declare
  part constant text[] := string_to_array(sight, ';');
begin
  return coalesce((select array_agg(distinct p.lead_id) from protection.lead_person p
                    where p.official_id = any (part[5]::bigint[] || nullif(part[3], '')::bigint)), '{}');
end $$;
create function protection.units_in_sight(sight text) returns bigint[]
language plpgsql stable parallel safe security definer set dandang.sight = '*' as $$
declare
  part constant text[] := string_to_array(sight, ';');
begin
  if part[2] = '*' then
    return '{}';
  end if;
  return coalesce((select array_agg(l.unit_id) from organisation.unit_line l where l.line && part[2]::bigint[]), '{}');
end $$;

alter table protection.lead enable row level security;
alter table protection.lead force row level security;
create policy in_sight on protection.lead
  using ((select platform.sees_everything())
         or case when (select cardinality(string_to_array(platform.sight(), ';'))) = 7
                 then id <> all ((select protection.leads_kept_from(platform.sight()))::bigint[])
                      and ((select platform.sees_all_but_hidden())
                           or unit_id = any ((select protection.units_in_sight(platform.sight()))::bigint[]))
                 else false end)
  with check ((select platform.sight()) <> '');

do $$
declare
  place text;
begin
  foreach place in array array['lead_person', 'lead_merge'] loop
    execute format('alter table protection.%I enable row level security', place);
    execute format('alter table protection.%I force row level security', place);
    execute format(
      'create policy in_sight on protection.%I using ((select platform.sees_everything()) or exists (select from protection.lead l where l.id = %s)) with check ((select platform.sight()) <> '''')',
      place, case place when 'lead_person' then 'lead_id' else 'kept_id' end);
  end loop;
end $$;
alter table protection.lead_contact enable row level security;
alter table protection.lead_contact force row level security;
create policy in_sight on protection.lead_contact
  using ((select platform.sees_everything())
         or exists (select from protection.lead_person p where p.id = person_id))
  with check ((select platform.sight()) <> '');
select official.hold_to_sight('protection.statement', 'official_id');

-- Whom policies about leads speak of.
create view protection.lead_person_subject as
  select p.id as subject, l.number || ' · ' || p.name as label, l.number || '/' || p.place as key
    from protection.lead_person p join protection.lead l on l.id = p.lead_id
   where l.state <> 'merged';

-- Every row of leads a fact can rest on, in words: what kind of lead, never what it says. Part of
-- protection.evidence.
create view protection.lead_evidence as
  select 'protection.lead' as register, id as row, received_on as since, closed_on as until,
         concat_ws(' · ', number, clue, gravity) as words, null::bigint as import_id, null::text as file_name,
         null::int as line, recorded_at, recorded_by
    from protection.lead
  union all
  select 'protection.statement', matter_id, assessed_on, null, case when accepted then 'accepted' else 'not accepted' end,
         null, null, null, null::timestamptz, null
    from protection.statement;
