// name: firms-without-policy
// theme: policy
// title.zh: 有企业而未见提及的环节
// title.en: Firms recorded, but not promoted
// question.zh: 各城市（或某市、某省）在哪些环节有企业，当地的政策、园区与重点却都未提到？
// question.en: In which segments do cities (or one city or province) have firms that no policy, park or focus of theirs names?
// method.zh: 每地、每个环节一行，只比较有重点记载的地方。环节是企业出处直接写明的环节（不含根概念“人工智能”）；当地的重点提到它、它的下级或上级环节的不列。
//   重点取自该地本身、区县、园区、适用于它或由它发布的政策（FOCUSES_ON、PILLAR_INDUSTRY、USES_TECHNOLOGY）；省含其城市。“未见提及”只就所收来源而言，
//   措辞不同的技术（如芯片类技术）不视为同一环节。总部有矛盾的企业在其各地都计，列于 disputed。
// method.en: One row per place and segment; only places with a recorded focus are compared. The segment is the one that a source names of the firm (without the root 人工智能);
//   left out where a focus of the place names it, a narrower or a wider one. Focuses are the place's own and those of its districts, parks
//   and of policies that apply to it or that it issues (FOCUSES_ON, PILLAR_INDUSTRY, USES_TECHNOLOGY); provinces include their cities. That nothing names it holds for the
//   sources at hand only, and a technology is not the same as a segment. A firm with disputed headquarters counts in each of its places and is listed in disputed.
// parameter: city | text | | City | 只看此城市，默认各城市 | only this city; all cities by default
// parameter: province | text | | Province | 改看此省，与城市二选一 | this province, instead of cities
// choice: city, province
// parameter: least | integer | 2 | | 至少有几家企业 | at least so many firms
// parameter: source
// returns: place | 地方 | place
// returns: place_id | 地方 id | id of the place
// returns: segment | 有企业而未见提及的环节 | segment with firms that no focus names
// returns: id | 环节 id | id of the segment
// returns: n | 当地企业数 | number of firms there
// returns: companies | 当地企业（列表） | firms there (list)
// returns: disputed | 其中总部有矛盾的企业（列表） | those with disputed headquarters (list)
// returns: n_focus | 该地有记载的重点数 | number of focuses recorded for the place
// returns: sources | 企业经营该环节、位于该地的出处 | sources: that the firms work in the segment, and are in the place
// needs: OPERATES_IN, FOCUSES_ON
// example: city=杭州 least=1
// example: province=广东省
// empty.zh: 当地有企业的环节都见提及，或未见企业或重点的记载
// empty.en: each segment with firms is named by a focus, or no firms or no focus are recorded

MATCH (q)-[o:FOCUSES_ON|PILLAR_INDUSTRY|USES_TECHNOLOGY]->(x)
WHERE (q:City OR q:District OR q:Park OR q:Policy OR q:Province)
  AND x.id <> 'segment:人工智能'
  AND from_source(o.sources)
WITH q, collect(DISTINCT x.id) AS aims
// Who speaks for a place: itself, its districts and parks, their policies. A ministry that sits in a city does not.
MATCH way = (q)-[:PART_OF|LOCATED_IN|APPLIES_TO|ISSUED_BY*0..5]->(k:City|Province)
WHERE CASE WHEN $city = '' AND $province = '' THEN k:City ELSE k.id IN [$city, $province] END
  AND none(member IN nodes(way) WHERE member:Institution)
  AND way_from_source(relationships(way))
UNWIND aims AS aim
WITH k.id AS place_id, collect(DISTINCT aim) AS aims
CALL (place_id) {
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the place.
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(k:City|Province)
  WHERE k.id = place_id
    AND from_source(at.sources)
    AND way_from_source(up)
  // Relations go on as ids (the answer cites their sources).
  WITH c, k.name AS place, collect([at.sources, [step IN up | step.id]]) AS seats
  MATCH (c)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
  WHERE s.id <> 'segment:人工智能'
    AND from_source(f.sources)
  WITH place, c, seats, s, collect(f.sources) AS said
  OPTIONAL MATCH (c)-[h:LOCATED_IN]->(seat)-[hu:PART_OF|LOCATED_IN*0..4]->(hk:City)
  WHERE h.role = 'headquarters'
    AND from_source(h.sources)
    AND way_from_source(hu)
  WITH place, s, c.id AS firm, c.name AS name, [seats, said] AS parts, count(DISTINCT hk.id) > 1 AS in_doubt
  RETURN place, s, count(firm) AS n, collect(name) AS companies, collect(CASE WHEN in_doubt THEN name END) AS disputed, collect(parts) AS parts
}
WITH place_id, aims, place, s, n, companies, disputed, parts
WHERE n >= $least AND NOT s.id IN aims
  AND NOT EXISTS { MATCH (s)-[:PART_OF*1..3]->(wider:ChainSegment) WHERE wider.id IN aims }
  AND NOT EXISTS { MATCH (narrower)-[:PART_OF*1..3]->(s) WHERE narrower.id IN aims }
RETURN place, place_id, s.name AS segment, s.id AS id, n, companies, disputed, size(aims) AS n_focus, parts AS sources
ORDER BY n DESC, place, place_id, segment, id
