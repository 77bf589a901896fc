// name: region-members
// theme: clusters
// title.zh: 区域与城市群的成员
// title.en: Members of regions and city groups
// question.zh: 各区域、城市群有哪些省市，其中有多少企业、园区、政策与智算中心的记载？
// question.en: Which provinces and cities belong to each region, and how many firms, parks, policies and compute centres are recorded there?
// method.zh: 均按 id 去重计数（城市可经省、经下级区域两路归入，不重复计）。成员只按来源写明的归属，代码表只补城市属于哪个省；限定来源时，写明归属的行也须在所问来源之内。
//   空为未见记载，不等于没有。政策不含部委的政策。
// method.en: Distinct ids are counted: a city may belong by way of its province and of a smaller region, and counts once. Members only where a source
//   says so, the code table just adds to which province a city belongs; with `source` the lines that state membership must be asked for too. Null
//   where nothing is recorded, which does not mean that there is nothing. Policies of ministries are not those of the places where they sit.
// parameter: region | text | | Region | 只看此区域，默认各区域 | only this region; all by default
// parameter: source
// returns: region | 区域 | region
// returns: id | 区域 id | id of the region
// returns: regions | 下级区域（列表） | regions inside (list)
// returns: provinces | 省（列表） | provinces (list)
// returns: cities | 城市（列表） | cities (list)
// returns: n | 城市数，空为未见记载 | number of cities; null where none is recorded
// returns: n_firms | 企业数，空为未见记载 | number of firms; null where none is recorded
// returns: n_parks | 园区数，空为未见记载 | number of parks; null where none is recorded
// returns: n_policies | 政策数，空为未见记载 | number of policies; null where none is recorded
// returns: n_centers | 智算中心数，空为未见记载 | number of compute centres; null where none is recorded
// returns: sources | 出处 | sources
// needs: Region
// example: region=长三角
// example: region=珠三角
// empty.zh: 未见区域成员的记载
// empty.en: no member of a region is recorded

MATCH (g:Region)
WHERE $region = '' OR g.id = $region
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
CALL (g) {
  MATCH (x:City|Province|Region)-[up:PART_OF*1..4]->(g)
  WHERE x.id <> g.id
    AND way_from_source(up)
  WITH x, [step IN up | step.id] AS steps
  RETURN collect(DISTINCT CASE WHEN x:Region THEN x.name END) AS regions, collect(DISTINCT CASE WHEN x:Province THEN x.name END) AS provinces,
    collect(DISTINCT CASE WHEN x:City THEN x.name END) AS cities, count(DISTINCT CASE WHEN x:City THEN x.id END) AS n,
    collect(steps) AS member_parts
}
CALL (g) {
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the region.
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(g)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT c.id) AS n_firms, collect(DISTINCT at.id) + collect(DISTINCT [step IN up | step.id]) AS firm_parts
}
CALL (g) {
  MATCH (p:Park)-[at:LOCATED_IN|PART_OF*1..5]->(g)
  WHERE way_from_source(at)
  RETURN count(DISTINCT p.id) AS n_parks, collect(DISTINCT [step IN at | step.id]) AS park_parts
}
CALL (g) {
  MATCH (d:Policy)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..5]->(g)
  WHERE NOT owner:Institution
    AND from_source(r.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT d.id) AS n_policies, collect(DISTINCT r.id) + collect(DISTINCT [step IN up | step.id]) AS policy_parts
}
CALL (g) {
  MATCH (c:ComputeCenter)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(g)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT c.id) AS n_centers, collect(DISTINCT at.id) + collect(DISTINCT [step IN up | step.id]) AS center_parts
}
WITH g, regions, provinces, cities, n, n_firms, n_parks, n_policies, n_centers,
  member_parts + firm_parts + park_parts + policy_parts + center_parts AS parts
WHERE size(parts) > 0
RETURN g.name AS region, g.id AS id, regions, provinces, cities, CASE WHEN n > 0 THEN n END AS n,
  CASE WHEN n_firms > 0 THEN n_firms END AS n_firms, CASE WHEN n_parks > 0 THEN n_parks END AS n_parks,
  CASE WHEN n_policies > 0 THEN n_policies END AS n_policies, CASE WHEN n_centers > 0 THEN n_centers END AS n_centers, parts AS sources
ORDER BY coalesce(n_firms, 0) DESC, coalesce(n, 0) DESC, region, id
