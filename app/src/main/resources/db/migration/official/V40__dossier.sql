-- How much of a date a source says: D a day, M a month, Y a year. The date itself is the first day
-- of what is said; nothing else is made of it.
alter table official.identity
  add column began_work_precision char(1) not null default 'D' check (began_work_precision in ('D', 'M', 'Y')),
  add column left_on_precision    char(1) not null default 'D' check (left_on_precision in ('D', 'M', 'Y')),
  add column native_place         text,
  add column birthplace           text,
  add column health               text,
  add column technical_post       text,
  add column speciality           text,
  add column number_sealed        bytea,
  add column number_index         bytea,
  add column number_disagrees     boolean not null default false,
  add column document_id          bigint;
comment on column official.identity.number_sealed is 'GB 11643 identity number, AES-256-GCM under the key of the installation';
comment on column official.identity.number_index is 'keyed hash of the number: equal numbers, equal bytes';
comment on column official.identity.number_disagrees is 'the number says another birth date or sex than the register';
create index identity_by_number on official.identity (number_index) where superseded_at is null;

alter table official.posting
  alter column unit_id drop not null,
  add column unit_text            text,
  add column starts_on_precision  char(1) not null default 'D' check (starts_on_precision in ('D', 'M', 'Y')),
  add column ends_on_precision    char(1) not null default 'D' check (ends_on_precision in ('D', 'M', 'Y')),
  add column document_id          bigint,
  add constraint posting_somewhere check (unit_id is not null or unit_text is not null);
comment on column official.posting.unit_text is 'the unit as the source writes it, where the register has none of that name';

alter table official.rank_held
  add column since_precision char(1) not null default 'D' check (since_precision in ('D', 'M', 'Y')),
  add column document_id bigint;
alter table official.pay
  add column step_since_precision char(1) not null default 'D' check (step_since_precision in ('D', 'M', 'Y')),
  add column document_id bigint;
alter table official.award
  add column granted_on_precision char(1) not null default 'D' check (granted_on_precision in ('D', 'M', 'Y')),
  add column authority text,
  add column document_id bigint;
alter table official.annual_grade add column document_id bigint;

create table official.education (
  id                  bigint generated always as identity primary key,
  official_id         bigint not null references official.official,
  kind                text not null check (kind in ('full-time', 'in-service')),
  title               text,
  level               text,
  degree              text,
  degree_title        text,
  school              text,
  major               text,
  starts_on           date,
  starts_on_precision char(1) not null default 'D' check (starts_on_precision in ('D', 'M', 'Y')),
  ends_on             date,
  ends_on_precision   char(1) not null default 'D' check (ends_on_precision in ('D', 'M', 'Y')),
  import_id           bigint references official.import,
  line                int,
  document_id         bigint,
  recorded_at         timestamptz not null,
  recorded_by         text not null,
  superseded_at       timestamptz
);
create index education_by_official on official.education (official_id) where superseded_at is null;
comment on column official.education.title is 'as the source writes it';
comment on column official.education.level is 'GB/T 4658-2006, two digits; null: not stated or not in the table';
comment on column official.education.degree is 'GB/T 6864-2003, one digit';

create table official.affiliation (
  id              bigint generated always as identity primary key,
  official_id     bigint not null references official.official,
  affiliation     text not null,
  since           date,
  since_precision char(1) not null default 'D' check (since_precision in ('D', 'M', 'Y')),
  import_id       bigint references official.import,
  line            int,
  document_id     bigint,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  superseded_at   timestamptz
);
create index affiliation_by_official on official.affiliation (official_id) where superseded_at is null;
comment on column official.affiliation.affiliation is 'GB/T 4762-1984, two digits';

create table official.penalty (
  id                   bigint generated always as identity primary key,
  official_id          bigint not null references official.official,
  kind                 text not null,
  decided_on           date,
  decided_on_precision char(1) not null default 'D' check (decided_on_precision in ('D', 'M', 'Y')),
  authority            text,
  reason               text,
  import_id            bigint references official.import,
  line                 int,
  document_id          bigint,
  recorded_at          timestamptz not null,
  recorded_by          text not null,
  superseded_at        timestamptz
);
create index penalty_by_official on official.penalty (official_id) where superseded_at is null;

create table official.family_member (
  id             bigint generated always as identity primary key,
  official_id    bigint not null references official.official,
  relation       text not null,
  name           text not null,
  born           date,
  born_precision char(1) not null default 'D' check (born_precision in ('D', 'M', 'Y')),
  affiliation    text,
  employment     text,
  import_id      bigint references official.import,
  line           int,
  document_id    bigint,
  recorded_at    timestamptz not null,
  recorded_by    text not null,
  superseded_at  timestamptz
);
create index family_member_by_official on official.family_member (official_id) where superseded_at is null;

-- A file that was handed in, kept byte for byte and sealed, since it may hold an identity number; the
-- same bytes are kept once.
create table official.document_content (
  sha256  bytea primary key,
  bytes   bigint not null,
  sealed  bytea not null
);
create table official.document (
  id          bigint generated always as identity primary key,
  official_id bigint references official.official,
  kind        text not null,
  title       text not null,
  file_name   text not null,
  media_type  text not null,
  sha256      bytea not null references official.document_content,
  recorded_at timestamptz not null,
  recorded_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text
);
create index document_by_official on official.document (official_id);
create index document_by_content on official.document (sha256);
comment on column official.document.kind is 'form | appointment | award | sanction | certificate | photo | request | other';

create table official.photo (
  id            bigint generated always as identity primary key,
  official_id   bigint not null references official.official,
  image         bytea not null,
  import_id     bigint references official.import,
  line          int,
  document_id   bigint,
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  superseded_at timestamptz
);
create unique index photo_current on official.photo (official_id) where superseded_at is null;
comment on column official.photo.image is 'JPEG, at most 376 × 460';

-- What an appointment-and-removal form says word by word. What its words mean stands in the
-- registers; the words themselves are kept so that the file can be written again as it was.
create table official.form (
  id            bigint generated always as identity primary key,
  official_id   bigint not null references official.official,
  texts         jsonb not null,
  unknown       jsonb not null default '[]',
  number_sealed bytea,
  import_id     bigint references official.import,
  line          int,
  document_id   bigint,
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  superseded_at timestamptz
);
create unique index form_current on official.form (official_id) where superseded_at is null;
comment on column official.form.texts is 'texts by the names of the elements of the .lrmx form, the family as a list; the number and the photo are left out';
comment on column official.form.number_sealed is 'the number as it is written, right or wrong, sealed';

-- Lines of a form that could not be understood, until a person settles them.
create table official.unsettled_line (
  id          bigint generated always as identity primary key,
  official_id bigint not null references official.official,
  form_id     bigint not null references official.form,
  element     text not null,
  line        int not null,
  text        text not null,
  reason      text not null,
  settled_at  timestamptz,
  settled_by  text,
  settled_row bigint,
  settled_as  text check (settled_as in ('posting', 'education', 'nothing', 'read-again'))
);
create index unsettled_line_by_official on official.unsettled_line (official_id) where settled_at is null;

-- Under which keys of which registers a person is known: the own one, those of files, and after a
-- merger those of the record that was merged.
create table official.known_as (
  source      text not null,
  key         text not null,
  official_id bigint not null references official.official,
  primary key (source, key)
);
create index known_as_by_official on official.known_as (official_id);
insert into official.known_as (source, key, official_id) select source, key, id from official.official;

-- Two records that were one person's. The rows that moved are listed, so that it can be undone.
create table official.merger (
  id        bigint generated always as identity primary key,
  kept_id   bigint not null references official.official,
  gone_id   bigint not null references official.official,
  merged_at timestamptz not null,
  merged_by text not null,
  reason    text not null,
  undone_at timestamptz,
  undone_by text,
  check (kept_id <> gone_id)
);
create unique index merger_of on official.merger (gone_id) where undone_at is null;
create table official.merged_row (
  merger_id  bigint not null references official.merger,
  register   text not null,
  row_id     bigint not null,
  superseded boolean not null default false,
  primary key (merger_id, register, row_id)
);
-- Pairs a person looked at and found to be two people.
create table official.not_the_same (
  one_id     bigint not null references official.official,
  other_id   bigint not null references official.official,
  decided_at timestamptz not null,
  decided_by text not null,
  reason     text not null,
  primary key (one_id, other_id),
  check (one_id < other_id)
);

alter table official.timeline_flag drop constraint timeline_flag_kind_check;
alter table official.timeline_flag alter column posting_id drop not null;
alter table official.timeline_flag add constraint timeline_flag_kind_check
  check (kind in ('overlap', 'gap', 'ends-before-start', 'no-start', 'before-work', 'before-birth', 'under-age', 'in-future', 'number-disagrees'));

-- The last day a date can be, as far as its source says.
create function official.latest(day date, known char) returns date
  language sql immutable parallel safe as $$
  select case known when 'D' then day
              when 'M' then (day + interval '1 month')::date - 1
              else (day + interval '1 year')::date - 1 end
$$;

create or replace view official.current_identity as
  select * from official.identity where superseded_at is null;
create or replace view official.current_posting as
  select id, official_id, unit_id, post, post_level, kind, starts_on, ends_on, import_id, line, recorded_at,
         recorded_by, superseded_at, unit_text, starts_on_precision, ends_on_precision, document_id
    from official.posting where superseded_at is null
  union all
  select -id, official_id, unit_id, post, post_level, kind, starts_on, null::date,
         null::bigint, null::int, recorded_at, recorded_by, null::timestamptz, null::text, 'D', 'D', null::bigint
    from official.proposed_posting
   where slate_id = nullif(current_setting('dandang.slate', true), '')::bigint;
create or replace view official.current_rank_held as
  select * from official.rank_held where superseded_at is null;
create or replace view official.current_pay as
  select * from official.pay where superseded_at is null;
create or replace view official.current_award as
  select * from official.award where superseded_at is null;
create or replace view official.current_annual_grade as
  select * from official.annual_grade where superseded_at is null;
create view official.current_education as
  select * from official.education where superseded_at is null;
create view official.current_affiliation as
  select * from official.affiliation where superseded_at is null;
create view official.current_penalty as
  select * from official.penalty where superseded_at is null;
create view official.current_family_member as
  select * from official.family_member where superseded_at is null;

create or replace view official.subject as
  select o.id as subject, coalesce(i.name, o.key) as label, o.key
    from official.official o
    left join official.current_identity i on i.official_id = o.id
   where not exists (select from official.merger m where m.gone_id = o.id and m.undone_at is null);

create or replace view official.evidence as
  select 'official.posting' as register, p.id as row, p.starts_on as since, p.ends_on as until,
         concat_ws(' · ', coalesce(u.name, p.unit_text), p.post, p.post_level) as words, i.id as import_id, i.file_name, p.line, p.recorded_at, p.recorded_by
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
    from official.annual_grade g left join official.import i on i.id = g.import_id
  union all
  select 'official.education', e.id, e.starts_on, e.ends_on, concat_ws(' · ', e.title, e.degree_title, e.school, e.major), i.id, i.file_name, e.line, e.recorded_at, e.recorded_by
    from official.education e left join official.import i on i.id = e.import_id
  union all
  select 'official.affiliation', a.id, a.since, null, a.affiliation, i.id, i.file_name, a.line, a.recorded_at, a.recorded_by
    from official.affiliation a left join official.import i on i.id = a.import_id
  union all
  select 'official.penalty', p.id, p.decided_on, null, concat_ws(' · ', p.kind, p.authority), i.id, i.file_name, p.line, p.recorded_at, p.recorded_by
    from official.penalty p left join official.import i on i.id = p.import_id;

create trigger register_changed after insert or update or delete or truncate on official.education
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.affiliation
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.penalty
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.family_member
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.merger
  for each statement execute function platform.register_changed();
