-- Emptying the register of units empties their lines.
create function organisation.rub_out_all_lines() returns trigger language plpgsql as $$
begin
  delete from organisation.unit_line;
  return null;
end $$;
create trigger rubbed_out_all_lines after truncate on organisation.unit
  for each statement execute function organisation.rub_out_all_lines();
