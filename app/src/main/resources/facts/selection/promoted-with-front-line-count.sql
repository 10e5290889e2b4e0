-- id: promoted-with-front-line-count
-- subject: unit
-- type: integer
-- unit: official
-- zh-CN: 当年提拔干部中有一线经历的人数
-- zh-Hant: 當年提拔幹部中有一線經歷的人數
-- en: Of the officials promoted in the year, those with front-line service before the promotion
-- null: never; none counts as none
-- absent: 0
-- value: count(distinct official_id)
select w.within_id as subject, 'official.posting' as register, p.posting_id as row, p.official_id
  from selection.promotion p
  join organisation.unit_within w on w.unit_id = p.unit_id
 where p.promoted_on >= date_trunc('year', cast(:as_of as date)) and p.promoted_on <= :as_of
   and exists (select from official.front_line_service f
                where f.official_id = p.official_id and f.starts_on < p.promoted_on)
