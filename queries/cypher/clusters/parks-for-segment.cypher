// name: parks-for-segment
// theme: clusters
// title.zh: 适合某环节的园区
// title.en: Parks that fit a segment
// question.zh: 一个环节的企业落在哪个园区合适：哪些园区以此为重点，所在城市有多少同环节企业与相关政策？
// question.en: Which park suits firms of a segment: which parks focus on it, and how many firms and policies of the segment does their city have?
// method.zh: 只列有记载的事实并按数目排列，不打分。fit：direct 园区以该环节为重点，narrower 以其下级为重点，broader 以其上级为重点（根概念“人工智能”不算）；
//   兼有者取最前。企业与政策含该环节的下级；企业为图中记载位于该市者，政策为该市、其区县或园区的政策。n_figures 是园区有记载的指标数，见 park-figures。
// method.en: Recorded facts in the order of plain counts, no score. fit: direct (the park focuses on the segment), narrower (on a narrower one),
//   broader (on a broader one; the root 人工智能 does not count); the first that holds. Firms and policies include narrower segments; firms are those
//   recorded in the city, policies those of the city, its districts and parks. n_figures counts the figures recorded of the park, see park-figures.
// parameter: segment | text | 智能机器人 | ChainSegment | 环节 | segment
// parameter: city | text | | City | 只列此城市的园区，默认不限 | only parks of this city; all by default
// parameter: source
// returns: name | 园区 | park
// returns: id | 园区 id | its id
// returns: city | 园区所在城市，空为未见记载 | city of the park; null where not recorded
// returns: fit | 如何相合 | how it fits
// returns: focus | 相合的重点（列表） | focuses that fit (list)
// returns: n_firms | 该市有记载的该环节企业数，空为未见记载 | firms of the segment recorded in the city; null where none is recorded
// returns: companies | 企业名称（列表） | their names (list)
// returns: n_policies | 该市以该环节为重点的政策数，空为未见记载 | policies of the city that focus on the segment; null where none is recorded
// returns: policies | 政策名称（列表） | their names (list)
// returns: hosts | 园区内的机构、企业、智算中心与场景（列表） | institutions, firms, compute centres and scenarios in the park (list)
// returns: n_figures | 园区有记载的指标数，空为未见记载 | figures recorded of the park; null where none is recorded
// returns: sources | 出处 | sources
// codes: fit | direct = 以此为重点, narrower = 以其下级为重点, broader = 以其上级为重点
// needs: Park, FOCUSES_ON
// example: segment=大数据 city=杭州市
// example: segment=智能终端
// empty.zh: 未见与此环节相合的园区的记载
// empty.en: no park is recorded that fits this segment

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (s:ChainSegment)
WHERE s.id = $segment
CALL (s) {
  MATCH (x)-[su:PART_OF*0..3]->(s)
  WHERE way_from_source(su)
  RETURN x.id AS focus_id, CASE WHEN size(su) = 0 THEN 0 ELSE 1 END AS rank, [step IN su | step.id] AS steps
  UNION ALL
  MATCH (s)-[su:PART_OF*1..3]->(x)
  WHERE x.id <> 'segment:人工智能'
    AND way_from_source(su)
  RETURN x.id AS focus_id, 2 AS rank, [step IN su | step.id] AS steps
}
WITH s, focus_id, rank, collect(steps) AS steps
MATCH (p:Park)-[f:FOCUSES_ON]->(x)
WHERE x.id = focus_id
  AND from_source(f.sources)
WITH s, p, collect({name: x.name, rank: rank, said: [f.sources, steps]}) AS focuses, min(rank) AS rank
OPTIONAL MATCH (p)-[at:LOCATED_IN|PART_OF*1..4]->(k:City)
WHERE way_from_source(at)
WITH s, p, focuses, rank, k, [step IN at | step.id] AS steps
WITH s, p, focuses, rank, k, k.id AS city_id, k.name AS city, collect(steps) AS parts
WHERE $city = '' OR city_id = $city
CALL (s, k) {
  MATCH (x)-[su:PART_OF*0..3]->(s)
  WHERE way_from_source(su)
  WITH k, x, [step IN su | step.id] AS steps
  MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(x)
  WHERE from_source(r.sources)
  WITH k, c, collect(r.sources + steps) AS parts
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
  MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(t:City)
  WHERE t.id = k.id
    AND from_source(at.sources)
    AND way_from_source(cu)
  WITH c.id AS firm, c.name AS firm_name, parts, at.sources + [step IN cu | step.id] AS said
  RETURN count(DISTINCT firm) AS n_firms, collect(DISTINCT firm_name) AS companies, collect(parts) + collect(said) AS firm_parts
}
CALL (s, k) {
  MATCH (x)-[su:PART_OF*0..3]->(s)
  WHERE way_from_source(su)
  WITH k, x, [step IN su | step.id] AS steps
  MATCH (d:Policy)-[g:FOCUSES_ON]->(x)
  WHERE from_source(g.sources)
  WITH k, d, collect(g.sources + steps) AS parts
  MATCH (d)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..4]->(t:City)
  WHERE t.id = k.id AND NOT owner:Institution
    AND from_source(r.sources)
    AND way_from_source(up)
  WITH d.id AS policy, d.name AS policy_name, parts, r.sources + [step IN up | step.id] AS said
  RETURN count(DISTINCT policy) AS n_policies, collect(DISTINCT policy_name) AS policies, collect(parts) + collect(said) AS policy_parts
}
CALL (p) {
  // LOCATED_IN ends at the park, HOSTS starts there.
  MATCH (p)-[h:LOCATED_IN|HOSTS]-(y:Company|Institution|University|ComputeCenter|ApplicationScenario)
  WHERE from_source(h.sources)
  RETURN collect(DISTINCT y.name) AS hosts, collect(h.sources) AS host_parts
}
CALL (p) {
  MATCH (p)-[o:OBSERVED]->(v:Observation)
  WHERE from_source(o.sources)
  RETURN count(DISTINCT v.id) AS n_figures, collect(o.sources) AS figure_parts
}
WITH p.name AS name, p.id AS id, city, city_id, rank, [x IN focuses | x.name] AS focus, n_firms, companies, n_policies, policies, hosts, n_figures,
  parts + [x IN focuses | x.said] + firm_parts + policy_parts + host_parts + figure_parts AS said
RETURN name, id, city, CASE rank WHEN 0 THEN 'direct' WHEN 1 THEN 'narrower' ELSE 'broader' END AS fit, focus,
  CASE WHEN n_firms > 0 THEN n_firms END AS n_firms, companies, CASE WHEN n_policies > 0 THEN n_policies END AS n_policies, policies, hosts,
  CASE WHEN n_figures > 0 THEN n_figures END AS n_figures, said AS sources
ORDER BY rank, coalesce(n_firms, 0) DESC, coalesce(n_policies, 0) DESC, size(hosts) DESC, name, city_id, id
