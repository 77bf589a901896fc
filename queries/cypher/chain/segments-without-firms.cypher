// name: segments-without-firms
// theme: chain
// title.zh: 有规划而未见企业的环节
// title.en: Segments that are named, but without a recorded company
// question.zh: 哪些环节被园区、政策或地方列为重点，却没有企业的记载？
// question.en: Which segments do parks, policies or places name as a focus while no company is recorded in them?
// method.zh: 环节（根概念“人工智能”除外）及其下级概念均未见企业的记载，而有园区、政策或地方以之为重点或支柱产业。未见记载不等于没有企业。
//   限定来源时，只看所问来源中有无企业的记载。某类均未提到时该数为空。
// method.en: Neither the segment (without the root 人工智能) nor a narrower concept has a recorded company, while parks, policies or places name it
//   as a focus or pillar industry. Not recorded does not mean that there are none; with `source` only the asked sources are searched
//   for companies. A count is null where no one of this kind names it.
// parameter: layer | text | | ChainLayer | 只列此层的环节，默认各层 | only segments of this layer; all by default
// parameter: source
// returns: segment | 环节 | segment
// returns: id | 环节 id | id of the segment
// returns: layer | 所属的层（列表），空列表为未见记载 | its layers (list); empty where not recorded
// returns: state | 企业的记载：not recorded | record of companies: not recorded
// returns: n | 提到者总数 | number of those that name it
// returns: n_parks | 其中园区数，空为无 | parks among them; null where none names it
// returns: n_policies | 其中政策数，空为无 | policies among them; null where none names it
// returns: n_places | 其中城市、省、区县、区域数，空为无 | cities, provinces, districts and regions among them; null where none names it
// returns: stated_by | 提到者（列表） | those that name it (list)
// returns: sources | 提到者的出处 | sources of those that name it
// returns: sources_layer | 环节归层的出处 | sources of the segment's place in its layer
// codes: state | not recorded = 未见记载
// needs: ChainSegment, FOCUSES_ON
// example: layer=基础层
// example: source=图表3,图表4,图表5,图表44
// empty.zh: 被列为重点的环节都有企业的记载，或未见此类记载
// empty.en: each segment that is named as a focus has a recorded company, or none is named

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (aim)-[au:PART_OF*0..3]->(s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
  AND way_from_source(au)
WITH s, aim, [step IN au | step.id] AS steps
MATCH (q)-[o:FOCUSES_ON|PILLAR_INDUSTRY]->(aim)
WHERE from_source(o.sources)
WITH s.id AS id, s.name AS segment, count(DISTINCT q.id) AS n, count(DISTINCT CASE WHEN q:Park THEN q.id END) AS n_parks,
  count(DISTINCT CASE WHEN q:Policy THEN q.id END) AS n_policies,
  count(DISTINCT CASE WHEN q:City OR q:Province OR q:District OR q:Region OR q:Country THEN q.id END) AS n_places,
  collect(DISTINCT q.name) AS stated_by, collect(o.sources) AS stated, collect({row: o.sources, steps: steps}) AS stated_place
CALL (id) {
  MATCH (named)-[pu:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(pu)
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(named)
  WHERE from_source(f.sources)
  RETURN count(c) AS n_firms
}
WITH id, segment, n, n_parks, n_policies, n_places, stated_by, stated + stated_place AS parts, n_firms
WHERE n_firms = 0
OPTIONAL MATCH (s:ChainSegment)-[lu:PART_OF*1..3]->(l:ChainLayer)
WHERE s.id = id
  AND way_from_source(lu)
WITH id, segment, n, n_parks, n_policies, n_places, stated_by, parts, collect(DISTINCT l.id) AS layer_ids, collect(DISTINCT l.name) AS layer,
  collect([step IN lu | step.id]) AS layer_parts
WHERE $layer = '' OR $layer IN layer_ids
RETURN segment, id, layer, 'not recorded' AS state, n, CASE WHEN n_parks > 0 THEN n_parks END AS n_parks,
  CASE WHEN n_policies > 0 THEN n_policies END AS n_policies, CASE WHEN n_places > 0 THEN n_places END AS n_places, stated_by,
  parts AS sources, layer_parts AS sources_layer
ORDER BY n DESC, segment, id
