-- Every change of a register is counted, so that what was computed from it is known to be old.
create trigger register_changed after insert or update or delete or truncate on organisation.unit
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on organisation.unit_superseded
  for each statement execute function platform.register_changed();
