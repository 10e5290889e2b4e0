-- Who has something on the timeline that does not fit together, and which files were taken in.
create view official.flagged as
  select distinct official_id from official.timeline_flag;

create view official.taken_in as
  select id, mapping, file_name, finished_at from official.import where finished_at is not null;
