-- Matters that were handled and closed before the program was in use, or by another body, as their files have
-- them: leads that are closed, with what each person was accused of, what was found and what it brought.

-- What happened as reported and was right is neither unfounded nor a breach.
do $$
declare
  place text;
  known text;
begin
  foreach place in array array['lead_person', 'report_outcome'] loop
    for known in
      select conname from pg_constraint
       where conrelid = ('protection.' || place)::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%unproven%'
    loop
      execute format('alter table protection.%I drop constraint %I', place, known);
    end loop;
    execute format(
      'alter table protection.%I add constraint %I check (outcome in (''unfounded'', ''exonerated'', ''unproven'', ''mistake'', ''breach''))',
      place, place || '_outcome_known');
  end loop;
end $$;

-- A clarification may rest on either; which it was is said with it.
create or replace view protection.unfounded_report with (security_invoker = true) as
  select p.id as report_id, p.official_id, l.number || '/' || p.place as number, l.unit_id, p.outcome_on, l.concluded, p.outcome
    from protection.lead_person p join protection.lead l on l.id = p.lead_id
   where p.outcome in ('unfounded', 'exonerated') and p.official_id is not null and l.state <> 'merged'
  union all
  select -o.id, o.official_id, o.number, o.unit_id, o.outcome_on, o.concluded, o.outcome
    from protection.report_outcome o where o.outcome in ('unfounded', 'exonerated');
create index lead_person_clear on protection.lead_person (outcome_on desc, id desc)
  where outcome in ('unfounded', 'exonerated') and official_id is not null;

create table protection.matter_import (
  id                bigint generated always as identity primary key,
  pack              text not null,
  part              text not null check (part in ('matters', 'accused')),
  file_name         text not null,
  sha256            text not null,
  started_at        timestamptz not null,
  finished_at       timestamptz,
  recorded_by       text not null,
  rows_read         bigint not null default 0,
  stored            bigint not null default 0,
  unchanged         bigint not null default 0,
  refused           bigint not null default 0,
  refused_by_reason jsonb not null default '{}',
  made              jsonb not null default '{}'
);

create table protection.closed_matter (
  lead_id     bigint primary key references protection.lead,
  source      text not null,
  key         text not null,
  agency      text not null default '',
  happened_on date,
  import_id   bigint not null references protection.matter_import,
  line        int not null,
  unique (source, key)
);
comment on column protection.closed_matter.source is 'the register whose keys its file uses';
comment on column protection.closed_matter.agency is 'the body that handled it, as the file calls it';
comment on column protection.closed_matter.line is 'of the file it came from';

-- One thing somebody was accused of in a closed matter. Several of one person in one matter come to one outcome.
create table protection.allegation (
  id          bigint generated always as identity primary key,
  lead_id     bigint not null references protection.lead,
  person_id   bigint not null references protection.lead_person,
  who         text not null,
  said        text not null,
  twin        int not null,
  about       text not null default '',
  code        text not null default '',
  finding     text not null default '',
  outcome     text check (outcome in ('unfounded', 'exonerated', 'unproven', 'mistake', 'breach')),
  penalty     text not null default '',
  measure     text,
  unit_code   text not null default '',
  unit_id     bigint,
  sanction_id bigint references protection.sanction,
  import_id   bigint not null references protection.matter_import,
  line        int not null,
  unique (lead_id, said, twin)
);
create index allegation_by_person on protection.allegation (person_id);
create index allegation_by_sanction on protection.allegation (sanction_id) where sanction_id is not null;
comment on column protection.allegation.who is 'the key of the person, or what tells the person apart within the matter';
comment on column protection.allegation.said is 'hash of all that the row says';
comment on column protection.allegation.twin is 'which of the rows of the matter that say the same';
comment on column protection.allegation.finding is 'as the pack spells it; empty: the file says nothing';
comment on column protection.allegation.outcome is 'what the finding means by the pack; null: nothing about the person';
comment on column protection.allegation.measure is 'what the penalty means by the pack; null: no measure';
comment on column protection.allegation.sanction_id is 'the entry of the register of measures that came of it';

do $$
declare
  place text;
begin
  foreach place in array array['closed_matter', 'allegation'] loop
    execute format('alter table protection.%I enable row level security', place);
    execute format('alter table protection.%I force row level security', place);
    execute format(
      'create policy in_sight on protection.%I using ((select platform.sees_everything()) or exists (select from protection.lead l where l.id = lead_id)) with check ((select platform.sight()) <> '''')',
      place);
  end loop;
end $$;

-- What all that was alleged of one person in one matter came to: the gravest; cleared only where every part is.
create function protection.outcome_of(outcomes text[]) returns text language sql immutable parallel safe as $$
  select case when 'breach' = any (outcomes) then 'breach'
              when 'mistake' = any (outcomes) then 'mistake'
              when 'unproven' = any (outcomes) then 'unproven'
              when array_position(outcomes, null) is not null then null
              when 'exonerated' = any (outcomes) then 'exonerated'
              else 'unfounded' end
$$;
