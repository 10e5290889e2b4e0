-- Moves rows of another module from one record of a person to the other, and tells which were moved. What the
-- other record has already, or what would contradict it, stays.
create function official.move_rows(place regclass, key text, holder text, gone bigint, kept bigint) returns setof bigint
language plpgsql as $$
declare
  one bigint;
begin
  for one in execute format('select %I from %s where %I = $1 order by 1', key, place, holder) using gone loop
    begin
      execute format('update %s set %I = $1 where %I = $2 and %I = $3', place, holder, key, holder) using kept, one, gone;
      return next one;
    exception when unique_violation or exclusion_violation or check_violation then
      null;
    end;
  end loop;
end $$;
