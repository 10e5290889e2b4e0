create index identity_by_pinyin on official.identity (pinyin, official_id) where superseded_at is null;
create index identity_by_initials on official.identity (initials) where superseded_at is null;
create index identity_by_name on official.identity (name) where superseded_at is null;
create index identity_by_birth on official.identity (born, official_id) where superseded_at is null;
create index official_by_key on official.official (key);
