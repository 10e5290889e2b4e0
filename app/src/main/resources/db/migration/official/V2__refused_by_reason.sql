alter table official.import add column refused_by_reason jsonb not null default '{}';
