-- Service in places with a hardship class or an altitude zone, whatever the kind of the posting.
create view official.hardship_service as
  select p.id as posting_id, p.official_id, p.unit_id, p.kind, p.starts_on, p.ends_on,
         u.hardship_class, u.altitude_zone
    from official.current_posting p
    join organisation.unit_hardship u on u.unit_id = p.unit_id
   where (u.hardship_class is not null or u.altitude_zone is not null)
     and p.starts_on is not null
     and (p.ends_on is null or p.ends_on > p.starts_on);
