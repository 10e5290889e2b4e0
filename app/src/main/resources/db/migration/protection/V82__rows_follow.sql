-- What belongs to a row goes with it when that goes to another record of the same person.
create function protection.rows_follow() returns trigger language plpgsql as $$
begin
  execute format('update %s set official_id = $1 where %I = $2 and official_id = $3', tg_argv[0], tg_argv[1])
    using new.official_id, new.id, old.official_id;
  return null;
end $$;
create trigger effects_follow after update of official_id on protection.sanction
  for each row when (old.official_id is distinct from new.official_id)
  execute function protection.rows_follow('protection.sanction_effect', 'sanction_id');
create trigger acts_follow after update of official_id on protection.correction_item
  for each row when (old.official_id is distinct from new.official_id)
  execute function protection.rows_follow('protection.correction_act', 'item_id');
create trigger contacts_follow after update of official_id on protection.mentor
  for each row when (old.official_id is distinct from new.official_id)
  execute function protection.rows_follow('protection.mentor_contact', 'mentor');
