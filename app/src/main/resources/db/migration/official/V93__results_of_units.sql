-- What a policy gave a unit is seen by the unit's officers.
create policy of_units on policy.run_result for select
  using (run_id in (select r.id from policy.run r where r.subject_kind = 'unit')
         and subject_id in (select w.subject from organisation.subject_within w));
