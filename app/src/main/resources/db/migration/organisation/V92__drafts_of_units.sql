-- A notice that is not posted yet is its unit's: whoever posts it has it in the own jurisdiction.
alter table platform.public_notice enable row level security;
alter table platform.public_notice force row level security;
create policy in_sight on platform.public_notice
  using (state <> 'draft'
         or (select platform.sees_everything())
         or (select platform.officer_of_all())
         or exists (select from organisation.unit_line l
                     where l.unit_id = public_notice.unit_id and l.line && (select platform.officer_units())))
  with check ((select platform.sight()) <> '');
