// name: cluster-profile
// theme: places
// title.zh: 集群概况
// title.en: Profile of a cluster
// question.zh: 某城市、省或区域有多少企业、环节、园区、政策与智算中心的记载？
// question.en: How many companies, segments, parks, policies and compute centres are recorded for a city, province or region?
// method.zh: 每项指标一行，均按 id 去重；城市与区县经 PART_OF 归入省，区域只按来源写明的归属。环节数不含根概念“人工智能”。n 为空即未见记载
//   （state = not recorded），不等于没有。上市企业指有上市事件，或来源称其已上市；限定来源时，“已上市”只在该企业的全部出处都在所问来源之内时计入，
//   其余列为 listed firms, source open。
// method.en: One row per measure, distinct ids are counted. Districts and cities belong to their province by PART_OF, to a region
//   only where a source says so. Segments are counted without the root 人工智能. n is null where nothing is recorded (see state),
//   which does not mean that there is nothing. Listed firms have a listing, or a source calls them listed; with `source` the latter counts only where all
//   sources of the company are asked for, the others are in the row `listed firms, source open`.
// parameter: city | text | 深圳市 | City | 城市 | city
// parameter: province | text | | Province | 省，与城市、区域三选一 | province, instead of city or region
// parameter: region | text | | Region | 区域，与城市、省三选一 | region, instead of city or province
// choice: city, province, region
// parameter: source
// returns: place | 地方 | place
// returns: measure | 指标 | measure
// returns: name | 指标的中文名称 | measure in Chinese
// returns: n | 数目，空为未见记载 | count; null where not recorded
// returns: unit | 单位 | unit
// returns: state | 状态：recorded 有记载，not recorded 未见记载 | state: recorded, or not recorded
// returns: items | 所计的名称（列表） | names of what was counted (list)
// returns: sources | 出处；未见记载时为空列表 | sources; none where nothing is recorded
// codes: state | recorded = 有记载, not recorded = 未见记载
// example: city=杭州
// example: region=长三角
// example: province=浙江 source=图表49,图表51
// empty.zh: 未见该地方的记载
// empty.en: nothing is recorded of this place

MATCH (t)
WHERE (t:City OR t:Province OR t:Region) AND t.id IN [$city, $province, $region]
WITH t.id AS place_id, t.name AS place
// Each measure finds the companies of the place anew: a list of them, carried along, would be copied for every row. Hubs go on as
// ids, and relations as ids too (the answer cites their sources).
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the place.
CALL (place_id) {
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t:City|Province|Region)
  WHERE t.id = place_id
    AND from_source(at.sources)
    AND way_from_source(up)
  WITH c.id AS firm, c.name AS firm_name, at.sources + [step IN up | step.id] AS said
  WITH firm, firm_name, collect(said) AS seats
  WITH count(firm) AS n, collect(firm_name) AS items, collect(seats) AS parts
  RETURN 1 AS position, 'firms' AS measure, '企业' AS name, '家' AS unit, n, items, parts
  UNION ALL
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t:City|Province|Region)
  WHERE t.id = place_id
    AND from_source(at.sources)
    AND way_from_source(up)
  WITH DISTINCT c
  MATCH (c)-[h:LOCATED_IN]->(seat)-[hu:PART_OF|LOCATED_IN*0..4]->(k:City)
  WHERE h.role = 'headquarters'
    AND from_source(h.sources)
    AND way_from_source(hu)
  WITH c.id AS firm, c.name AS firm_name, k.id AS seat_city, h.sources + [step IN hu | step.id] AS said
  WITH firm, firm_name, count(DISTINCT seat_city) AS cities, collect(said) AS seats
  WHERE cities > 1
  WITH count(firm) AS n, collect(firm_name) AS items, collect(seats) AS parts
  RETURN 2 AS position, 'firms with disputed seat' AS measure, '其中总部所在地有矛盾的企业' AS name, '家' AS unit, n, items, parts
  UNION ALL
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t:City|Province|Region)
  WHERE t.id = place_id
    AND from_source(at.sources)
    AND way_from_source(up)
  WITH c, at.sources + [step IN up | step.id] AS said
  WITH c, collect(said) AS seats
  OPTIONAL MATCH (c)-[h:HAS_EVENT]->(v:Event)
  WHERE v.kind = 'listing'
    AND from_source(h.sources)
  WITH c, seats, h.sources AS said
  WITH c, seats, collect(said) AS listings
  // A node does not say where its own value comes from; only if all its sources are asked for, it surely comes from them.
  WITH c, seats, listings, c.listed = true OR c.financing_stage = '已上市' AS is_called,
    only_from_source(c.sources) AS is_sure
  WHERE size(listings) > 0 OR is_called
  WITH c.name AS firm_name, size(listings) > 0 OR is_sure AS counts,
    seats + CASE WHEN size(listings) > 0 THEN listings ELSE [c.sources] END AS parts
  WITH collect(CASE WHEN counts THEN firm_name END) AS sure, collect(CASE WHEN NOT counts THEN firm_name END) AS open,
    collect(CASE WHEN counts THEN parts END) AS sure_parts,
    collect(CASE WHEN NOT counts THEN parts END) AS open_parts
  UNWIND [
    {position: 3, measure: 'listed firms', name: '上市企业', items: sure, parts: sure_parts},
    {position: 4, measure: 'listed firms, source open', name: '上市企业（出处未分）', items: open, parts: open_parts}
  ] AS row
  WITH row
  WHERE row.position = 3 OR size(row.items) > 0
  RETURN row.position AS position, row.measure AS measure, row.name AS name, '家' AS unit, size(row.items) AS n,
    row.items AS items, row.parts AS parts
  UNION ALL
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t:City|Province|Region)
  WHERE t.id = place_id
    AND from_source(at.sources)
    AND way_from_source(up)
  WITH DISTINCT c
  MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
  WHERE s.id <> 'segment:人工智能'
    AND from_source(r.sources)
  WITH s.id AS named, s.name AS segment, r.sources AS said
  WITH count(DISTINCT named) AS n, collect(DISTINCT segment) AS items, collect(said) AS parts
  RETURN 5 AS position, 'segments' AS measure, '环节' AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (s)-[lu:PART_OF*0..3]->(l:ChainLayer)
  WHERE way_from_source(lu)
  WITH place_id, s, l.id AS layer_id, l.name AS layer, [step IN lu | step.id] AS steps
  MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s)
  WHERE from_source(r.sources)
  WITH place_id, c, layer_id, layer, r.sources AS said, {row: r.sources, steps: steps} AS step_said
  MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t:City|Province|Region)
  WHERE t.id = place_id
    AND from_source(at.sources)
    AND way_from_source(up)
  WITH layer_id, layer, said, step_said
  WITH count(DISTINCT layer_id) AS n, collect(DISTINCT layer) AS items, collect(said) + collect(step_said) AS parts
  RETURN 6 AS position, 'layers' AS measure, '产业链层' AS name, '层' AS unit, n, items, parts
  UNION ALL
  MATCH (d:Park)-[at:LOCATED_IN|PART_OF*1..5]->(t:City|Province|Region)
  WHERE t.id = place_id
    AND way_from_source(at)
  WITH d.id AS park, d.name AS park_name, [step IN at | step.id] AS said
  WITH count(DISTINCT park) AS n, collect(DISTINCT park_name) AS items, collect(said) AS parts
  RETURN 7 AS position, 'parks' AS measure, '园区' AS name, '个' AS unit, n, items, parts
  UNION ALL
  // A ministry sits in a city, but its policies are not that city's.
  MATCH (d:Policy)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..5]->(t:City|Province|Region)
  WHERE t.id = place_id AND NOT owner:Institution
    AND from_source(r.sources)
    AND way_from_source(up)
  WITH d.id AS policy, d.name AS policy_name, r.sources + [step IN up | step.id] AS said
  WITH count(DISTINCT policy) AS n, collect(DISTINCT policy_name) AS items, collect(said) AS parts
  RETURN 8 AS position, 'policies' AS measure, '政策' AS name, '项' AS unit, n, items, parts
  UNION ALL
  MATCH (d:ComputeCenter)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t:City|Province|Region)
  WHERE t.id = place_id
    AND from_source(at.sources)
    AND way_from_source(up)
  WITH d.id AS center, d.name AS center_name, at.sources + [step IN up | step.id] AS said
  WITH count(DISTINCT center) AS n, collect(DISTINCT center_name) AS items, collect(said) AS parts
  RETURN 9 AS position, 'compute centres' AS measure, '智算中心' AS name, '个' AS unit, n, items, parts
}
WITH place_id AS id, place, position, measure, name, unit, n, items, parts
RETURN place, measure, name, CASE WHEN n > 0 THEN n END AS n, unit,
  CASE WHEN n > 0 THEN 'recorded' ELSE 'not recorded' END AS state, items, CASE WHEN n > 0 THEN parts ELSE [] END AS sources
ORDER BY place, position, id
