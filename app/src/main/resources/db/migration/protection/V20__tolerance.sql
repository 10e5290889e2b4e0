-- Errors in work that are not to be counted, and the correction that goes with each.
create table protection.tolerance (
  id            bigint generated always as identity primary key,
  matter_id     bigint not null,
  pack          text not null,
  official_id   bigint not null,
  unit_id       bigint not null,
  outcome       text not null check (outcome in ('tolerate', 'lighter')),
  situation     text,
  answers       jsonb not null,
  proposed      text,
  rule          text,
  clause        text,
  version       text,
  conclusion    text not null,
  effect        text not null,
  own_motion    boolean not null,
  decided_on    date not null,
  decided_by    text not null,
  recorded_at   timestamptz not null,
  unique (matter_id, official_id)
);
create index tolerance_by_official on protection.tolerance (official_id);
create index tolerance_by_day on protection.tolerance (decided_on);
comment on table protection.tolerance is 'one row for each official of a matter of tolerance that was determined';
comment on column protection.tolerance.answers is 'the answers the rules looked at, by field';
comment on column protection.tolerance.rule is 'rule of the pack''s table that decided the proposal, under version';

create table protection.correction_plan (
  id           bigint generated always as identity primary key,
  matter_id    bigint not null unique,
  pack         text not null,
  unit_id      bigint not null,
  official_id  bigint not null,
  aim          text not null,
  issued_on    date not null,
  due_on       date not null,
  completed_on date
);
create index correction_plan_by_unit on protection.correction_plan (unit_id);
comment on column protection.correction_plan.official_id is 'the party; the first where there are several';

create table protection.correction_item (
  id          bigint generated always as identity primary key,
  plan_id     bigint not null references protection.correction_plan,
  place       int not null,
  text        text not null,
  official_id bigint not null,
  until_on    date not null,
  state       text not null default 'open' check (state in ('open', 'reported', 'verified')),
  unique (plan_id, place)
);
create index correction_item_by_official on protection.correction_item (official_id);
create index correction_item_open on protection.correction_item (until_on) where state <> 'verified';
comment on column protection.correction_item.official_id is 'who is responsible for it';

-- What was done with an item, in its order; nothing is overwritten.
create table protection.correction_act (
  id          bigint generated always as identity primary key,
  item_id     bigint not null references protection.correction_item,
  official_id bigint not null,
  act         text not null check (act in ('reported', 'returned', 'verified')),
  account_id  bigint not null,
  on_day      date not null,
  words       text not null check (words <> ''),
  recorded_at timestamptz not null
);
create index correction_act_by_item on protection.correction_act (item_id);
comment on column protection.correction_act.official_id is 'of the item, so that the same people see both';

select official.hold_to_sight('protection.tolerance', 'official_id');
select official.hold_to_sight('protection.correction_plan', 'official_id');
select official.hold_to_sight('protection.correction_item', 'official_id');
select official.hold_to_sight('protection.correction_act', 'official_id');

-- What selection, assessment and awards may see: that an error is not to be counted, never what it was about.
create view protection.not_counted with (security_invoker = true) as
  select id as tolerance_id, official_id, outcome, decided_on from protection.tolerance;
comment on view protection.not_counted is 'published: errors of officials that are not to be counted (tolerate) or were handled more lightly (lighter)';

create view protection.correction_running with (security_invoker = true) as
  select i.id as item_id, i.official_id, p.issued_on, i.until_on,
         (select min(a.on_day) from protection.correction_act a where a.item_id = i.id and a.act = 'verified') as verified_on
    from protection.correction_item i join protection.correction_plan p on p.id = i.plan_id;
comment on view protection.correction_running is 'published: items of corrections by who is responsible';

do $$
declare
  place regclass;
begin
  for place in
    select unnest(array['protection.tolerance', 'protection.correction_plan', 'protection.correction_item',
                        'protection.correction_act'])::regclass
  loop
    execute format('create trigger register_changed after insert or update or delete or truncate on %s
                      for each statement execute function platform.register_changed()', place);
  end loop;
end $$;
