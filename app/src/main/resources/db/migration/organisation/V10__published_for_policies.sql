create view organisation.subject as
  select id as subject, name as label, code as key from organisation.unit;

create view organisation.evidence as
  select 'organisation.unit' as register, id as row, null::date as since, null::date as until,
         concat_ws(' · ', name, level) as words, null::bigint as import_id, null::text as file_name, null::int as line, recorded_at, recorded_by
    from organisation.unit;
