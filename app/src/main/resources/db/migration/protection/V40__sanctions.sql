-- Sanctions, party measures, organisational measures and admonitions with what they bring for a time. What a
-- measure brings is written down when it is entered, by the figures in force on the day of the decision.
create table protection.sanction (
  id              bigint generated always as identity primary key,
  official_id     bigint not null,
  unit_id         bigint,
  family          text not null,
  measure         text not null,
  pack            text not null,
  decided_on      date not null,
  number          text,
  authority       text,
  cause           text,
  nature          text,
  motive          text,
  gravity         text,
  matter_id       bigint,
  file_name       text,
  file_hash       text,
  line            int,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  revoked_on      date,
  revoked_at      timestamptz,
  revoked_by      text,
  revoked_ground  text,
  revoked_matter  bigint,
  restored        text,
  clearing_scope  text,
  clearing_due_on date,
  cleared_on      date,
  check (revoked_on is null or revoked_on >= decided_on),
  check ((revoked_on is null) = (revoked_at is null))
);
create unique index sanction_once on protection.sanction (official_id, measure, decided_on, coalesce(number, ''));
create unique index sanction_of_matter on protection.sanction (matter_id, official_id) where matter_id is not null;
create index sanction_by_day on protection.sanction (decided_on desc, id desc);
comment on column protection.sanction.decided_on is 'the day from which its period counts';
comment on column protection.sanction.revoked_on is 'from this day it counts no more; before, it did';

create table protection.sanction_effect (
  sanction_id bigint not null references protection.sanction,
  official_id bigint not null,
  effect      text not null check (effect in ('no-promotion', 'no-pay-step', 'no-post', 'no-award')),
  amount      int not null check (amount between 1 and 600),
  unit        text not null check (unit in ('month', 'year')),
  most        int check (most > 0),
  figure      text not null,
  figure_from date not null,
  clause      text not null,
  primary key (sanction_id, effect)
);
create index sanction_effect_by_official on protection.sanction_effect (official_id, effect);
comment on column protection.sanction_effect.unit is 'month: from the day of the decision; year: calendar years, that of the decision the first';
comment on column protection.sanction_effect.most is 'months from its day that it and what was left before it may come to; null: it does not combine';

-- One measure after the other, in the order of their days: [1] end of the combined periods, [2] newest day,
-- [3] the end before that day, [4] end of what does not combine. Of several of one day the longest counts; a
-- new one within the period adds what was left, up to the most; across families the longest counts.
create function protection.own_end(starts date, amount int, unit text) returns date
language sql immutable parallel safe as $$
  select case when unit = 'year' then make_date(extract(year from starts)::int + amount, 1, 1)
              else (starts + make_interval(months => amount))::date end
$$;

create function protection.impact_step(state date[], starts date, amount int, unit text, most int) returns date[]
language plpgsql immutable parallel safe as $$
declare
  own date;
begin
  if starts is null or amount is null then
    return state;
  end if;
  own := protection.own_end(starts, amount, unit);
  if most is null then
    state[4] := greatest(state[4], own);
    return state;
  end if;
  if state[2] is null or starts > state[2] then
    state[3] := state[1];
    state[2] := starts;
  end if;
  if state[3] > starts then
    own := least((state[3] + make_interval(months => amount))::date, (starts + make_interval(months => most))::date);
  else
    own := least(own, (starts + make_interval(months => most))::date);
  end if;
  state[1] := greatest(state[1], own);
  return state;
end $$;

create function protection.impact_end(state date[]) returns date language sql immutable parallel safe as $$
  select greatest(state[1], state[4])
$$;

-- The first day without the effect; to be asked in the order of the measures' days.
create aggregate protection.impact_until(date, int, text, int) (
  sfunc = protection.impact_step, stype = date[], initcond = '{NULL,NULL,NULL,NULL}', finalfunc = protection.impact_end
);

-- Months from a day until another, those begun counted; 0 when it has come.
create function protection.months_left(day date, until date) returns int
language sql immutable parallel safe as $$
  select case when until is null then null when until <= day then 0
              else (extract(year from age(until, day)) * 12 + extract(month from age(until, day))
                    + case when extract(day from age(until, day)) > 0 then 1 else 0 end)::int end
$$;

-- What counts on a day: decided by then and not revoked by then.
create function protection.effects_on(day date)
returns table (sanction_id bigint, official_id bigint, measure text, decided_on date, effect text, amount int, unit text, most int)
language sql stable parallel safe as $$
  select s.id, s.official_id, s.measure, s.decided_on, e.effect, e.amount, e.unit, e.most
    from protection.sanction s join protection.sanction_effect e on e.sanction_id = s.id
   where s.decided_on <= day and (s.revoked_on is null or s.revoked_on > day)
$$;

-- Until when each effect lasts for each official, as of a day; what has lapsed by then is there too.
create function protection.impact_on(day date)
returns table (official_id bigint, effect text, since date, until date)
language sql stable parallel safe as $$
  select official_id, effect, min(decided_on), protection.impact_until(decided_on, amount, unit, most order by decided_on, sanction_id)
    from protection.effects_on(day) group by official_id, effect
$$;

-- Until when each measure lasts with what was left before it, as of a day.
create function protection.measures_on(day date)
returns table (sanction_id bigint, official_id bigint, effect text, until date)
language sql stable parallel safe as $$
  select sanction_id, official_id, effect,
         case when most is null then protection.own_end(decided_on, amount, unit)
              else protection.impact_until(decided_on, amount, unit, most)
                     over (partition by official_id, effect, most is null order by decided_on, sanction_id) end
    from protection.effects_on(day)
$$;

-- Notices of lapsing that were sent.
create table protection.lapse (
  official_id bigint not null,
  until       date not null,
  told_at     timestamptz not null,
  primary key (official_id, until)
);

-- All that selection, pay and awards learn: who is not clear for what on a day, and until when. Never why.
create function protection.clearance_on(day date)
returns table (official_id bigint, effect text, until date)
language sql stable parallel safe as $$
  select official_id, effect, until from protection.impact_on(day) where until > day
$$;

-- Exactly one mentor for each at any time.
create table protection.mentor (
  id          bigint generated always as identity primary key,
  official_id bigint not null,
  mentor_id   bigint not null,
  from_on     date not null,
  to_on       date,
  contact_days int not null check (contact_days > 0),
  clause      text not null,
  why         text not null,
  hand_over   text,
  matter_id   bigint,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check (mentor_id <> official_id),
  check (to_on is null or to_on >= from_on),
  unique (matter_id, official_id),
  exclude using gist (int8range(official_id, official_id + 1) with &&, daterange(from_on, to_on) with &&)
);
create unique index one_active_mentor on protection.mentor (official_id) where to_on is null;
create index mentor_by_mentor on protection.mentor (mentor_id);

create table protection.mentor_contact (
  id          bigint generated always as identity primary key,
  mentor      bigint not null references protection.mentor,
  official_id bigint not null,
  met_on      date not null,
  way         text not null check (way in ('talk', 'visit', 'phone', 'letter')),
  note        text not null check (note <> ''),
  client      uuid not null unique,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index mentor_contact_by_mentor on protection.mentor_contact (mentor, met_on desc);

-- The joint evaluation before a period ends: opened by the clock, one for each end.
create table protection.evaluation (
  id          bigint generated always as identity primary key,
  official_id bigint not null,
  until       date not null,
  opened_on   date not null,
  matter_id   bigint unique,
  evaluated_on date,
  conduct     text,
  view        text,
  unique (official_id, until),
  check ((evaluated_on is null) = (conduct is null))
);

-- Decisions on use after discipline, with their reasons.
create table protection.reuse (
  id             bigint generated always as identity primary key,
  official_id    bigint not null,
  sanction_id    bigint not null references protection.sanction,
  matter_id      bigint not null unique,
  decision       text not null check (decision in ('used', 'not-now')),
  use            text not null,
  decided_on     date not null,
  weighed        jsonb not null,
  explanation    text not null check (explanation <> ''),
  opinion        text not null,
  reasons        text not null check (reasons <> ''),
  proposed       text,
  proposed_by_rule text,
  pack           text not null,
  recorded_at    timestamptz not null,
  recorded_by    text not null
);

create table protection.finding_campaign (
  id          bigint generated always as identity primary key,
  pack        text not null,
  title       text not null check (title <> ''),
  unit_id     bigint not null,
  starts_on   date not null,
  ends_on     date,
  closed_on   date,
  client      uuid not null unique,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check (ends_on is null or ends_on >= starts_on)
);

-- What persons found and decided: kinds of inaction, and who is not fit for the post. Nothing is ever put here
-- but by the end of a procedure.
create table protection.finding (
  id          bigint generated always as identity primary key,
  kind        text not null check (kind in ('inaction', 'stepping-down')),
  pack        text not null,
  campaign_id bigint references protection.finding_campaign,
  official_id bigint not null,
  unit_id     bigint not null,
  type        text not null,
  severity    text,
  measure     text not null,
  decided_on  date not null,
  evidence    int not null check (evidence > 0),
  matter_id   bigint not null,
  sanction_id bigint references protection.sanction,
  recorded_at timestamptz not null,
  recorded_by text not null,
  check ((kind = 'inaction') = (campaign_id is not null)),
  check ((kind = 'inaction') = (severity is not null)),
  unique (matter_id, official_id)
);
create index finding_by_campaign on protection.finding (campaign_id);

do $$
declare
  place regclass;
begin
  for place in
    select unnest(array['protection.sanction', 'protection.sanction_effect', 'protection.mentor', 'protection.mentor_contact',
                        'protection.evaluation', 'protection.reuse', 'protection.finding', 'protection.lapse'])::regclass
  loop
    perform official.hold_to_sight(place, 'official_id');
    execute format('create trigger register_changed after insert or update or delete or truncate on %s
                      for each statement execute function platform.register_changed()', place);
  end loop;
end $$;

create view protection.evidence as
  select 'protection.sanction' as register, s.id as row, s.decided_on as since, s.revoked_on as until,
         concat_ws(' · ', s.measure, s.number, s.authority) as words, null::bigint as import_id, s.file_name, s.line, s.recorded_at, s.recorded_by
    from protection.sanction s
  union all
  select 'protection.evaluation', e.id, e.evaluated_on, null, concat_ws(' · ', e.conduct, e.until), null, null, null,
         e.evaluated_on::timestamptz, 'evaluation'
    from protection.evaluation e where e.evaluated_on is not null
  union all
  select * from protection.lead_evidence;
