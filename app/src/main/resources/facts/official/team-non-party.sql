-- id: team-non-party
-- subject: unit
-- type: integer
-- unit: official
-- zh-CN: 领导班子中的非中共党员人数
-- zh-Hant: 領導班子中的非中共黨員人數
-- en: Members of the leading team who are not members of the Communist Party
-- null: the unit has no leading team, or a member's affiliation is not on record
-- value: case when bool_and(known) then count(distinct official_id) filter (where counted) end
select t.unit_id as subject, 'official.posting' as register, t.posting_id as row, t.official_id,
       not coalesce(a.party, true) as counted, a.party is not null as known
  from official.team_on(:as_of) t
  left join (select official_id, bool_or(affiliation in ('01', '02')) as party
               from official.current_affiliation group by official_id) a on a.official_id = t.official_id
