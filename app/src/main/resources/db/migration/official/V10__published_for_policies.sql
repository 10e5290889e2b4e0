-- What a slate proposes: postings that nobody holds yet. They join the current ones only in a
-- transaction that names the slate: set_config('dandang.slate', '<id>', true).
create table official.proposed_posting (
  id          bigint generated always as identity primary key,
  slate_id    bigint not null,
  official_id bigint not null references official.official,
  unit_id     bigint not null,
  post        text,
  post_level  text,
  kind        text not null default 'regular',
  starts_on   date not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (slate_id, official_id)
);
create index proposed_posting_by_official on official.proposed_posting (official_id);

create or replace view official.current_posting as
  select * from official.posting where superseded_at is null
  union all
  select -id, official_id, unit_id, post, post_level, kind, starts_on, null::date,
         null::bigint, null::int, recorded_at, recorded_by, null::timestamptz
    from official.proposed_posting
   where slate_id = nullif(current_setting('dandang.slate', true), '')::bigint;

-- Full months of service in spells that may overlap: calendar months of each merged spell, left-over
-- days added up, thirty of them a month. Null where nothing was served.
create function official.months_of(served datemultirange) returns int
  language sql immutable parallel safe strict as $$
  select (sum(extract(year from a) * 12 + extract(month from a))
          + floor(sum(extract(day from a)) / 30))::int
    from unnest(served) as spell(period),
         lateral (select age(upper(period), lower(period)) as a) as length
$$;

-- Service on the front line: as first secretary, in a task force, or in a post of a township.
create view official.front_line_service as
  select p.id as posting_id, p.official_id, p.unit_id, p.kind, p.starts_on, p.ends_on
    from official.current_posting p
    join organisation.unit u on u.id = p.unit_id
   where (p.kind in ('first-secretary', 'task-force') or u.kind = 'township')
     and p.starts_on is not null
     and (p.ends_on is null or p.ends_on > p.starts_on);

-- Whom policies about officials speak of, and how a page names them.
create view official.subject as
  select o.id as subject, coalesce(i.name, o.key) as label, o.key
    from official.official o
    left join official.current_identity i on i.official_id = o.id;

-- Every register row a fact can rest on, in words, with where it came from.
create view official.evidence as
  select 'official.posting' as register, p.id as row, p.starts_on as since, p.ends_on as until,
         concat_ws(' · ', u.name, p.post, p.post_level) as words, i.id as import_id, i.file_name, p.line, p.recorded_at, p.recorded_by
    from official.posting p
    left join organisation.unit u on u.id = p.unit_id
    left join official.import i on i.id = p.import_id
  union all
  select 'official.posting', -p.id, p.starts_on, null, concat_ws(' · ', u.name, p.post, p.post_level), null, null, null, p.recorded_at, p.recorded_by
    from official.proposed_posting p
    left join organisation.unit u on u.id = p.unit_id
  union all
  select 'official.identity', d.id, d.began_work, d.left_on, d.status, i.id, i.file_name, d.line, d.recorded_at, d.recorded_by
    from official.identity d left join official.import i on i.id = d.import_id
  union all
  select 'official.rank_held', r.id, r.since, null, r.rank, i.id, i.file_name, r.line, r.recorded_at, r.recorded_by
    from official.rank_held r left join official.import i on i.id = r.import_id
  union all
  select 'official.award', a.id, a.granted_on, null, concat_ws(' · ', a.kind, a.reference, a.outcome), i.id, i.file_name, a.line, a.recorded_at, a.recorded_by
    from official.award a left join official.import i on i.id = a.import_id
  union all
  select 'official.annual_grade', g.id, make_date(g.year, 1, 1), make_date(g.year + 1, 1, 1), concat_ws(' · ', g.year, g.grade), i.id, i.file_name, g.line, g.recorded_at, g.recorded_by
    from official.annual_grade g left join official.import i on i.id = g.import_id;
