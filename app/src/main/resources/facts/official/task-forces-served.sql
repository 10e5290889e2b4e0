-- id: task-forces-served
-- subject: official
-- type: integer
-- unit: posting
-- zh-CN: 参加专班次数
-- zh-Hant: 參加專班次數
-- en: Task forces served in so far
-- null: never; no posting to one counts as none
-- absent: 0
-- value: count(*)
select p.official_id as subject, 'official.posting' as register, p.id as row
  from official.current_posting p
 where p.kind = 'task-force'
   and p.starts_on <= :as_of and (p.ends_on is null or p.ends_on > p.starts_on)
