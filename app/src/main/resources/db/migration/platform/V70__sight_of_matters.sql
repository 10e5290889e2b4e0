-- Whose sight it is, told as the seventh part; null where nobody is signed in or the program itself works.
create function platform.sight_account() returns bigint language sql stable parallel safe as $$
  select nullif(split_part(platform.sight(), ';', 7), '')::bigint
$$;
create function platform.sight_own() returns bigint language sql stable parallel safe as $$
  select nullif(split_part(platform.sight(), ';', 3), '')::bigint
$$;
create function platform.sight_day() returns date language sql stable parallel safe as $$
  select case when platform.sight() like '____-%' then split_part(platform.sight(), ';', 1)::date end
$$;

-- Over which units the reader is a personnel officer on the day; a null among them: over everything.
create function platform.officer_units() returns bigint[] language sql stable parallel safe as $$
  select coalesce(array_agg(a.unit_id), '{}')
    from platform.role_assignment a
   where a.account_id = platform.sight_account() and a.role = 'personnel-officer'
     and a.starts_on <= platform.sight_day() and (a.ends_on is null or a.ends_on > platform.sight_day())
$$;
create function platform.officer_of_all() returns boolean language sql stable parallel safe as $$
  select array_position(platform.officer_units(), null) is not null
$$;

-- Whose deadline, whose notice it is. Null: everybody's, for officers over everything.
alter table platform.deadline add column unit_id bigint;
alter table platform.deadline add column about bigint[] not null default '{}';
comment on column platform.deadline.about is 'numbers of the officials it is about';
alter table platform.public_notice add column unit_id bigint;
alter table platform.public_notice add column about bigint[] not null default '{}';
comment on column platform.public_notice.about is 'numbers of the officials it is about';
update platform.deadline d
   set unit_id = m.unit_id,
       about = coalesce((select array_agg(p.subject) from platform.matter_party p
                          where p.matter_id = m.id and p.kind = 'official'), '{}')
  from platform.matter_step s join platform.matter m on m.id = s.matter_id
 where d.owner_kind = 'matter-step' and d.owner_id = s.id::text;

-- Matters in which the reader takes or took part: by a right that was given, as a party once told, as who did
-- or signed a step, and by a role for the step at which it stands. Officers of the unit are another matter.
create function platform.matters_in_sight(sight text) returns bigint[]
language plpgsql stable parallel safe security definer
set search_path = pg_catalog set dandang.sight = '*' as $$
declare
  part constant text[] := string_to_array(sight, ';');
  me bigint;
  own bigint;
  day date;
begin
  if cardinality(part) is distinct from 7 then
    return '{}';
  end if;
  me := nullif(part[7], '')::bigint;
  own := nullif(part[3], '')::bigint;
  day := part[1]::date;
  return array(
    select g.subject_id::bigint from platform.reading_grant g
     where g.account_id = me and g.subject_kind = 'matter' and g.ended_at is null
       and (g.ends_at is null or g.ends_at > day)
    union
    select p.matter_id from platform.matter_party p join platform.matter m on m.id = p.matter_id
     where p.kind = 'official' and p.subject = own
       and (m.result is not null or exists (select from platform.matter_step s where s.matter_id = m.id and s.party))
    union
    select s.matter_id from platform.matter_step s where s.done_by = me
    union
    select s.matter_id from platform.matter_step s where s.claimed_by = me and s.state = 'open'
    union
    select s.matter_id from platform.matter_signature g join platform.matter_step s on s.id = g.step_id
     where g.account_id = me
    union
    select s.matter_id
      from platform.role_assignment a
      join platform.matter_step s on s.state = 'open' and a.role = any (s.roles)
      join platform.matter m on m.id = s.matter_id and (a.unit_id is null or a.unit_id = any (m.above))
     where a.account_id = me and a.role <> 'personnel-officer'
       and a.starts_on <= day and (a.ends_on is null or a.ends_on > day));
end $$;

-- Matters the reader keeps away from: about kin and others hidden, or where it was declared.
create function platform.matters_kept_from(sight text) returns bigint[]
language plpgsql stable parallel safe security definer
set search_path = pg_catalog set dandang.sight = '*' as $$
declare
  part constant text[] := string_to_array(sight, ';');
begin
  if cardinality(part) is distinct from 7 then
    return '{}';
  end if;
  return array(
    select p.matter_id from platform.matter_party p
     where p.kind = 'official' and p.subject = any (part[5]::bigint[])
    union
    select r.subject_id::bigint from platform.recusal r
     where r.account_id = nullif(part[7], '')::bigint and r.subject_kind = 'matter' and r.lifted_at is null);
end $$;

-- Matters about the reader, which the reader does not see as an officer.
create function platform.matters_about(person bigint) returns bigint[]
language plpgsql stable parallel safe security definer
set search_path = pg_catalog set dandang.sight = '*' as $$
begin
  return array(select p.matter_id from platform.matter_party p where p.kind = 'official' and p.subject = person);
end $$;

create index matter_signature_by_account on platform.matter_signature (account_id) where account_id is not null;

-- What is written is not held to the sight: an act can take a matter out of it.
alter table platform.matter enable row level security;
alter table platform.matter force row level security;
create policy in_sight on platform.matter
  using ((select platform.sees_everything())
         or (id <> all ((select platform.matters_kept_from((select platform.sight())))::bigint[])
             and (begun_by = (select platform.sight_account())
                  or (state not in ('draft', 'discarded')
                      and ((select platform.officer_of_all()) or above && (select platform.officer_units()))
                      and id <> all ((select platform.matters_about((select platform.sight_own())))::bigint[]))
                  or id = any ((select platform.matters_in_sight((select platform.sight())))::bigint[]))))
  with check ((select platform.sight()) <> '');

do $$
declare
  place text;
begin
  foreach place in array array['matter_party', 'matter_step', 'matter_form', 'matter_act'] loop
    execute format('alter table platform.%I enable row level security', place);
    execute format('alter table platform.%I force row level security', place);
    execute format(
      'create policy in_sight on platform.%I
         using ((select platform.sees_everything()) or exists (select from platform.matter m where m.id = matter_id))
         with check ((select platform.sight()) <> '''')', place);
  end loop;
end $$;
alter table platform.matter_signature enable row level security;
alter table platform.matter_signature force row level security;
create policy in_sight on platform.matter_signature
  using ((select platform.sees_everything()) or exists (select from platform.matter_step s where s.id = step_id))
  with check ((select platform.sight()) <> '');
alter table platform.matter_document enable row level security;
alter table platform.matter_document force row level security;
create policy in_sight on platform.matter_document
  using ((select platform.sees_everything()) or exists (select from platform.matter_form f where f.id = form_id))
  with check ((select platform.sight()) <> '');
alter table platform.matter_command enable row level security;
alter table platform.matter_command force row level security;
create policy in_sight on platform.matter_command
  using ((select platform.sees_everything()) or account_id = (select platform.sight_account()))
  with check ((select platform.sight()) <> '');

-- Notices are their reader's; those on paper are also the officers', which the module of officials adds.
alter table platform.notice enable row level security;
alter table platform.notice force row level security;
create policy in_sight on platform.notice
  using ((select platform.sees_everything())
         or account_id = (select platform.sight_account())
         or (account_id is null and official_id = (select platform.sight_own())))
  with check ((select platform.sight()) <> '');

-- Objections are opened by who handles the notice.
alter table platform.public_notice_objection enable row level security;
alter table platform.public_notice_objection force row level security;
create policy in_sight on platform.public_notice_objection
  using ((select platform.sees_everything())
         or exists (select from platform.public_notice_handler h
                     where h.notice_id = public_notice_objection.notice_id
                       and h.account_id = (select platform.sight_account())))
  with check ((select platform.sight()) <> '');
