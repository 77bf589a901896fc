// name: policy-duration
// theme: policy
// title.zh: 政策的规划期
// title.en: Planning periods of policies
// question.zh: 哪些政策写明了规划期或目标年份，从何时到何时，历时几年？
// question.en: Of which policies is a planning period or a year of goals stated, from when to when, and how many years does it cover?
// method.zh: 每项政策一行。规划期（from_year、to_year）只取标题里写明的“2022—2024年”一类年份；first_due、last_due 是政策目标的最早与最晚到期年份。“三年行动”“十四五”
//   等没有写出年份的不推算。n_years：有规划期时为其年数（首尾都算），否则为发布年份至最晚到期年份的年数；无从算起时为空。两者不一致的照列。
// method.en: One row per policy. The planning period (from_year, to_year) is the years that its title states, such as 2022—2024年; first_due and last_due are the earliest and the latest year in
//   which goals of the policy are due. Nothing is inferred from `three-year action` or 十四五, which state no years. n_years: the years of the planning period, both ends included, or
//   else the years from issue to the last goal; null where that cannot be told. Where the two differ both are shown.
// parameter: country | text | | Country | 只列此国（含其省市）的政策，默认各国 | only policies of this country and places in it; all by default
// parameter: year | integer | 0 | | 只列这一年仍在规划期内或尚有目标到期的，默认不限 | only those whose period covers this year or whose goals are due in it or later; any by default
// parameter: source
// returns: name | 政策名称 | policy
// returns: id | 政策 id | id of the policy
// returns: place | 适用或发布的地方（列表） | places that it applies to or is issued by (list)
// returns: period | 发布日期，空为未见记载 | date of issue; null where not recorded
// returns: basis | 依据：title 标题，goals 目标，title and goals 两者 | basis: title, goals, or title and goals
// returns: from_year | 规划期首年 | first year of the planning period
// returns: to_year | 规划期末年 | last year of the planning period
// returns: first_due | 最早的目标年份 | earliest year of a goal
// returns: last_due | 最晚的目标年份 | latest year of a goal
// returns: n | 写明到期年份的目标数，空为未见记载 | number of goals with a year; null where none is recorded
// returns: n_years | 年数 | number of years
// returns: sources | 出处 | sources
// codes: basis | title = 标题, goals = 目标, title and goals = 标题与目标
// needs: Policy
// example: year=2026
// example: country=中国
// empty.zh: 未见写明规划期或目标年份的政策
// empty.en: no policy is recorded with a planning period or a year of goals

MATCH (d:Policy)
WHERE from_source(d.sources)
OPTIONAL MATCH (d)-[r:TARGETS]->(g:PolicyTarget)
WHERE g.due_year IS NOT NULL
  AND from_source(r.sources)
WITH d, count(DISTINCT g.id) AS n_goals, min(g.due_year) AS first_due, max(g.due_year) AS last_due, collect(r.sources) AS goal_parts
// Nine signs such as 2022—2024, with whatever dash the source writes.
WITH d, n_goals, first_due, last_due, goal_parts, head([at IN range(0, size(d.name) - 9)
  WHERE substring(d.name, at, 9) =~ '(19|20)[0-9][0-9][-—–~～至](19|20)[0-9][0-9]' | substring(d.name, at, 9)]) AS stated
WHERE stated IS NOT NULL OR n_goals > 0
WITH d, n_goals, first_due, last_due, goal_parts, toInteger(substring(stated, 0, 4)) AS from_year, toInteger(substring(stated, 5, 4)) AS to_year
WHERE $year = 0 OR (from_year <= $year AND $year <= to_year) OR last_due >= $year
// A ministry sits in a city, but its policies are not that city's.
OPTIONAL MATCH (d)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..5]->(k:Country)
WHERE NOT owner:Institution
  AND from_source(r.sources)
  AND way_from_source(up)
WITH d, n_goals, first_due, last_due, goal_parts, from_year, to_year, collect(DISTINCT owner.name) AS place, collect(DISTINCT k.id) AS countries,
  collect([r.sources, [step IN up | step.id]]) AS place_parts
WHERE $country = '' OR $country IN countries
RETURN d.name AS name, d.id AS id, place, d.issued AS period,
  CASE WHEN from_year IS NULL THEN 'goals' WHEN n_goals = 0 THEN 'title' ELSE 'title and goals' END AS basis,
  from_year, to_year, first_due, last_due, CASE WHEN n_goals > 0 THEN n_goals END AS n,
  CASE WHEN from_year IS NOT NULL THEN to_year - from_year + 1 ELSE last_due - d.issued_year END AS n_years,
  [d.sources, goal_parts, place_parts] AS sources
ORDER BY CASE WHEN last_due > to_year OR to_year IS NULL THEN last_due ELSE to_year END, name, id
