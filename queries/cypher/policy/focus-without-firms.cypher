// name: focus-without-firms
// theme: policy
// title.zh: 有规划而未见企业的环节
// title.en: Promoted, but no firm recorded
// question.zh: 各城市（或某市、某省）以哪些环节为重点，当地却未见企业的记载？
// question.en: Which segments do cities (or one city or province) promote without a recorded firm there?
// method.zh: 每地、每个环节一行。重点取自该地本身、区县、园区、适用于它或由它发布的政策（FOCUSES_ON、PILLAR_INDUSTRY），不含根概念“人工智能”；省含其城市。
//   当地企业经营该环节或其下级环节的不列。未见记载（state）不等于没有：图中只有来源点名的企业。企业可在任一所在地计入，总部有矛盾的各地都计。
// method.en: One row per place and segment. Focuses are the place's own and those of its districts, parks and of policies that apply to it or that it issues (FOCUSES_ON,
//   PILLAR_INDUSTRY), without the root 人工智能; provinces include their cities. Left out where a firm there works in the segment or a narrower one. Not
//   recorded (state) does not mean that there is none: the graph holds only firms that sources name. A firm counts wherever it has a seat or a site, one with disputed headquarters
//   in each of them.
// parameter: city | text | | City | 只看此城市，默认各城市 | only this city; all cities by default
// parameter: province | text | | Province | 改看此省，与城市二选一 | this province, instead of cities
// choice: city, province
// parameter: source
// returns: place | 地方 | place
// returns: place_id | 地方 id | id of the place
// returns: segment | 有重点而未见企业的环节 | segment that is promoted without a recorded firm
// returns: id | 环节 id | id of the segment
// returns: state | 当地企业：not recorded 未见记载 | firms there: not recorded
// returns: stated_by | 以该环节为重点者（列表）：地方、园区、政策等 | who promotes it (list): the place, parks, policies …
// returns: n_elsewhere | 记载于他处或城市未见记载的企业数 | firms recorded elsewhere or without a place
// returns: companies | 这些企业（列表） | these firms (list)
// returns: sources | 以该环节为重点的出处 | sources of the focus
// returns: sources_elsewhere | 他处企业的出处 | sources of the firms elsewhere
// codes: state | not recorded = 未见记载
// needs: FOCUSES_ON, ChainSegment
// example: city=北京
// example: province=浙江省
// empty.zh: 所记载的重点环节在当地都见到企业，或未见重点的记载
// empty.en: each promoted segment has a recorded firm there, or no focus is recorded

MATCH (q)-[o:FOCUSES_ON|PILLAR_INDUSTRY]->(x:ChainSegment)
WHERE (q:City OR q:District OR q:Park OR q:Policy OR q:Province)
  AND x.id <> 'segment:人工智能'
  AND from_source(o.sources)
WITH q, collect({id: x.id, name: x.name, said: o.sources}) AS aims
// Who speaks for a place: itself, its districts and parks, their policies. A ministry that sits in a city does not.
MATCH way = (q)-[:PART_OF|LOCATED_IN|APPLIES_TO|ISSUED_BY*0..5]->(k:City|Province)
WHERE CASE WHEN $city = '' AND $province = '' THEN k:City ELSE k.id IN [$city, $province] END
  AND none(member IN nodes(way) WHERE member:Institution)
  AND way_from_source(relationships(way))
UNWIND aims AS aim
// Relations go on as ids (the answer cites their sources).
WITH aim.id AS id, aim.name AS segment, k.id AS place_id, k.name AS place, q.name AS speaker, [aim.said, [step IN relationships(way) | step.id]] AS said
WITH id, segment, place_id, place, collect(DISTINCT speaker) AS stated_by, collect(said) AS parts
WITH id, segment, collect({id: place_id, name: place, stated_by: stated_by, parts: parts}) AS places
CALL (id) {
  MATCH (named)-[pu:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(pu)
  WITH named, collect([step IN pu | step.id]) AS steps
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(named)
  WHERE from_source(f.sources)
  WITH c, collect([f.sources, steps]) AS trade
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the place.
  OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(k:City|Province)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  WITH c, trade, collect(DISTINCT k.id) AS spots
  RETURN collect({name: c.name, spots: spots, trade: trade}) AS firms
}
UNWIND places AS place
WITH id, segment, place, firms
WHERE none(firm IN firms WHERE place.id IN firm.spots)
RETURN place.name AS place, place.id AS place_id, segment, id, 'not recorded' AS state, place.stated_by AS stated_by, size(firms) AS n_elsewhere,
  [firm IN firms | firm.name] AS companies, place.parts AS sources, [firm IN firms | firm.trade] AS sources_elsewhere
ORDER BY place, place_id, size(stated_by) DESC, segment, id
