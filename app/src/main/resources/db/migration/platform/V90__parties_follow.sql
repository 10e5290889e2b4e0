-- Whose deadlines those of a matter are goes with its party, when that goes to another record of the same person.
create function platform.deadlines_follow() returns trigger language plpgsql as $$
begin
  update platform.deadline d set about = array_replace(d.about, old.subject, new.subject)
    from platform.matter_step s
   where s.matter_id = new.matter_id and d.owner_kind = 'matter-step' and d.owner_id = s.id::text
     and old.subject = any (d.about);
  return null;
end $$;
create trigger deadlines_follow after update of subject on platform.matter_party
  for each row when (old.subject is distinct from new.subject and new.kind = 'official')
  execute function platform.deadlines_follow();
