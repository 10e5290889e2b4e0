-- An electorate need not lie within one jurisdiction: who runs the vote sees who may vote in it and, of an open
-- one, how; everybody else sees the own line.
create policy in_sight on survey.voter
  using ((select platform.sees_everything())
         or official_id = (select platform.sight_own())
         or (select platform.officer_of_all())
         or exists (select from survey.survey s join organisation.unit_line l on l.unit_id = s.unit_id
                     where s.id = survey_id and l.line && (select platform.officer_units())))
  with check ((select platform.sight()) <> '');
alter table survey.voter enable row level security;
alter table survey.voter force row level security;
create policy in_sight on survey.named_ballot
  using ((select platform.sees_everything())
         or official_id = (select platform.sight_own())
         or (select platform.officer_of_all())
         or exists (select from survey.survey s join organisation.unit_line l on l.unit_id = s.unit_id
                     where s.id = survey_id and l.line && (select platform.officer_units())))
  with check ((select platform.sight()) <> '');
alter table survey.named_ballot enable row level security;
alter table survey.named_ballot force row level security;
