-- As before, but most people have served one spell, and that needs no question of its own.
create or replace function official.months_of(served datemultirange) returns int
  language plpgsql immutable parallel safe strict as $$
declare
  spell interval;
begin
  if isempty(served) then
    return null;
  end if;
  if multirange(range_merge(served)) = served then
    if lower_inf(served) or upper_inf(served) then
      return null;
    end if;
    spell := age(upper(served)::timestamp, lower(served)::timestamp);
    return extract(year from spell) * 12 + extract(month from spell)
           + floor(extract(day from spell) / 30);
  end if;
  return (select (sum(extract(year from a) * 12 + extract(month from a))
                  + floor(sum(extract(day from a)) / 30))::int
            from unnest(served) as spells(period),
                 lateral (select age(upper(period)::timestamp, lower(period)::timestamp) as a) as length);
end $$;
