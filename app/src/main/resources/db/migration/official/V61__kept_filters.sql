-- Filters of the list of officials that somebody keeps, for one account or for the office.
create table official.kept_filter (
  id         bigint generated always as identity primary key,
  account    bigint not null,
  owner      text not null,
  name       text not null check (name <> '' and length(name) <= 60),
  query      text not null check (length(query) <= 4000),
  shared     boolean not null default false,
  kept_at    timestamptz not null,
  removed_at timestamptz
);
create unique index kept_filter_by_name on official.kept_filter (account, name) where removed_at is null;
create index kept_filter_shared on official.kept_filter (name) where shared and removed_at is null;
