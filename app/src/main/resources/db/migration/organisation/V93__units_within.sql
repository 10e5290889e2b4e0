-- Units within the jurisdiction of whoever asks: an officer's own with all that lies within them.
create view organisation.subject_within with (security_invoker = true) as
  select l.unit_id as subject
    from organisation.unit_line l
   where (select platform.sees_everything())
      or (select platform.officer_of_all())
      or l.line && (select platform.officer_units());
