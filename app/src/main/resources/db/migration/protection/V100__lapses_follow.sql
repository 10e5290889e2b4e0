-- That a period was told of goes with an official whose two records are made one.
alter table protection.lapse add column id bigint generated always as identity unique;
