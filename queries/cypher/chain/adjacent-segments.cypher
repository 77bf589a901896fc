// name: adjacent-segments
// theme: chain
// title.zh: 城市的相邻环节
// title.en: Segments next to those of a city
// question.zh: 某城市未见企业记载的环节中，哪些与它已有的环节由他处的同一企业兼营，是哪些企业、在哪里？
// question.en: Of the segments in which a city has no recorded company, which are held elsewhere by companies that also work in a segment
//   that the city has, by which companies, and where?
// method.zh: 每个相邻环节、每个相连的本市环节列一行：他处的企业（n）兼营二者。只看来源所写的环节，根概念“人工智能”除外。
//   state：not recorded 本市未见记载（不等于没有）；stated 无企业记载，但本市、其区县、园区或政策以之为重点。
//   这只说明环节相近，并不表示本市应当发展。总部有矛盾的企业在其任一城市都算本市企业。
// method.en: One row per neighbouring segment and segment of the city that leads to it: companies elsewhere (n) work in both. Only segments that
//   sources name count, without the root 人工智能. state: not recorded (nothing recorded in the city, which does not mean that there is nothing), or
//   stated (no company recorded, but the city, a district, park or policy of it names the segment). It says that segments are near, not that the city
//   should have them. A company with disputed headquarters is of the city if one of its cities is.
// parameter: city | text | 杭州市 | City | 城市名称或 id | name or id of the city
// parameter: source
// returns: city | 所问的城市 | the city asked for
// returns: segment | 相邻的环节 | neighbouring segment
// returns: id | 环节 id | its id
// returns: layer | 所属的层（列表） | its layers (list)
// returns: state | 本市的记载：not recorded 或 stated | record of the city: not recorded, or stated
// returns: via | 相连的本市环节 | segment of the city that leads to it
// returns: n | 他处兼营二者的企业数 | companies elsewhere that work in both
// returns: companies | 这些企业（列表） | their names (list)
// returns: elsewhere | 其城市（列表），空列表为未见记载 | their cities (list); empty where not recorded
// returns: own | 本市在相连环节的企业（列表） | companies of the city in the segment that leads to it (list)
// returns: stated_by | 提到该环节的本市园区、政策等（列表） | those of the city that name it (list): parks, policies …
// returns: sources | 他处企业、本市企业与提到者的出处 | sources of the companies elsewhere and of the city, and of those that name it
// returns: sources_layer | 环节归层的出处，可为他企的行 | sources of its place in its layer, which may be rows of other firms
// codes: state | not recorded = 未见记载, stated = 仅见规划
// needs: City, Company, ChainSegment
// example: city=合肥市
// example: city=北京 source=图表3,图表4,图表5
// empty.zh: 未见与本市环节相邻的环节的记载
// empty.en: no segment next to those of the city is recorded

MATCH (here:City)
WHERE here.id = $city
WITH here.id AS here_id, here.name AS city
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE k.id = here_id
  AND from_source(at.sources)
  AND way_from_source(cu)
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH here_id, city, c, at.sources + [step IN cu | step.id] AS said
WITH here_id, city, c, collect(said) AS placed
WITH here_id, city, collect(c.id) AS own_ids, collect({id: c.id, parts: placed}) AS own_firms
UNWIND own_firms AS firm
MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
WHERE c.id = firm.id
  AND from_source(r.sources)
WITH here_id, city, own_ids, s.id AS via_id, s.name AS via, collect(DISTINCT c.name) AS own, collect(firm.parts + [r.sources]) AS own_parts
WITH here_id, city, own_ids, collect(via_id) AS own_segments, collect({id: via_id, name: via, own: own, parts: own_parts}) AS held
// A segment whose narrower one the city has is not without a company there.
CALL (own_segments) {
  MATCH (s:ChainSegment)-[up:PART_OF*0..3]->(broader:ChainSegment)
  WHERE s.id IN own_segments
    AND way_from_source(up)
  RETURN collect(DISTINCT broader.id) AS covered
}
UNWIND held AS link
WITH here_id, city, own_ids, covered, link
WHERE link.id <> 'segment:人工智能'
MATCH (s:ChainSegment)<-[f:OPERATES_IN|REPRESENTATIVE_OF]-(c:Company)-[g:OPERATES_IN|REPRESENTATIVE_OF]->(t:ChainSegment)
WHERE s.id = link.id AND t.id <> 'segment:人工智能' AND NOT t.id IN covered AND NOT c.id IN own_ids
  AND from_source(f.sources) AND from_source(g.sources)
WITH here_id, city, link, t.id AS id, t.name AS segment, c, f.sources + g.sources AS said
WITH here_id, city, link, id, segment, c, collect(said) AS trade
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH here_id, city, link, id, segment, c.id AS firm, c.name AS firm_name, trade, k.name AS seat, at.sources + [step IN cu | step.id] AS said
WITH here_id, city, link, id, segment, count(DISTINCT firm) AS n, collect(DISTINCT firm_name) AS companies, collect(DISTINCT seat) AS elsewhere,
  collect(trade) + collect(said) AS parts
CALL (here_id, id) {
  MATCH (aim)-[au:PART_OF*0..3]->(t:ChainSegment)
  WHERE t.id = id
    AND way_from_source(au)
  WITH here_id, aim, [step IN au | step.id] AS steps
  MATCH (q)-[o:FOCUSES_ON|USES_TECHNOLOGY|PILLAR_INDUSTRY]->(aim)
  WHERE (q:City OR q:District OR q:Park OR q:Policy)
    AND from_source(o.sources)
  WITH here_id, q, o.sources AS said, {row: o.sources, steps: steps} AS place
  // Who speaks for the city: itself, its districts and parks, their policies. A ministry that sits in a city does not.
  MATCH way = (q)-[:PART_OF|LOCATED_IN|APPLIES_TO|ISSUED_BY*0..5]->(here:City)
  WHERE here.id = here_id
    AND none(member IN nodes(way) WHERE member:Institution)
    AND way_from_source(relationships(way))
  RETURN collect(DISTINCT q.name) AS stated_by, collect(said) AS stated, collect(place) AS stated_place
}
CALL (id) {
  OPTIONAL MATCH (t:ChainSegment)-[lu:PART_OF*1..3]->(l:ChainLayer)
  WHERE t.id = id
    AND way_from_source(lu)
  RETURN collect(DISTINCT l.name) AS layer, collect([step IN lu | step.id]) AS layer_parts
}
RETURN city, segment, id, layer, CASE WHEN size(stated_by) > 0 THEN 'stated' ELSE 'not recorded' END AS state, link.name AS via, n, companies, elsewhere,
  link.own AS own, stated_by, parts + link.parts + stated + stated_place AS sources, layer_parts AS sources_layer
ORDER BY n DESC, segment, via, id, link.id
