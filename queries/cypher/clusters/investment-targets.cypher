// name: investment-targets
// theme: clusters
// title.zh: 招商目标清单
// title.en: Investment targets
// question.zh: 某城市若要招引某环节的企业，外地有哪些企业可谈，本市有哪些园区、政策与算力可用？
// question.en: To attract firms of a segment to a city: which firms are recorded elsewhere, and which parks, policies and compute
//   centres can the city offer?
// method.zh: 只列有记载的事实，不打分、不排名。环节含其下级概念。firm：在该环节有记载、而未见位于该市的企业（elsewhere 在别处，unplaced 未见在哪个城市）；任一来源写明位于该市的企业不列。park：该市以该环节为重点的园区。policy：该市、其区县或园区（own），及其上级省、区域、国家
//   （above）以该环节为重点的政策。compute：位于该市，或与该市同省、同区域的智算中心；区域只计来源写明该市所属的区域。限定来源时，
//   企业自身的属性（融资阶段、成立年、上市）只在其全部出处都在所问来源之内时列出。
// method.en: Recorded facts only, no score and no rank. A segment includes the narrower ones. firm: recorded in the segment and not in the
//   city (elsewhere, or unplaced where no city is recorded); a firm that any source places in the city is left out. park: parks
//   of the city that focus on it. policy: policies that focus on it, of the city, its districts and parks (own), and of its
//   province, regions and country (above). compute: centres in the city, or in the same province or region, regions only where a source says that the city
//   belongs there. With `source` a firm's own properties (stage, year, listed) are shown only where all its sources are asked for.
// parameter: city | text | 杭州市 | City | 招商的城市 | the city that attracts
// parameter: segment | text | 智能机器人 | ChainSegment | 要招引的环节 | segment that it wants to attract
// parameter: source
// returns: kind | 类别 | kind of row
// returns: reason | 列入的理由 | why it is listed
// returns: name | 名称 | name
// returns: id | 编号 | id
// returns: link | 由何相关：环节、技术，或共同所在的地方（列表） | what links it: segments, technologies, or the place that both are in (list)
// returns: place | 所在、适用或发布的地方（列表），空列表为未见记载 | where it is, applies or is issued (list); empty where not recorded
// returns: stage | 企业的融资阶段，空为未见记载 | financing stage of a firm; null where not recorded
// returns: year | 企业成立年或政策发布年，空为未见记载 | year when a firm was founded or a policy issued; null where not recorded
// returns: listed | 来源是否写明企业已上市，空为未见记载 | whether a source calls the firm listed; null where not recorded
// returns: sources | 出处 | sources
// codes: kind | firm = 企业, park = 园区, policy = 政策, compute = 智算中心
// codes: reason | elsewhere = 在别处, unplaced = 未见在哪个城市, focus = 以此为重点, own = 本市政策, above = 上级政策, same city = 同城,
//   same province = 同省, same region = 同区域
// needs: ChainSegment
// example: city=深圳市 segment=计算机视觉
// example: city=北京市 segment=智能芯片 source=图表3,图表4,图表5
// empty.zh: 未见可列入的企业、园区、政策或智算中心的记载
// empty.en: no firm, park, policy or compute centre is recorded that could be listed

MATCH (k:City)
WHERE k.id = $city
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
CALL (k) {
  MATCH (x)-[su:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = $segment
    AND way_from_source(su)
  WITH k.id AS city_id, x, [step IN su | step.id] AS steps
  MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(x)
  WHERE from_source(r.sources)
  WITH city_id, c, collect(DISTINCT x.name) AS link, collect(r.sources + steps) AS parts
  OPTIONAL MATCH (home:City)-[hu:PART_OF*0..3]->(around)
  WHERE home.id = city_id
    AND way_from_source(hu)
  WITH city_id, c, link, parts, collect(DISTINCT around.id) AS around_ids
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
  OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(t:City)
  WHERE from_source(at.sources)
    AND way_from_source(cu)
  WITH city_id, c, link, parts, around_ids, t.id AS seat_id, t.name AS seat, at.sources + [step IN cu | step.id] AS said
  WITH city_id, c, link, parts, around_ids, collect(DISTINCT seat_id) AS seat_ids, collect(DISTINCT seat) AS cities, collect(said) AS seat_parts
  WHERE NOT city_id IN seat_ids
  OPTIONAL MATCH (c)-[at:LOCATED_IN]->(spot:Country|Province|Region)
  WHERE from_source(at.sources)
  // A firm of which only 中国 is recorded may well be in the city.
  WITH c, link, parts, cities, seat_parts, collect(DISTINCT spot.name) AS wide, collect(at.sources) AS wide_parts,
    count(DISTINCT CASE WHEN NOT spot.id IN around_ids THEN spot.id END) AS n_away, only_from_source(c.sources) AS is_sure
  RETURN 1 AS position, 0 AS near, 'firm' AS kind, CASE WHEN size(cities) > 0 OR n_away > 0 THEN 'elsewhere' ELSE 'unplaced' END AS reason,
    c.name AS name, c.id AS id, link, CASE WHEN size(cities) > 0 THEN cities ELSE wide END AS place,
    CASE WHEN is_sure THEN c.financing_stage END AS stage, CASE WHEN is_sure THEN c.founded_year END AS year,
    CASE WHEN is_sure THEN c.listed END AS listed,
    parts + seat_parts + CASE WHEN size(cities) > 0 THEN [] ELSE wide_parts END + CASE WHEN is_sure THEN [c.sources] ELSE [] END AS said
  UNION ALL
  MATCH (p:Park)-[at:LOCATED_IN|PART_OF*1..4]->(k)
  WHERE way_from_source(at)
  WITH p, k.name AS city, [step IN at | step.id] AS said
  WITH p, city, collect(said) AS parts
  MATCH (p)-[f:FOCUSES_ON]->(x)-[su:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = $segment
    AND from_source(f.sources)
    AND way_from_source(su)
  WITH p, city, parts, x.name AS focused, f.sources + [step IN su | step.id] AS said
  WITH p, city, parts, collect(DISTINCT focused) AS link, collect(said) AS focus_parts
  RETURN 2 AS position, 0 AS near, 'park' AS kind, 'focus' AS reason, p.name AS name, p.id AS id, link, [city] AS place, null AS stage,
    null AS year, null AS listed, parts + focus_parts AS said
  UNION ALL
  // A ministry sits in a city, but its policies are not that city's: institutions are no owners here.
  MATCH (x)-[su:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = $segment
    AND way_from_source(su)
  WITH k, x, [step IN su | step.id] AS steps
  MATCH (d:Policy)-[f:FOCUSES_ON]->(x)
  WHERE from_source(f.sources)
  WITH k, d, collect(DISTINCT x.name) AS link, collect(f.sources + steps) AS parts
  MATCH (d)-[r:APPLIES_TO|ISSUED_BY]->(owner)
  WHERE NOT owner:Institution
    AND from_source(r.sources)
  CALL (k, owner) {
    MATCH (owner)-[up:PART_OF|LOCATED_IN*0..4]->(t:City)
    WHERE t.id = k.id
      AND way_from_source(up)
    RETURN 0 AS near, [step IN up | step.id] AS way
    UNION ALL
    MATCH (k)-[up:PART_OF*1..3]->(t)
    WHERE t.id = owner.id
      AND way_from_source(up)
    RETURN 1 AS near, [step IN up | step.id] AS way
  }
  WITH d, link, parts, near, owner.name AS owner_name, r.sources + way AS said
  WITH d, link, parts, min(near) AS nearest, collect(DISTINCT owner_name) AS place,
    collect(said) AS owner_parts
  WITH d, link, parts, nearest, place, owner_parts, only_from_source(d.sources) AS is_sure
  RETURN 3 AS position, nearest AS near, 'policy' AS kind, CASE nearest WHEN 0 THEN 'own' ELSE 'above' END AS reason, d.name AS name,
    d.id AS id, link, place, null AS stage, CASE WHEN is_sure THEN d.issued_year END AS year, null AS listed,
    parts + owner_parts + CASE WHEN is_sure THEN [d.sources] ELSE [] END AS said
  UNION ALL
  MATCH (k)-[ku:PART_OF*0..1]->(t:City|Province|Region)
  WHERE way_from_source(ku)
  WITH t, [step IN ku | step.id] AS steps
  MATCH (c:ComputeCenter)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..5]->(t)
  WHERE from_source(at.sources)
    AND way_from_source(cu)
  WITH c, t.name AS shared, CASE WHEN t:City THEN 0 WHEN t:Province THEN 1 ELSE 2 END AS near, spot.name AS seat,
    steps + at.sources + [step IN cu | step.id] AS said
  WITH c.id AS id, c.name AS name, min(near) AS near, collect({near: near, shared: shared}) AS all_shared, collect(DISTINCT seat) AS place,
    collect(said) AS parts
  RETURN 4 AS position, near, 'compute' AS kind,
    CASE near WHEN 0 THEN 'same city' WHEN 1 THEN 'same province' ELSE 'same region' END AS reason, name, id,
    [x IN all_shared WHERE x.near = near | x.shared] AS link, place, null AS stage, null AS year, null AS listed, parts AS said
}
WITH position, near, kind, reason, name, id, link, place, stage, year, listed, said
UNWIND CASE WHEN size(link) = 0 THEN [null] ELSE link END AS linked
WITH position, near, kind, reason, name, id, collect(DISTINCT linked) AS link, place, stage, year, listed, said
RETURN kind, reason, name, id, link, place, stage, year, listed, said AS sources
ORDER BY position, near, reason, name, id
