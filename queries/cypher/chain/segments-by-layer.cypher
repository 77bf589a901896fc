// name: segments-by-layer
// theme: chain
// title.zh: 各层的环节
// title.en: Segments by layer
// question.zh: 产业链各层有哪些环节，各有多少企业、分布在几座城市、有多少园区和政策以之为重点？
// question.en: Which segments does each layer of the chain have, with how many companies, in how many cities, and how many parks
//   and policies focus on them?
// method.zh: 图中的每个环节（根概念“人工智能”除外）、每个所属的层列一行，均按 id 去重；下级概念计入上级环节。某项未见记载时为空，
//   不等于没有。present：有企业记载；stated：无企业记载，但有园区或政策以之为重点；not recorded：三者均未见记载。
//   总部有矛盾的企业，其各城市都计入城市数。
// method.en: One row per segment of the graph (without the root 人工智能) and layer that it belongs to; distinct ids are counted, and
//   narrower concepts count for broader ones. A count is null where nothing is recorded, which does not mean that there is nothing.
//   present: companies are recorded. stated: none, but a park or policy focuses on it. not recorded: none of the three. Every city of a
//   company with disputed headquarters counts among the cities.
// parameter: layer | text | | ChainLayer | 只列此层，默认各层 | only this layer; all by default
// parameter: source
// returns: layer | 层，空为未见记载 | layer; null where not recorded
// returns: segment | 环节 | segment
// returns: id | 环节 id | id of the segment
// returns: state | 状态：present、stated、not recorded | state: present, stated or not recorded
// returns: n | 企业数，空为未见记载 | number of companies; null where not recorded
// returns: n_cities | 这些企业的城市数，空为未见记载 | number of cities of these companies; null where not recorded
// returns: n_parks | 以之为重点的园区数，空为未见记载 | number of parks that focus on it; null where not recorded
// returns: n_policies | 以之为重点的政策数，空为未见记载 | number of policies that focus on it; null where not recorded
// returns: companies | 企业名称（列表） | names of the companies (list)
// returns: city | 其城市（列表） | their cities (list)
// returns: sources | 各项所计之行的出处；三者均未见记载时为环节本身的出处 | sources of what is counted; of the segment itself where none of the three is recorded
// returns: sources_layer | 环节归层的出处，可为他企的行 | sources of the segment's place in its layer, which may be rows of firms
// codes: state | present = 有企业, stated = 仅见规划, not recorded = 未见记载
// needs: ChainSegment
// example: layer=基础层
// example: layer=技术层 source=图表4
// empty.zh: 未见环节的记载
// empty.en: no segment is recorded

MATCH (s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
  AND from_source(s.sources)
OPTIONAL MATCH (s)-[lu:PART_OF*1..3]->(l:ChainLayer)
WHERE way_from_source(lu)
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH s.id AS id, l.id AS layer_id, l.name AS layer, l.order AS rank, [step IN lu | step.id] AS steps
WITH id, layer_id, layer, rank, collect(steps) AS layer_parts
WHERE $layer = '' OR layer_id = $layer
CALL (id) {
  MATCH (named)-[pu:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(pu)
  WITH named, [step IN pu | step.id] AS steps
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(named)
  WHERE from_source(f.sources)
  // A place in the chain that the firm's own row states is cited by that row, not by the rows of other firms.
  WITH c, f.sources AS said, {row: f.sources, steps: steps} AS place
  WITH c, collect(said) AS trade, collect(place) AS trade_place
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
  OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
  WHERE from_source(at.sources)
    AND way_from_source(cu)
  WITH c.id AS firm, c.name AS name, trade, trade_place, k.id AS city_id, k.name AS city_name, at.sources + [step IN cu | step.id] AS said
  WITH firm, name, trade, trade_place, city_id, city_name, collect(said) AS placed
  RETURN count(DISTINCT firm) AS n, count(DISTINCT city_id) AS n_cities, collect(DISTINCT name) AS companies,
    collect(DISTINCT city_name) AS city, collect(trade + trade_place + placed) AS firm_parts
}
CALL (id) {
  MATCH (aim)-[au:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(au)
  WITH aim, [step IN au | step.id] AS steps
  MATCH (q:Park|Policy)-[o:FOCUSES_ON]->(aim)
  WHERE from_source(o.sources)
  RETURN count(DISTINCT CASE WHEN q:Park THEN q.id END) AS n_parks, count(DISTINCT CASE WHEN q:Policy THEN q.id END) AS n_policies,
    collect(o.sources) AS aim_parts, collect({row: o.sources, steps: steps}) AS aim_place
}
WITH id, layer_id, layer, rank, layer_parts, n, n_cities, companies, city, n_parks, n_policies, firm_parts + aim_parts + aim_place AS parts,
  CASE WHEN n > 0 THEN 'present' WHEN n_parks + n_policies > 0 THEN 'stated' ELSE 'not recorded' END AS state
MATCH (s:ChainSegment)
WHERE s.id = id
RETURN layer, s.name AS segment, id, state, CASE WHEN n > 0 THEN n END AS n, CASE WHEN n_cities > 0 THEN n_cities END AS n_cities,
  CASE WHEN n_parks > 0 THEN n_parks END AS n_parks, CASE WHEN n_policies > 0 THEN n_policies END AS n_policies, companies, city,
  CASE WHEN state = 'not recorded' THEN s.sources ELSE parts END AS sources, layer_parts AS sources_layer
ORDER BY CASE WHEN layer_id IS NULL THEN 1 ELSE 0 END, rank, layer_id,
  CASE state WHEN 'present' THEN 0 WHEN 'stated' THEN 1 ELSE 2 END, coalesce(n, 0) DESC, segment, id
