-- Hardship class and altitude zone of every unit's place: its own, else that of the nearest unit above.
create view organisation.unit_hardship as
  with recursive down as (
    select id as unit_id, hardship_class, altitude_zone, 0 as steps
      from organisation.unit where parent_id is null
    union all
    select u.id, coalesce(u.hardship_class, down.hardship_class), coalesce(u.altitude_zone, down.altitude_zone), down.steps + 1
      from down join organisation.unit u on u.parent_id = down.unit_id
     where down.steps < 20
  )
  select unit_id, hardship_class, altitude_zone from down;
comment on view organisation.unit_hardship is 'null: neither the unit nor any above it has one on record; 0: none';
