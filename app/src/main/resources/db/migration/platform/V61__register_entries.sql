-- Whom and what a signed form names: the numbers its fields on record meant when it was signed, so that a
-- register can enter them whatever the names become.
alter table platform.matter_form add column subjects jsonb not null default '{}';
comment on column platform.matter_form.subjects is 'numbers on record by field, as they were meant at signing';
