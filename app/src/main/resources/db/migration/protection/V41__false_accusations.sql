-- Findings of malicious accusation, and the register of those who were found. Both need fabricated facts and
-- evidence of intent; a report that was mistaken or inaccurate has no way into either table.

-- Somebody who is no official: who it is stands sealed and goes when the last entry is over.
create table protection.outsider (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null,
  sealed      bytea,
  found_by    bytea,
  client      uuid not null unique,
  recorded_at timestamptz not null,
  recorded_by text not null,
  erased_at   timestamptz,
  check ((sealed is null) = (erased_at is not null)),
  check ((found_by is null) = (erased_at is not null))
);
create unique index outsider_once on protection.outsider (found_by);
comment on column protection.outsider.sealed is 'name and mark, under the key of the installation';
comment on column protection.outsider.found_by is 'keyed hash of name and mark: tells that two are the same and nothing else';

create table protection.false_accusation (
  id                bigint generated always as identity primary key,
  official_id       bigint,
  outsider_id       bigint references protection.outsider,
  unit_id           bigint not null,
  pack              text not null,
  matter_id         bigint not null unique,
  report            text not null check (report <> ''),
  report_outcome    text not null check (report_outcome = 'fabricated'),
  fabrication_files int not null check (fabrication_files > 0),
  intent            text not null check (intent <> ''),
  intent_files      int not null check (intent_files > 0),
  basis             text not null check (basis <> ''),
  approved_by       bigint not null,
  decided_by        bigint not null,
  approval_level    text not null,
  starts_on         date not null,
  ends_on           date not null,
  clause            text not null,
  recorded_at       timestamptz not null,
  recorded_by       text not null,
  set_aside_on      date,
  set_aside_matter  bigint,
  check (num_nonnulls(official_id, outsider_id) = 1),
  check (approved_by <> decided_by),
  check (ends_on > starts_on)
);
create unique index one_finding_a_report on protection.false_accusation (report, coalesce(official_id, 0), coalesce(outsider_id, 0));

create table protection.credit_entry (
  id          bigint generated always as identity primary key,
  finding_id  bigint not null references protection.false_accusation,
  official_id bigint,
  outsider_id bigint references protection.outsider,
  unit_id     bigint not null,
  pack        text not null,
  matter_id   bigint not null unique,
  basis       text not null check (basis <> ''),
  approved_by bigint not null,
  decided_by  bigint not null,
  listed_on   date not null,
  ends_on     date not null,
  clause      text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  removed_on  date,
  removed_ground text,
  removed_matter bigint,
  check (num_nonnulls(official_id, outsider_id) = 1),
  check (approved_by <> decided_by),
  check (ends_on > listed_on),
  check ((removed_on is null) = (removed_ground is null))
);
create unique index one_entry_at_a_time on protection.credit_entry (finding_id) where removed_on is null;

-- Whatever asks for it: what the matter's signed forms say last of the report has to be "fabricated", and both
-- decisions have to stand among its steps, by the two who are named.
create function protection.refuse_mistaken_report() returns trigger language plpgsql security definer
set search_path = pg_catalog set dandang.sight = '*' as $$
declare
  said text;
begin
  select f.answers ->> 'report-outcome' into said
    from platform.matter_form f left join platform.matter_step s on s.id = f.step_id
   where f.matter_id = new.matter_id and f.hash is not null and f.answers ? 'report-outcome'
   order by coalesce(s.place, 0) desc, f.id desc limit 1;
  if said is distinct from 'fabricated' then
    raise exception 'a report that came to % cannot be entered as a malicious accusation', coalesce(said, 'nothing')
      using errcode = 'check_violation', constraint = 'only_fabricated_reports';
  end if;
  if not exists (select from platform.matter_step a join platform.matter_step d on d.matter_id = a.matter_id
                  where a.matter_id = new.matter_id and a.state = 'done' and d.state = 'done'
                    and a.done_by = new.approved_by and d.done_by = new.decided_by) then
    raise exception 'the two approvals are not among the matter''s steps'
      using errcode = 'check_violation', constraint = 'two_approvals';
  end if;
  return new;
end $$;
create trigger only_fabricated_reports before insert or update of report_outcome, matter_id, approved_by, decided_by
  on protection.false_accusation for each row execute function protection.refuse_mistaken_report();

-- An entry rests on a finding that stands, about the same person, and never outlives it.
create function protection.hold_entry_to_finding() returns trigger language plpgsql security definer
set search_path = pg_catalog set dandang.sight = '*' as $$
begin
  if not exists (select from protection.false_accusation f
                  where f.id = new.finding_id and f.official_id is not distinct from new.official_id
                    and f.outsider_id is not distinct from new.outsider_id
                    and f.starts_on <= new.listed_on and f.ends_on > new.listed_on
                    and (f.set_aside_on is null or f.set_aside_on > new.listed_on)) then
    raise exception 'no finding stands on that day' using errcode = 'check_violation', constraint = 'finding_stands';
  end if;
  return new;
end $$;
create trigger finding_stands before insert on protection.credit_entry
  for each row execute function protection.hold_entry_to_finding();

-- What stands on a day. Every list, page, export and answer asks these and nothing else.
create function protection.false_accusations_on(day date) returns setof protection.false_accusation
language sql stable as $$
  select * from protection.false_accusation f
   where f.starts_on <= day and f.ends_on > day and (f.set_aside_on is null or f.set_aside_on > day)
$$;
create function protection.credit_entries_on(day date) returns setof protection.credit_entry
language sql stable as $$
  select e.* from protection.credit_entry e join protection.false_accusation f on f.id = e.finding_id
   where e.listed_on <= day and e.ends_on > day and (e.removed_on is null or e.removed_on > day)
     and f.ends_on > day and (f.set_aside_on is null or f.set_aside_on > day)
$$;

-- Those about officials are seen with the official, those about others with the unit.
do $$
declare
  place text;
begin
  foreach place in array array['outsider', 'false_accusation', 'credit_entry', 'finding_campaign'] loop
    execute format('alter table protection.%I enable row level security', place);
    execute format('alter table protection.%I force row level security', place);
    execute format(
      'create policy in_sight on protection.%1$I using (
         (select platform.sees_everything())
         or (select platform.sight()) <> '''' and (
           %2$s
           (select split_part(platform.sight(), '';'', 2)) = ''*''
           or exists (select from organisation.unit_line l where l.unit_id = protection.%1$I.unit_id
                        and l.line && (select nullif(split_part(platform.sight(), '';'', 2), ''*'')::bigint[]))))
       with check ((select platform.sight()) <> '''')',
      place,
      case when place in ('outsider', 'finding_campaign') then ''
           else 'official_id is not null and official.in_sight(official_id, (select platform.sight())) or outsider_id is not null and ' end);
  end loop;
end $$;
