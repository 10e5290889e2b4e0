-- What whoever asks may see of people's records. The program tells it with every connection in
-- dandang.sight; the policies of the tables that hold such records ask here. Nothing told: nothing seen.
--   ''    nobody
--   '*'   everybody: work of the program itself
--   'day;{units}|*;own;{granted};{hidden};wide'   what a reader sees (org.dandang.platform.storage.Sight)
create function platform.sight() returns text language sql stable parallel safe as $$
  select coalesce(current_setting('dandang.sight', true), '')
$$;

create function platform.sees_everything() returns boolean language sql stable parallel safe as $$
  select platform.sight() = '*'
$$;

-- All but those the reader keeps away from.
create function platform.sees_all_but_hidden() returns boolean language sql stable parallel safe as $$
  select split_part(platform.sight(), ';', 2) = '*'
$$;

create function platform.hidden_from_sight() returns bigint[] language sql stable parallel safe as $$
  select coalesce(nullif(split_part(platform.sight(), ';', 5), ''), '{}')::bigint[]
$$;

-- Whether many are about to be asked for, so that it pays to find out once whom the reader sees.
create function platform.sees_widely() returns boolean language sql stable parallel safe as $$
  select split_part(platform.sight(), ';', 6) = 'wide'
$$;
