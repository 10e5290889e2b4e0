-- As before, but of a table that holds other numbers too only the rows that are about people.
drop function official.move_rows(regclass, text, text, bigint, bigint);
create function official.move_rows(place regclass, key text, holder text, only_if text, gone bigint, kept bigint) returns setof bigint
language plpgsql as $$
declare
  one bigint;
begin
  for one in execute format('select %I from %s where %I = $1 and %s order by 1', key, place, holder, only_if) using gone loop
    begin
      execute format('update %s set %I = $1 where %I = $2 and %I = $3 and %s', place, holder, key, holder, only_if) using kept, one, gone;
      return next one;
    exception when unique_violation or exclusion_violation or check_violation then
      null;
    end;
  end loop;
end $$;
