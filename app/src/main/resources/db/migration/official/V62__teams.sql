-- Who sits in the leading team of a unit on a day: those with a post in the unit itself whose level is a
-- leading one (GB/T 12407-2008: 101 to 142). It follows official.current_posting, so a slate is laid over it.
create function official.team_on(asked date)
returns table (unit_id bigint, official_id bigint, posting_id bigint, post text, post_level text, kind text, starts_on date)
language sql stable as $$
  select p.unit_id, p.official_id, p.id, p.post, p.post_level, p.kind, p.starts_on
    from official.current_posting p
   where p.unit_id is not null and p.kind in ('regular', 'concurrent')
     and p.post_level >= '101' and p.post_level <= '142'
     and p.starts_on <= asked and (p.ends_on is null or p.ends_on > asked)
$$;

-- The day the statutory retirement age is reached. The figures are a pack's dated parameters
-- (national/retirement-age): the age before the change and after it, in months; the month from which it
-- changes, counted year * 12 + month - 1; and how many months of birth make it a month later.
create function official.retires_on(born date, earlier_age int, later_age int, begins_in int, months_a_step int)
returns date language sql immutable parallel safe strict as $$
  select (born + make_interval(months => earlier_age
            + case when reached < begins_in then 0
                   else least(later_age - earlier_age, (reached - begins_in) / months_a_step + 1) end))::date
    from (select extract(year from born)::int * 12 + extract(month from born)::int - 1 + earlier_age as reached) as known
$$;

-- Which full-time education somebody has, the highest first: one row a person.
create view official.full_time_education as
  select distinct on (official_id) id as education_id, official_id, level, degree, title, major
    from official.current_education
   where kind = 'full-time'
   order by official_id, level nulls last, degree nulls last, ends_on desc nulls last, id;
