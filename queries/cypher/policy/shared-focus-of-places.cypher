// name: shared-focus-of-places
// theme: policy
// title.zh: 两地共同的重点
// title.en: Focuses that two places share
// question.zh: 哪些城市之间、省之间在重点上重合，重合了哪些？
// question.en: Which pairs of cities, and of provinces, share focuses, and which ones?
// method.zh: 城市与城市、省与省两两比较，每对一行，只列共有至少 least 个重点者。一地的重点取自其本身、区县、园区、适用于它或由它发布的政策（FOCUSES_ON、
//   PILLAR_INDUSTRY），按 id 去重，不含根概念“人工智能”；省含其城市。设在当地的部委不代表当地。jaccard = 共有数 ÷ 两地合计的不同重点数（Jaccard，1901）。
//   只比较有重点记载的地方；重点记载得少的地方重合也少。
// method.en: Cities are compared with cities and provinces with provinces, one row per pair that shares at least `least` focuses. The focuses of a place are its own, and those of its
//   districts and parks and of policies that apply to it or that it issues (FOCUSES_ON, PILLAR_INDUSTRY), distinct by id, without the root 人工智能; provinces include their
//   cities. Ministries do not speak for the city in which they sit. jaccard = shared ÷ distinct focuses of both (Jaccard, 1901). Only places with a recorded focus
//   are compared; where few are recorded few are shared.
// parameter: place | text | | City,Province | 只列含此地的各对，默认各地 | only pairs with this place; all by default
// parameter: other | text | | City,Province | 与之相比的另一地，默认各地 | the place to compare it with; all by default
// parameter: least | integer | 2 | | 至少共有几个重点 | at least so many shared focuses
// parameter: source
// returns: place | 一地 | one place
// returns: id | 其 id | its id
// returns: other | 另一地 | the other place
// returns: other_id | 其 id | its id
// returns: label | 两地的标签 | label of both
// returns: n | 共有的重点数 | number of shared focuses
// returns: n_place | 一地的重点数 | number of focuses of the one
// returns: n_other | 另一地的重点数 | number of focuses of the other
// returns: jaccard | Jaccard 相似度 | Jaccard similarity
// returns: shared | 共有的重点（列表） | shared focuses (list)
// returns: sources | 两地共有重点的出处 | sources of the shared focuses in both places
// codes: label | @label
// needs: FOCUSES_ON
// example: place=杭州 least=1
// example: place=杭州 other=北京
// example: place=浙江省 least=1
// empty.zh: 未见两地有共同重点的记载
// empty.en: no two places are recorded with a shared focus

MATCH (q)-[o:FOCUSES_ON|PILLAR_INDUSTRY]->(x:ChainSegment|Technology|ApplicationField|ApplicationScenario|Industry)
WHERE (q:City OR q:District OR q:Park OR q:Policy OR q:Province)
  AND x.id <> 'segment:人工智能'
  AND from_source(o.sources)
WITH q, collect({id: x.id, name: x.name, said: o.sources}) AS aims
// Who speaks for a place: itself, its districts and parks, their policies. A ministry that sits in a city does not.
MATCH way = (q)-[:PART_OF|LOCATED_IN|APPLIES_TO|ISSUED_BY*0..5]->(k:City|Province)
WHERE none(member IN nodes(way) WHERE member:Institution)
  AND way_from_source(relationships(way))
UNWIND aims AS aim
// Relations go on as ids (the answer cites their sources).
WITH k.id AS id, k.name AS place, head(labels(k)) AS label, aim.id AS aim_id, aim.name AS aim_name,
  collect([aim.said, [step IN relationships(way) | step.id]]) AS said
WITH id, place, label, collect(aim_id) AS aim_ids, collect({id: aim_id, name: aim_name, said: said}) AS aims
WITH collect({id: id, place: place, label: label, aim_ids: aim_ids, aims: aims}) AS found
UNWIND found AS one
UNWIND [x IN found WHERE x.label = one.label AND x.id > one.id] AS another
WITH CASE WHEN another.id = $place OR one.id = $other THEN another ELSE one END AS a,
  CASE WHEN another.id = $place OR one.id = $other THEN one ELSE another END AS b
WHERE ($place = '' OR a.id = $place) AND ($other = '' OR b.id = $other)
WITH a, b, [aim IN a.aims WHERE aim.id IN b.aim_ids] AS common, [aim IN b.aims WHERE aim.id IN a.aim_ids] AS common_other
WHERE size(common) >= $least AND size(common) > 0
RETURN a.place AS place, a.id AS id, b.place AS other, b.id AS other_id, a.label AS label, size(common) AS n, size(a.aim_ids) AS n_place,
  size(b.aim_ids) AS n_other, toFloat(size(common)) / (size(a.aim_ids) + size(b.aim_ids) - size(common)) AS jaccard,
  [aim IN common | aim.name] AS shared, [aim IN common + common_other | aim.said] AS sources
ORDER BY label, n DESC, jaccard DESC, id, other_id
