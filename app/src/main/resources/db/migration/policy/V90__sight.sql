-- Whom a run is about, so that its results are shown to those only who may see the people.
alter table policy.run add column subject_kind text;
comment on column policy.run.subject_kind is 'null: before it was written down';
