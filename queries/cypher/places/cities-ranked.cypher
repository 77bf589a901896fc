// name: cities-ranked
// theme: places
// title.zh: 城市排行
// title.en: Cities ranked by what is recorded
// question.zh: 各城市有多少企业、环节、产业链层、园区、政策、智算中心、试点与机构的记载？
// question.en: How many firms, segments, layers, parks, policies, compute centres, programmes and institutions are recorded for each city?
// method.zh: 每座城市一行，均按 id 去重计数，含其区县与园区；空为未见记载，不等于没有。按企业数、园区数、政策数排列，不打分。环节不含根概念“人工智能”；政策为适用于该市或由其发布者，
//   不含部委的政策；试点为该市、其区县或园区获得的称号。总部有矛盾的企业在其各城市都计入。一座城市的记载多少也取决于来源写了什么。
// method.en: One row per city, distinct ids are counted, districts and parks included; null where nothing is recorded, which does not mean that there is nothing.
//   Ordered by firms, parks and policies, no score. Segments without the root 人工智能; policies that apply to the city or are issued by it,
//   not those of ministries; programmes are designations of the city, its districts or parks. A firm with disputed headquarters counts in each of its
//   cities. What is recorded of a city also depends on what the sources are about.
// parameter: province | text | | Province | 只列此省的城市，默认各省 | only cities of this province; all by default
// parameter: region | text | | Region | 只列此区域的城市，默认各区域 | only cities of this region; all by default
// choice: province, region
// parameter: source
// returns: city | 城市 | city
// returns: id | 城市 id | id of the city
// returns: n_firms | 企业数 | firms
// returns: n_segments | 环节数 | segments of its firms
// returns: n_layers | 产业链层数 | layers of the chain of its firms
// returns: n_parks | 园区数 | parks
// returns: n_policies | 政策数 | policies
// returns: n_centers | 智算中心数 | compute centres
// returns: n_programmes | 试点与称号数 | programmes that it is designated for
// returns: n_institutions | 高校与机构数 | universities and institutions
// returns: sources | 出处 | sources
// needs: City
// example: region=长三角
// example: source=图表3,图表4,图表5
// empty.zh: 未见城市的记载
// empty.en: nothing is recorded of any city

MATCH (k:City)
OPTIONAL MATCH (k)-[ku:PART_OF*1..4]->(g:Province|Region)
WHERE g.id IN [$province, $region]
  AND way_from_source(ku)
WITH k, count(g) AS inside
WHERE inside > 0 OR ($province = '' AND $region = '')
// Each measure finds its own things: hubs go on as ids, and relations as ids too (the answer cites their sources).
CALL (k) {
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..4]->(k)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  WITH c, [at.id] + [step IN up | step.id] AS said
  WITH c, collect(said) AS seats
  OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s)
  WHERE from_source(r.sources)
  OPTIONAL MATCH (s)-[lu:PART_OF*0..3]->(l:ChainLayer)
  WHERE way_from_source(lu)
  WITH c, seats, CASE WHEN s:ChainSegment AND s.id <> 'segment:人工智能' THEN s.id END AS named, l.id AS layer_id, r.id AS trade,
    CASE WHEN l IS NOT NULL THEN [step IN lu | step.id] END AS steps
  RETURN count(DISTINCT c.id) AS n_firms, count(DISTINCT named) AS n_segments, count(DISTINCT layer_id) AS n_layers,
    collect(DISTINCT seats) AS firm_parts, collect(DISTINCT CASE WHEN named IS NOT NULL OR layer_id IS NOT NULL THEN trade END) AS trade_parts,
    collect(DISTINCT steps) AS layer_parts
}
CALL (k) {
  MATCH (p:Park)-[at:LOCATED_IN|PART_OF*1..4]->(k)
  WHERE way_from_source(at)
  RETURN count(DISTINCT p.id) AS n_parks, collect(DISTINCT [step IN at | step.id]) AS park_parts
}
CALL (k) {
  MATCH (d:Policy)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..4]->(k)
  WHERE NOT owner:Institution
    AND from_source(r.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT d.id) AS n_policies, collect(DISTINCT r.id) + collect(DISTINCT [step IN up | step.id]) AS policy_parts
}
CALL (k) {
  MATCH (c:ComputeCenter)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..4]->(k)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT c.id) AS n_centers, collect(DISTINCT at.id) + collect(DISTINCT [step IN up | step.id]) AS center_parts
}
CALL (k) {
  MATCH (m:Programme)<-[r:DESIGNATED_AS]-(spot:Park|District|City)-[up:PART_OF|LOCATED_IN*0..4]->(k)
  WHERE from_source(r.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT m.id) AS n_programmes, collect(DISTINCT r.id) + collect(DISTINCT [step IN up | step.id]) AS programme_parts
}
CALL (k) {
  MATCH (c:University|Institution)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..4]->(k)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT c.id) AS n_institutions, collect(DISTINCT at.id) + collect(DISTINCT [step IN up | step.id]) AS institution_parts
}
WITH k, n_firms, n_segments, n_layers, n_parks, n_policies, n_centers, n_programmes, n_institutions,
  firm_parts + trade_parts + layer_parts + park_parts + policy_parts + center_parts + programme_parts + institution_parts AS parts
WHERE size(parts) > 0
RETURN k.name AS city, k.id AS id, CASE WHEN n_firms > 0 THEN n_firms END AS n_firms, CASE WHEN n_segments > 0 THEN n_segments END AS n_segments,
  CASE WHEN n_layers > 0 THEN n_layers END AS n_layers, CASE WHEN n_parks > 0 THEN n_parks END AS n_parks,
  CASE WHEN n_policies > 0 THEN n_policies END AS n_policies, CASE WHEN n_centers > 0 THEN n_centers END AS n_centers,
  CASE WHEN n_programmes > 0 THEN n_programmes END AS n_programmes, CASE WHEN n_institutions > 0 THEN n_institutions END AS n_institutions,
  parts AS sources
ORDER BY coalesce(n_firms, 0) DESC, coalesce(n_parks, 0) DESC, coalesce(n_policies, 0) DESC, city, id
