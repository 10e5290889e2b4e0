-- The twelve ranks for general administration, the lowest first (公务员职务与职级并行规定, 2019).
create table official.civil_rank (
  rank     text primary key,
  position smallint not null unique
);
insert into official.civil_rank (position, rank) values
  (1, '二级科员'), (2, '一级科员'), (3, '四级主任科员'), (4, '三级主任科员'), (5, '二级主任科员'), (6, '一级主任科员'),
  (7, '四级调研员'), (8, '三级调研员'), (9, '二级调研员'), (10, '一级调研员'), (11, '二级巡视员'), (12, '一级巡视员');

-- Which ranks were held from when until when: a rank ends where the next begins.
create view official.rank_spell as
  select h.id as rank_id, h.official_id, c.position, h.since,
         lead(h.since) over (partition by h.official_id order by h.since, h.id) as until
    from official.current_rank_held h
    join official.civil_rank c on c.rank = h.rank
   where h.since is not null;

-- The rank held on a day, one row a person; the register may not say since when.
create function official.rank_on(asked date)
returns table (official_id bigint, rank_id bigint, rank text, since date)
language sql stable as $$
  select distinct on (r.official_id) r.official_id, r.id, r.rank, r.since
    from official.current_rank_held r
   where r.since is null or r.since <= asked
   order by r.official_id, r.since desc nulls last, r.id desc
$$;

-- Since when somebody has had posts of the level of the present regular post, one row a person.
create function official.post_level_on(asked date)
returns table (official_id bigint, post_level text, since date)
language sql stable as $$
  select p.official_id, present.post_level, min(p.starts_on)
    from (select official_id, min(post_level) as post_level
            from official.current_posting
           where kind = 'regular' and post_level is not null
             and starts_on <= asked and (ends_on is null or ends_on > asked)
           group by official_id) present
    join official.current_posting p on p.official_id = present.official_id and p.post_level = present.post_level
   where p.kind = 'regular' and p.starts_on <= asked and (p.ends_on is null or p.ends_on > p.starts_on)
   group by p.official_id, present.post_level
$$;

-- Sanctions and measures as the register words them, sorted into what the rules know. What is only
-- advice (reminder, inquiry letter, criticism) is none of them.
create view official.measure_taken as
  select id as penalty_id, official_id, decided_on,
         case when kind ~ '诫勉|誡勉' then 'admonition'
              when kind ~ '党|黨|严重警告|嚴重警告' then 'party'
              when kind ~ '警告|记过|記過|记大过|記大過|降级|降級|撤职|撤職|开除|開除' then 'sanction'
              when kind ~ '责令辞职|責令辭職|引咎辞职|引咎辭職|免职|免職|调整职务|調整職務|调离|調離|降职|降職' then 'handling'
              when kind ~ '提醒|函询|函詢|批评教育|批評教育|谈话|談話' then 'advice'
              else 'sanction' end as family,
         case when kind ~ '诫勉|誡勉' then 'admonition'
              when kind ~ '留党察看|留黨察看' then 'probation'
              when kind ~ '开除党籍|開除黨籍' then 'expulsion'
              when kind ~ '撤销党内|撤銷黨內' then 'removal'
              when kind ~ '严重警告|嚴重警告' then 'serious-warning'
              when kind ~ '党.*警告|黨.*警告' then 'warning'
              when kind ~ '党|黨' then 'other'
              when kind ~ '记大过|記大過' then 'great-demerit'
              when kind ~ '记过|記過' then 'demerit'
              when kind ~ '警告' then 'warning'
              when kind ~ '降级|降級' then 'demotion'
              when kind ~ '撤职|撤職' then 'removal'
              when kind ~ '开除|開除' then 'dismissal'
              when kind ~ '责令辞职|責令辭職|引咎辞职|引咎辭職' then 'resignation'
              when kind ~ '免职|免職' then 'removal'
              when kind ~ '调整职务|調整職務|调离|調離' then 'post-adjusted'
              when kind ~ '降职|降職' then 'lowered'
              else 'other' end as measure
    from official.current_penalty;

-- As before, but of one spell only whole calendar months count: thirty left-over days are a month only
-- where several spells are added up. A time that ends on 1 June is not over on 31 May.
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
    return extract(year from spell) * 12 + extract(month from spell);
  end if;
  return (select (sum(extract(year from a) * 12 + extract(month from a))
                  + floor(sum(extract(day from a)) / 30))::int
            from unnest(served) as spells(period),
                 lateral (select age(upper(period)::timestamp, lower(period)::timestamp) as a) as length);
end $$;
