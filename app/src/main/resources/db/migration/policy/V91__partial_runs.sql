-- A run over those within the jurisdiction of whoever ran it, not over everybody.
alter table policy.run add column partial boolean not null default false;
