-- id: promoted-count
-- subject: unit
-- type: integer
-- unit: official
-- zh-CN: 当年提拔干部人数
-- zh-Hant: 當年提拔幹部人數
-- en: Officials promoted in the year, up to the date asked, in the unit and what lies within it
-- null: never; no promotion counts as none
-- absent: 0
-- value: count(distinct official_id)
select w.within_id as subject, 'official.posting' as register, p.posting_id as row, p.official_id
  from selection.promotion p
  join organisation.unit_within w on w.unit_id = p.unit_id
 where p.promoted_on >= date_trunc('year', cast(:as_of as date)) and p.promoted_on <= :as_of
