create view organisation.unit_level as
  select id as unit_id, kind, level from organisation.unit;
