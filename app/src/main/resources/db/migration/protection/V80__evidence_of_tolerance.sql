-- The rows of tolerance and clarification that facts rest on join those of the other registers of this module.
do $$
declare
  others text := '';
begin
  if to_regclass('protection.evidence') is not null then
    others := rtrim(pg_get_viewdef('protection.evidence'::regclass), E'; \n') || ' union all ';
  end if;
  execute 'create or replace view protection.evidence as ' || others || $view$
    select 'protection.tolerance'::text as register, t.id as row, t.decided_on as since, null::date as until,
           t.outcome as words, null::bigint as import_id, null::text as file_name, null::int as line, t.recorded_at, t.decided_by as recorded_by
      from protection.tolerance t
    union all
    select 'protection.correction_item', i.id, p.issued_on, i.until_on, concat_ws(' · ', i.place, i.state), null, null, null, null, null
      from protection.correction_item i join protection.correction_plan p on p.id = i.plan_id
    union all
    select 'protection.clarification', c.id, c.consented_on, null, c.manner, null, null, null, c.recorded_at, c.recorded_by
      from protection.clarification c
  $view$;
end $$;
