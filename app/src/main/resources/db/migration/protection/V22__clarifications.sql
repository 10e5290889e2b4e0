-- Outcomes of reports that were handled elsewhere than as leads: in the files of another office, before the
-- program was in use.
create table protection.report_outcome (
  id          bigint generated always as identity primary key,
  number      text not null unique check (number <> ''),
  official_id bigint not null,
  unit_id     bigint not null,
  outcome     text not null check (outcome in ('unfounded', 'unproven', 'mistake', 'breach')),
  outcome_on  date not null,
  concluded   boolean not null default false,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index report_outcome_by_official on protection.report_outcome (official_id);
comment on column protection.report_outcome.concluded is 'the same matter had been concluded before';
select official.hold_to_sight('protection.report_outcome', 'official_id');

-- Reports that were found unfounded, as a clarification may rest on them. What is unproven is none of them.
-- Those of leads bear the number of the person in the lead, the others theirs below zero.
do $$
declare
  leads text := '';
begin
  if to_regclass('protection.lead_person') is not null then
    leads := $view$
      select p.id as report_id, p.official_id, l.number || '/' || p.place as number, l.unit_id, p.outcome_on, l.concluded
        from protection.lead_person p join protection.lead l on l.id = p.lead_id
       where p.outcome = 'unfounded' and p.official_id is not null and l.state <> 'merged'
      union all $view$;
  end if;
  execute 'create view protection.unfounded_report with (security_invoker = true) as ' || leads || $view$
      select -o.id as report_id, o.official_id, o.number, o.unit_id, o.outcome_on, o.concluded
        from protection.report_outcome o where o.outcome = 'unfounded' $view$;
end $$;

-- Clarifications, each from the consent of the person on.
create table protection.clarification (
  id                   bigint generated always as identity primary key,
  matter_id            bigint not null unique,
  pack                 text not null,
  official_id          bigint not null,
  unit_id              bigint not null,
  report_id            bigint not null,
  scope                text not null,
  manner               text not null,
  said                 text not null,
  blocked_selection    boolean not null,
  blocked_award        boolean not null,
  consented_on         date not null,
  consent_withdrawn_on date,
  notice_id            bigint,
  letter               text,
  media_text           text,
  done_on              date,
  done_where           text,
  audience             bigint,
  reopened_selection   boolean not null default false,
  reopened_award       boolean not null default false,
  visited_on           date,
  effect               text,
  effect_words         text,
  recorded_at          timestamptz not null,
  recorded_by          text not null,
  check (consent_withdrawn_on is null or notice_id is null),
  check ((done_on is null) = (done_where is null)),
  check (not reopened_selection or blocked_selection),
  check (not reopened_award or blocked_award)
);
create index clarification_by_official on protection.clarification (official_id);
create index clarification_by_report on protection.clarification (report_id);
create index clarification_by_notice on protection.clarification (notice_id) where notice_id is not null;
create index clarification_by_day on protection.clarification (done_on);
comment on column protection.clarification.report_id is 'the unfounded report, in protection.unfounded_report';
comment on column protection.clarification.said is 'what the person agreed to have said; nothing else is published';
comment on column protection.clarification.notice_id is 'public notice in which it stands; several can stand in one';

select official.hold_to_sight('protection.clarification', 'official_id');
create trigger register_changed after insert or update or delete or truncate on protection.clarification
  for each statement execute function platform.register_changed();

-- What selection may see: that somebody was cleared, and what was reopened by it; never the report.
create view protection.clearance with (security_invoker = true) as
  select id as clarification_id, official_id, done_on as cleared_on, reopened_selection, reopened_award
    from protection.clarification where done_on is not null;
comment on view protection.clearance is 'published: officials cleared of unfounded reports';
