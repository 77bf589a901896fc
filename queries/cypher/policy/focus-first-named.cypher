// name: focus-first-named
// theme: policy
// title.zh: 重点最先由谁提出
// title.en: Who named a focus first
// question.zh: 某一重点最先由哪项政策提出，其他政策各晚多久？
// question.en: Which policy named a focus first, and how long after it did the others?
// method.zh: 每个重点、每项政策一行，只列至少 least 项政策提到的重点；下级概念计入所问的概念。日期可只到年：最早一年中只要有政策未写月份，就分不出先后，
//   该政策与同年已知的最早者都是 perhaps first。undated 未写明日期，也可能最早。lag_years 按年份相减；lag_months 只在双方都写明月份、且最先者确定时给出。
//   根概念“人工智能”只在问到它时列出。
// method.en: One row per focus and policy, for focuses that at least `least` policies name; narrower concepts count for the asked one. Dates may stop at the year: where a
//   policy of the earliest year has no month, it and the earliest known of that year are both `perhaps first`. undated: no date is recorded, it may
//   be the earliest. lag_years is the difference of years; lag_months only where both months are known and the first is certain. The root 人工智能
//   is only listed when asked for.
// parameter: segment | text | | ChainSegment | 环节 | segment
// parameter: technology | text | | Technology | 技术 | technology
// parameter: field | text | | ApplicationField,Industry | 应用领域或行业 | field of application, or industry
// parameter: country | text | | Country | 只比较此国（含其省市）的政策，默认各国 | compare only policies of this country and places in it; all by default
// parameter: least | integer | 2 | | 至少有几项政策提到 | named by at least so many policies
// parameter: source
// returns: focus | 重点 | focus
// returns: focus_id | 重点的 id | id of the focus
// returns: name | 政策名称 | policy
// returns: id | 政策 id | id of the policy
// returns: place | 适用或发布的地方（列表） | places that it applies to or is issued by (list)
// returns: period | 发布日期，可只到年月，空为未见记载 | date of issue, may stop at year or month; null where not recorded
// returns: state | 先后：first、perhaps first、later、undated | order: first, perhaps first, later or undated
// returns: lag_years | 比最早一年晚几年 | years after the earliest year
// returns: lag_months | 比最先者晚几个月，无从确定时为空 | months after the first; null where that cannot be known
// returns: n | 提到该重点的政策数 | number of policies that name the focus
// returns: n_undated | 其中未写明日期的政策数 | those of them without a recorded date
// returns: sources | 出处 | sources
// codes: state | first = 最先, perhaps first = 可能最先, later = 其后, undated = 日期未见记载
// needs: Policy, FOCUSES_ON
// example: segment=智能机器人
// example: field=制造业 country=中国
// example: technology=量子信息 least=1
// empty.zh: 未见以此为重点的政策的记载
// empty.en: no policy is recorded with this focus

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (x:ChainSegment|Technology|ApplicationField|ApplicationScenario|Industry)-[xu:PART_OF*0..3]->(t)
WHERE CASE WHEN $segment = '' AND $technology = '' AND $field = '' THEN t.id = x.id AND t.id <> 'segment:人工智能'
    ELSE t.id IN [$segment, $technology, $field] END
  AND way_from_source(xu)
WITH t.id AS focus_id, t.name AS focus, x, [step IN xu | step.id] AS steps
MATCH (d:Policy)-[f:FOCUSES_ON]->(x)
WHERE from_source(f.sources)
WITH focus_id, focus, d, collect(f.sources) AS said, collect(steps) AS steps
// A ministry sits in a city, but its policies are not that city's.
OPTIONAL MATCH (d)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..5]->(k:Country)
WHERE NOT owner:Institution
  AND from_source(r.sources)
  AND way_from_source(up)
WITH focus_id, focus, d, said, steps, collect(DISTINCT owner.name) AS place, collect(DISTINCT k.id) AS countries,
  collect(r.sources + [step IN up | step.id]) AS place_parts
WHERE $country = '' OR $country IN countries
WITH focus_id, focus, d.id AS id, d.name AS name, place, d.issued AS period, toInteger(substring(d.issued, 0, 4)) AS year,
  CASE WHEN size(d.issued) >= 7 THEN toInteger(substring(d.issued, 5, 2)) END AS month, said + steps + place_parts + [d.sources] AS parts
WITH focus_id, focus, min(year) AS first_year, count(DISTINCT id) AS n, count(CASE WHEN year IS NULL THEN 1 END) AS n_undated,
  collect({id: id, name: name, place: place, period: period, year: year, month: month, parts: parts}) AS found
WHERE n >= $least
WITH focus_id, focus, first_year, n, n_undated, found, [one IN found WHERE one.year = first_year] AS early
WITH focus_id, focus, first_year, n, n_undated, found,
  size([one IN early WHERE one.month IS NULL]) > 0 AND size(early) > 1 AS unclear,
  reduce(least = null, one IN early | CASE WHEN least IS NULL OR one.month < least THEN one.month ELSE least END) AS first_month
UNWIND found AS one
RETURN focus, focus_id, one.name AS name, one.id AS id, one.place AS place, one.period AS period,
  CASE
    WHEN one.year IS NULL THEN 'undated'
    WHEN one.year > first_year OR one.month > first_month THEN 'later'
    WHEN unclear THEN 'perhaps first'
    ELSE 'first'
  END AS state,
  one.year - first_year AS lag_years,
  CASE WHEN NOT unclear THEN (one.year - first_year) * 12 + one.month - first_month END AS lag_months,
  n, n_undated, one.parts AS sources
ORDER BY n DESC, focus, focus_id, CASE WHEN one.year IS NULL THEN 1 ELSE 0 END, period, name, id
