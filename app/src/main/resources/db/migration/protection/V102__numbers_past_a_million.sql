-- A lead's number has at least six digits; cut to six, that of the millionth would be that of another one.
alter table protection.lead alter column number drop expression;
create function protection.number_lead() returns trigger language plpgsql as $$
begin
  new.number := extract(year from new.received_on)::text || '-' || lpad(new.id::text, greatest(6, length(new.id::text)), '0');
  return new;
end $$;
create trigger numbered before insert or update of received_on on protection.lead
  for each row execute function protection.number_lead();
