// name: focus-by-year
// theme: policy
// title.zh: 各年的政策重点
// title.en: Focuses of policies by year
// question.zh: 各年发布的政策提到哪些重点，各有几项？
// question.en: Which focuses did the policies of each year name, and how many policies?
// method.zh: 每年、每个重点一行，n 为该年以此为重点的政策数（按 id 去重）；n_of_year 是该年写有任一重点（根概念“人工智能”除外）的政策数。first 指已知日期中首次出现。
//   年份未见记载者单列（空）。根概念不列。
// method.en: One row per year and focus; n counts the distinct policies of that year that name it, n_of_year those of that year that name any focus other than the root
//   人工智能, which is not listed. first: the earliest among the recorded dates. Policies without a recorded year have rows of their own (null).
// parameter: country | text | | Country | 只计此国（含其省市），默认各国 | only this country, with the places in it; all by default
// parameter: since | integer | 0 | | 起始年份，默认不限；给出时不列年份未见记载者 | from this year on, any by default; given, policies without a year are left out
// parameter: source
// returns: period | 年份，空为未见记载 | year; null where not recorded
// returns: focus | 重点 | focus
// returns: id | 重点的 id | id of the focus
// returns: label | 重点的标签 | label of the focus
// returns: n | 以此为重点的政策数 | number of policies that name it
// returns: n_of_year | 该年写有重点的政策数 | policies of the year with a recorded focus
// returns: first | 是否首次出现，年份未见记载时为空 | whether it is named for the first time; null where the year is not recorded
// returns: policies | 政策名称（列表） | their names (list)
// returns: sources | 出处 | sources
// codes: label | @label
// needs: Policy, FOCUSES_ON
// example: country=中国 since=2020
// example: source=图表51
// empty.zh: 未见政策重点的记载
// empty.en: no focus of a policy is recorded

MATCH (d:Policy)-[f:FOCUSES_ON]->(x)
WHERE x.id <> 'segment:人工智能'
  AND from_source(f.sources)
WITH d, x.id AS id, f.sources AS said
// A ministry sits in a city, but its policies are not that city's. Relations go on as ids (the answer cites their sources).
OPTIONAL MATCH (d)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..5]->(k:Country)
WHERE NOT owner:Institution
  AND from_source(r.sources)
  AND way_from_source(up)
WITH d.id AS policy, d.name AS name, d.issued_year AS issued, d.sources AS policy_said, id, said, collect(DISTINCT k.id) AS countries,
  collect(CASE WHEN k.id = $country THEN r.sources + [step IN up | step.id] END) AS place_parts
WHERE $country = '' OR $country IN countries
WITH id, policy, name, issued, [said, policy_said, place_parts] AS parts
WITH id, min(issued) AS first_year, collect({policy: policy, name: name, issued: issued, parts: parts}) AS found
UNWIND found AS one
WITH id, first_year, one.policy AS policy, one.name AS name, one.issued AS issued, one.parts AS parts
WITH issued, collect({id: id, first_year: first_year, policy: policy, name: name, parts: parts}) AS found, count(DISTINCT policy) AS n_of_year
WHERE $since = 0 OR issued >= $since
UNWIND found AS one
WITH issued, n_of_year, one.id AS id, one.first_year AS first_year, count(DISTINCT one.policy) AS n, collect(DISTINCT one.name) AS policies,
  collect(one.parts) AS parts
MATCH (x:ChainSegment|Technology|ApplicationField|ApplicationScenario|Industry)
WHERE x.id = id
RETURN toString(issued) AS period, x.name AS focus, id, head(labels(x)) AS label, n, n_of_year, issued = first_year AS first, policies,
  parts AS sources
ORDER BY CASE WHEN issued IS NULL THEN 1 ELSE 0 END, period, n DESC, focus, id
