-- A promotion: a regular post of a higher level than any before, from the lowest leading level up.
-- Level codes of GB/T 12407-2008 fall as posts rise; 142 is deputy head of a township or section.
create view selection.promotion as
  select posting_id, official_id, unit_id, promoted_on, from_level, to_level
    from (select id as posting_id, official_id, unit_id, starts_on as promoted_on, post_level as to_level,
                 min(post_level) over (partition by official_id order by starts_on, id
                                       rows between unbounded preceding and 1 preceding) as from_level
            from official.current_posting
           where kind = 'regular' and post_level is not null and starts_on is not null
             and (ends_on is null or ends_on > starts_on)) as posts
   where to_level < from_level and to_level <= '142';

-- A list of promotions that is only proposed.
create table selection.slate (
  id          bigint generated always as identity primary key,
  title       text not null,
  takes_effect date not null,
  postings    int not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
