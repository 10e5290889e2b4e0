-- Every unit with those above it, itself first: whoever asks in whose jurisdiction something lies need not
-- climb the tree. Whoever writes organisation.unit, the lines follow.
create table organisation.unit_line (
  unit_id bigint primary key,
  line    bigint[] not null
);
comment on column organisation.unit_line.line is 'the unit, its parent, and so on up, at most twenty';

create function organisation.draw_lines(changed bigint[]) returns void language sql as $$
  insert into organisation.unit_line (unit_id, line)
  with recursive below as (
    select unnest(changed) as id
    union
    select u.id from organisation.unit u join below b on u.parent_id = b.id
  ), up as (
    select u.id, array[u.id] as line, u.parent_id as next
      from below b join organisation.unit u on u.id = b.id
    union all
    select up.id, up.line || p.id, p.parent_id
      from up join organisation.unit p on p.id = up.next
     where cardinality(up.line) < 20
  )
  select distinct on (id) id, line from up order by id, cardinality(line) desc
  on conflict (unit_id) do update set line = excluded.line where unit_line.line <> excluded.line
$$;

create function organisation.draw_new_lines() returns trigger language plpgsql as $$
begin
  perform organisation.draw_lines((select array_agg(id) from now_unit));
  return null;
end $$;
create trigger drawn_line after insert on organisation.unit
  referencing new table as now_unit
  for each statement execute function organisation.draw_new_lines();

create function organisation.draw_moved_lines() returns trigger language plpgsql as $$
declare
  moved bigint[];
begin
  select array_agg(n.id) into moved
    from now_unit n join old_unit o on o.id = n.id and o.parent_id is distinct from n.parent_id;
  if moved is not null then
    perform organisation.draw_lines(moved);
  end if;
  return null;
end $$;
create trigger moved_line after update on organisation.unit
  referencing new table as now_unit old table as old_unit
  for each statement execute function organisation.draw_moved_lines();

create function organisation.rub_out_lines() returns trigger language plpgsql as $$
begin
  delete from organisation.unit_line l using old_unit o where l.unit_id = o.id;
  return null;
end $$;
create trigger rubbed_out_line after delete on organisation.unit
  referencing old table as old_unit
  for each statement execute function organisation.rub_out_lines();

select organisation.draw_lines((select array_agg(id) from organisation.unit));

-- The units that manage posts of a level in a unit on a day.
create function organisation.managers_of(unit bigint, level text, day date) returns setof bigint
language sql stable parallel safe as $$
  select a.managing_unit_id
    from organisation.unit_line l
    join organisation.management_authority a on a.managed_unit_id = any (l.line)
   where l.unit_id = unit and level = any (a.post_levels) and a.superseded_at is null
     and a.starts_on <= day and (a.ends_on is null or a.ends_on > day)
$$;
