-- A matter whose day has come is begun by nobody; its steps may need a level; it may be about somebody without an
-- own record.
alter table platform.matter alter column begun_by drop not null;
comment on column platform.matter.begun_by is 'null: the clock began it';
alter table platform.matter_step add column reach bigint[];
comment on column platform.matter_step.reach is 'units over which the role is to be held; null: the matter''s and those above';
alter table platform.matter_party drop constraint matter_party_kind_check;
alter table platform.matter_party add check (kind in ('official', 'unit', 'outsider'));

-- As before, but a step that needs a level is seen from that level up.
create or replace function platform.matters_in_sight(sight text) returns bigint[]
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
      join platform.matter m on m.id = s.matter_id and (a.unit_id is null or a.unit_id = any (coalesce(s.reach, m.above)))
     where a.account_id = me and a.role <> 'personnel-officer'
       and a.starts_on <= day and (a.ends_on is null or a.ends_on > day));
end $$;
