-- A matter whose day has come is begun by nobody; its steps may need a level; it may be about somebody without an
-- own record.
alter table platform.matter alter column begun_by drop not null;
comment on column platform.matter.begun_by is 'null: the clock began it';
alter table platform.matter_step add column reach bigint[];
comment on column platform.matter_step.reach is 'units over which the role is to be held; null: the matter''s and those above';
alter table platform.matter_party drop constraint matter_party_kind_check;
alter table platform.matter_party add check (kind in ('official', 'unit', 'outsider'));
