// name: companies-in-segment
// theme: chain
// title.zh: 某环节的企业
// title.en: Companies in a segment
// question.zh: 哪些企业经营某个产业链环节，在哪座城市？
// question.en: Which companies work in a segment of the chain, and in which city?
// method.zh: 下级环节的企业计入上级环节。企业每有一座城市列一行；总部记载于两座以上城市的企业在各城市下都列出，并标 disputed。
// method.en: Companies of narrower segments count for the broader one. One row per company and city; a company whose
//   headquarters are recorded in several cities stands under each of them and is marked disputed.
// parameter: segment | text | 计算机视觉 | ChainSegment | 环节名称或 id | name or id of the segment
// parameter: city | text | | City | 只列此城市，默认不限 | only this city; all by default
// parameter: source
// returns: name | 企业名称 | company
// returns: id | 企业 id | id of the company
// returns: segment | 来源所写的环节 | segment that the source names
// returns: layer | 环节所属的产业链层（列表） | layers of the segment (list)
// returns: city | 所在城市，空为未见记载 | city; null where not recorded
// returns: disputed | 总部是否记载于多座城市 | whether its headquarters are recorded in several cities
// returns: sources | 本行的出处：企业经营该环节、位于该城市 | sources of the row: that the firm works in the segment, and is in the city
// returns: sources_layer | 环节归层的出处，可为他企的行；本企的行已写明时即本企的行 | sources of the segment's place in its layer, which may be rows of other firms; the firm's own row where that says so
// needs: Company, OPERATES_IN
// example: segment=智能芯片
// example: segment=计算机视觉 city=深圳
// example: segment=计算机视觉 source=图表4
// empty.zh: 未见经营该环节的企业的记载
// empty.en: no company is recorded in this segment

// The chain first, companies after: hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (s:ChainSegment)-[up:PART_OF*0..3]->(asked:ChainSegment)
WHERE asked.id = $segment
  AND way_from_source(up)
WITH s.id AS named, collect([step IN up | step.id]) AS up_steps
OPTIONAL MATCH (s:ChainSegment)-[lu:PART_OF*1..3]->(l:ChainLayer)
WHERE s.id = named
  AND way_from_source(lu)
WITH named, up_steps, collect(DISTINCT l.name) AS layer, collect([step IN lu | step.id]) AS layer_steps
WITH named, layer, up_steps + layer_steps AS steps
MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
WHERE s.id = named
  AND from_source(r.sources)
// A place in the chain that the firm's own row states is cited by that row, not by the rows of other firms.
WITH c, s.name AS segment, layer, r.sources AS said, {row: r.sources, steps: steps} AS place
WITH c, segment, layer, collect(said) AS parts, collect(place) AS layer_parts
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH c, segment, layer, parts, layer_parts, k.id AS city_id, k.name AS city, at.role AS role,
  at.sources + [step IN cu | step.id] AS said
WITH c, segment, layer, parts, layer_parts, city_id, city, collect(role) AS roles, collect(said) AS city_parts
WITH c.id AS id, c.name AS name, segment, layer, layer_parts,
  collect({id: city_id, name: city, roles: roles, parts: parts + city_parts}) AS seats
// Headquarters in two cities are a contradiction that the graph keeps on both edges.
WITH id, name, segment, layer, layer_parts, seats, size([x IN seats WHERE 'headquarters' IN x.roles]) > 1 AS disputed
UNWIND seats AS seat
WITH id, name, segment, layer, layer_parts, disputed, seat.id AS city_id, seat.name AS city, seat.parts AS parts
WHERE $city = '' OR city_id = $city
RETURN name, id, segment, layer, city, disputed, parts AS sources, layer_parts AS sources_layer
ORDER BY name, segment, city, id
