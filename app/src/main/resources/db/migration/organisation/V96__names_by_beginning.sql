-- What somebody begins to write is found by an index, and what stands within a name by its characters.
create index unit_name_by_beginning on organisation.unit_name (folded text_pattern_ops);
create index unit_name_by_pinyin on organisation.unit_name (pinyin text_pattern_ops);
create index unit_name_by_initials on organisation.unit_name (initials text_pattern_ops);
create index unit_name_by_characters on organisation.unit_name using gin (string_to_array(folded, null));
