// name: parks-without-firm
// theme: clusters
// title.zh: 未见企业记载的园区
// title.en: Parks without a recorded firm
// question.zh: 哪些园区未见企业记载？
// question.en: Of which parks is no firm recorded?
// method.zh: 园区自身或其内的园区都未见企业（位于、入驻）的记载；这是记载的缺口，不等于园区没有企业。hosts 为园区内有记载的其他事物。限定来源时，
//   类别与级别只在园区的全部出处都在所问来源之内时列出。
// method.en: No firm is recorded in the park or in a park inside it. This is a gap in the record and does not mean that the park has no firms.
//   hosts lists what else is recorded in the park.
//   With `source` kind and level are shown only where all sources of the park are asked for.
// parameter: city | text | | City | 只列此城市的园区，默认不限 | only parks of this city; all by default
// parameter: source
// returns: name | 园区 | park
// returns: id | 园区 id | its id
// returns: city | 所在城市（列表） | its cities (list)
// returns: kind | 类别，空为未见记载 | kind; null where not recorded
// returns: level | 级别，空为未见记载 | level; null where not recorded
// returns: focus | 布局重点（列表） | what it focuses on (list)
// returns: hosts | 园区内有记载的机构、智算中心与场景（列表） | institutions, compute centres and scenarios recorded in the park (list)
// returns: sources | 出处 | sources
// codes: kind | @park_kind
// codes: level | @level
// needs: Park
// example: city=深圳市
// example: source=图表49
// empty.zh: 所列园区都有企业的记载，或未见园区的记载
// empty.en: every park has a recorded firm, or no park is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (p:Park)
WHERE from_source(p.sources)
OPTIONAL MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(q:Park)-[pu:PART_OF|LOCATED_IN*0..3]->(p)
WHERE from_source(at.sources)
  AND way_from_source(pu)
WITH p, count(c) AS firms
WHERE firms = 0
OPTIONAL MATCH (p)-[f:FOCUSES_ON]->(x)
WHERE from_source(f.sources)
WITH p, collect(DISTINCT x.name) AS focus, collect(f.sources) AS focus_parts
// LOCATED_IN ends at the park, HOSTS starts there.
OPTIONAL MATCH (p)-[h:LOCATED_IN|HOSTS]-(y:Institution|University|ComputeCenter|ApplicationScenario|ApplicationField)
WHERE from_source(h.sources)
WITH p, focus, focus_parts, collect(DISTINCT y.name) AS hosts, collect(h.sources) AS host_parts
OPTIONAL MATCH (p)-[up:LOCATED_IN|PART_OF*1..4]->(k:City)
WHERE way_from_source(up)
WITH p, focus, focus_parts, hosts, host_parts, k, [step IN up | step.id] AS steps
WITH p, focus, focus_parts, hosts, host_parts, collect(DISTINCT k.id) AS city_ids, collect(DISTINCT k.name) AS city, collect(steps) AS parts
WHERE $city = '' OR $city IN city_ids
WITH p, focus, focus_parts, hosts, host_parts, city, parts, only_from_source(p.sources) AS is_sure
RETURN p.name AS name, p.id AS id, city, CASE WHEN is_sure THEN p.kind END AS kind, CASE WHEN is_sure THEN p.level END AS level, focus, hosts,
  [p.sources] + parts + focus_parts + host_parts AS sources
ORDER BY CASE WHEN size(city) = 0 THEN 1 ELSE 0 END, reduce(first = '', x IN city | CASE WHEN first = '' OR x < first THEN x ELSE first END),
  name, id
