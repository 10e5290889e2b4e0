-- Counts the statements that changed a register. Not transactional on purpose: it is read together
-- with whether any transaction is still under way.
create sequence platform.register_change;

create function platform.register_changed() returns trigger language plpgsql as $$
begin
  perform nextval('platform.register_change');
  return null;
end $$;
