-- Whom a change of a register concerned, so that what is kept about these people for searching is
-- renewed. Null: everybody. Rows older than a day are swept; who has not looked for so long looks at
-- everything anew.
create table official.touched (
  official_id bigint,
  xid         xid8 not null default pg_current_xact_id(),
  at          timestamptz not null default now()
);
create index touched_by_transaction on official.touched (xid);

create function official.note_touched() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 5001) a_few) > 5000 then
    insert into official.touched (official_id) values (null);
  else
    insert into official.touched (official_id)
      select distinct official_id from changed where official_id is not null;
  end if;
  return null;
end $$;

create function official.note_touched_everybody() returns trigger language plpgsql as $$
begin
  insert into official.touched (official_id) values (null);
  return null;
end $$;

-- A row may pass from one person to another when two are merged.
create function official.note_touched_by_update() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 5001) a_few) > 5000 then
    insert into official.touched (official_id) values (null);
  else
    insert into official.touched (official_id)
      select official_id from changed where official_id is not null
      union select official_id from before where official_id is not null;
  end if;
  return null;
end $$;

do $$
declare register text;
begin
  foreach register in array array['identity', 'posting', 'rank_held', 'pay', 'award', 'annual_grade',
      'education', 'affiliation', 'penalty', 'family_member', 'timeline_flag'] loop
    execute format('create trigger touched_by_insert after insert on official.%I referencing new table as changed for each statement execute function official.note_touched()', register);
    execute format('create trigger touched_by_update after update on official.%I referencing new table as changed old table as before for each statement execute function official.note_touched_by_update()', register);
    execute format('create trigger touched_by_delete after delete on official.%I referencing old table as changed for each statement execute function official.note_touched()', register);
    execute format('create trigger touched_by_truncate after truncate on official.%I for each statement execute function official.note_touched_everybody()', register);
  end loop;
end $$;

-- A unit's name, level or place shows with everybody who is in it or below it.
create function official.note_touched_in_units() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 201) a_few) > 200 then
    insert into official.touched (official_id)
      select null where exists (select from official.posting);
  else
    insert into official.touched (official_id)
      with recursive below as (
        select id from changed
        union
        select u.id from organisation.unit u join below b on u.parent_id = b.id
      )
      select distinct p.official_id
        from below b join official.posting p on p.unit_id = b.id and p.superseded_at is null;
  end if;
  return null;
end $$;
create trigger touched_people after update on organisation.unit
  referencing new table as changed for each statement execute function official.note_touched_in_units();
