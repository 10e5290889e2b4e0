-- Years as notices arranged them, entered by the office. The latest that was not withdrawn counts.
create table platform.calendar_year (
  id           bigint generated always as identity primary key,
  year         int not null check (year between 1949 and 2999),
  source       text not null,
  entered_at   timestamptz not null,
  entered_by   text not null,
  withdrawn_at timestamptz,
  withdrawn_by text
);
create unique index calendar_year_counts on platform.calendar_year (year) where withdrawn_at is null;

-- Days in a row, both ends with them, as notices write them.
create table platform.calendar_span (
  calendar_year_id bigint not null references platform.calendar_year,
  off              boolean not null,
  name             text not null,
  first_day        date not null,
  last_day         date not null,
  check (last_day >= first_day),
  primary key (calendar_year_id, first_day)
);
