// name: thin-segments
// theme: chain
// title.zh: 企业很少的环节
// title.en: Segments that few companies hold
// question.zh: 哪些环节只有一两家企业有记载，是哪几家、在哪里，又有谁以该环节为重点？
// question.en: Which segments are held by only one or two recorded companies, which are they and where, and who names the segment
//   as a focus?
// method.zh: 列出有记载的企业为 1 至 most 家的环节（根概念“人工智能”除外），下级概念的企业计入上级环节。只是记载的企业少，
//   不等于实有的企业少；一家也未记载的环节见 segments-without-firms。总部有矛盾的企业列于 disputed，其各城市都列出。
// method.en: Segments (without the root 人工智能) with 1 to `most` recorded companies; those of narrower concepts count for the broader one.
//   Few are recorded, which does not mean that there are few; for segments without any see segments-without-firms. A company with
//   disputed headquarters is listed in disputed, and all of its cities are shown.
// parameter: most | integer | 2 | | 企业数的上限 | at most so many companies
// parameter: layer | text | | ChainLayer | 只列此层的环节，默认各层 | only segments of this layer; all by default
// parameter: source
// returns: segment | 环节 | segment
// returns: id | 环节 id | id of the segment
// returns: layer | 所属的层（列表），空列表为未见记载 | its layers (list); empty where not recorded
// returns: n | 有记载的企业数 | number of recorded companies
// returns: companies | 企业名称（列表） | their names (list)
// returns: city | 其城市（列表），空列表为未见记载 | their cities (list); empty where not recorded
// returns: disputed | 其中总部有矛盾的企业（列表） | those with disputed headquarters (list)
// returns: n_stated_by | 以之为重点的园区、政策、地方等的数目，空为未见记载 | number of those that name it as a focus; null where not recorded
// returns: stated_by | 以之为重点者（列表） | those that name it as a focus (list): parks, policies, places
// returns: sources | 所列企业及以之为重点者的出处 | sources of the companies and of those that name it
// returns: sources_layer | 环节归层的出处，可为他企的行 | sources of the segment's place in its layer, which may be rows of other firms
// needs: Company, ChainSegment
// example: most=1
// example: most=3 layer=技术层
// example: most=1 source=图表31
// empty.zh: 未见企业数不超过此数的环节的记载
// empty.en: no segment with so few recorded companies is recorded

// The chain first, companies after: hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (named)-[pu:PART_OF*0..3]->(s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
  AND way_from_source(pu)
WITH s.id AS id, named, [step IN pu | step.id] AS steps
MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(named)
WHERE from_source(f.sources)
WITH id, count(DISTINCT c.id) AS n, collect(DISTINCT c.id) AS firm_ids, collect(f.sources) AS trade,
  collect({row: f.sources, steps: steps}) AS trade_place
WHERE n <= $most
OPTIONAL MATCH (s:ChainSegment)-[lu:PART_OF*1..3]->(l:ChainLayer)
WHERE s.id = id
  AND way_from_source(lu)
WITH id, n, firm_ids, trade + trade_place AS parts, collect(DISTINCT l.id) AS layer_ids, collect(DISTINCT l.name) AS layer,
  collect([step IN lu | step.id]) AS layer_parts
WHERE $layer = '' OR $layer IN layer_ids
CALL (firm_ids) {
  UNWIND firm_ids AS firm
  MATCH (c:Company)
  WHERE c.id = firm
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
  OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
  WHERE from_source(at.sources)
    AND way_from_source(cu)
  WITH c.id AS firm, c.name AS name, k.name AS city_name, CASE WHEN at.role = 'headquarters' THEN k.id END AS seat,
    at.sources + [step IN cu | step.id] AS said
  WITH firm, name, collect(DISTINCT city_name) AS cities, count(DISTINCT seat) > 1 AS in_doubt, collect(said) AS placed
  WITH collect(name) AS companies, collect(cities) AS city_lists, collect(CASE WHEN in_doubt THEN name END) AS disputed, collect(placed) AS placed
  // Each city once, whoever is there.
  RETURN companies, disputed, placed, reduce(found = [], list IN city_lists | found + [x IN list WHERE NOT x IN found]) AS city
}
CALL (id) {
  MATCH (aim)-[au:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(au)
  WITH aim, [step IN au | step.id] AS steps
  MATCH (q)-[o:FOCUSES_ON|PILLAR_INDUSTRY]->(aim)
  WHERE from_source(o.sources)
  RETURN count(DISTINCT q.id) AS n_stated_by, collect(DISTINCT q.name) AS stated_by, collect(o.sources) AS stated,
    collect({row: o.sources, steps: steps}) AS stated_place
}
MATCH (s:ChainSegment)
WHERE s.id = id
RETURN s.name AS segment, id, layer, n, companies, city, disputed, CASE WHEN n_stated_by > 0 THEN n_stated_by END AS n_stated_by, stated_by,
  parts + placed + stated + stated_place AS sources, layer_parts AS sources_layer
ORDER BY n, coalesce(n_stated_by, 0) DESC, segment, id
