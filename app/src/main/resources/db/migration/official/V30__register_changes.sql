-- Every change of a register is counted, so that what was computed from it is known to be old.
create trigger register_changed after insert or update or delete or truncate on official.official
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.identity
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.posting
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.rank_held
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.pay
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.award
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.annual_grade
  for each statement execute function platform.register_changed();
create trigger register_changed after insert or update or delete or truncate on official.proposed_posting
  for each statement execute function platform.register_changed();
