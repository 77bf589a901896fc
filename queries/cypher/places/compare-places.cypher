// name: compare-places
// theme: places
// title.zh: 地方并列对比
// title.en: Places side by side
// question.zh: 几个城市、省或区域，各项记载与公布的指标并列起来怎样？
// question.en: How do several cities, provinces or regions compare, in what is recorded of them and in published figures?
// method.zh: 每项、每地一行。recorded 为图中记载的数目 n（按 id 去重，含下级；空即未见记载，不等于没有）；published 为来源公布的指标，只列至少两地都有的（指标与单位相同），
//   每个数一行，不合并、不换算；时间、口径不同的数不可直接相比。环节不含根概念“人工智能”，政策不含部委的政策。
// method.en: One row per measure and place. recorded: n counts distinct things in the graph, those of districts, cities and parks inside included; null
//   where nothing is recorded, which does not mean that there is nothing. published: figures that sources state, only those that at least two of the places have (same
//   indicator and unit), one row each, none merged or converted; those of another time or scope are not directly comparable. Segments
//   without the root 人工智能, policies without those of ministries.
// parameter: places | list | 深圳市,北京市 | City,Province,Region | 要对比的城市、省或区域 | cities, provinces or regions to compare
// parameter: source
// returns: kind | 种类：图中记载的数目，或来源公布的指标 | kind: counted in the graph, or a figure that a source states
// returns: measure | 所计之事，或指标 | what is counted, or the indicator
// returns: place | 地方 | place
// returns: id | 地方 id | id of the place
// returns: n | 图中记载的数目，空为未见记载 | count in the graph; null where nothing is recorded
// returns: value | 来源公布的数值，范围时为下限 | published value; of a range the lower end
// returns: unit | 单位 | unit
// returns: period | 时间，空为未写明 | time; null where not stated
// returns: scope | 口径，空为未写明 | scope; null where not stated
// returns: qualifier | 数值的限定（列表） | qualifiers of the value (list)
// returns: state | 状态 | state
// returns: sources | 出处；未见记载时为空列表 | sources; none where nothing is recorded
// blank: n, value, unit, period, scope
// codes: kind | recorded = 图中记载, published = 来源公布
// codes: measure | firms = 企业, segments = 环节, parks = 园区, policies = 政策, compute centres = 智算中心, programmes = 试点与称号,
//   institutions = 高校与机构
// codes: qualifier | @qualifier
// codes: state | recorded = 有记载, not recorded = 未见记载
// example: places=长三角,珠三角,京津冀
// example: places=深圳市,广州市 source=图表3,图表4,图表5
// empty.zh: 未见这些地方的记载
// empty.en: nothing is recorded of these places

MATCH (t:City|Province|Region)
WHERE t.id IN $places
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
CALL (t) {
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the place.
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  WITH count(DISTINCT c.id) AS n, collect(DISTINCT at.id) + collect(DISTINCT [step IN up | step.id]) AS parts
  RETURN 1 AS position, 'firms' AS measure, '家' AS unit, n, parts
  UNION ALL
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  WITH c, collect([at.id] + [step IN up | step.id]) AS seats
  MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
  WHERE s.id <> 'segment:人工智能'
    AND from_source(r.sources)
  WITH count(DISTINCT s.id) AS n, collect(r.id) + collect(seats) AS parts
  RETURN 2 AS position, 'segments' AS measure, '个' AS unit, n, parts
  UNION ALL
  MATCH (p:Park)-[at:LOCATED_IN|PART_OF*1..5]->(t)
  WHERE way_from_source(at)
  WITH count(DISTINCT p.id) AS n, collect(DISTINCT [step IN at | step.id]) AS parts
  RETURN 3 AS position, 'parks' AS measure, '个' AS unit, n, parts
  UNION ALL
  MATCH (d:Policy)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..5]->(t)
  WHERE NOT owner:Institution
    AND from_source(r.sources)
    AND way_from_source(up)
  WITH count(DISTINCT d.id) AS n, collect(DISTINCT r.id) + collect(DISTINCT [step IN up | step.id]) AS parts
  RETURN 4 AS position, 'policies' AS measure, '项' AS unit, n, parts
  UNION ALL
  MATCH (c:ComputeCenter)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  WITH count(DISTINCT c.id) AS n, collect(DISTINCT at.id) + collect(DISTINCT [step IN up | step.id]) AS parts
  RETURN 5 AS position, 'compute centres' AS measure, '个' AS unit, n, parts
  UNION ALL
  MATCH (m:Programme)<-[r:DESIGNATED_AS]-(spot:Park|District|City|Province|Region)-[up:PART_OF|LOCATED_IN*0..5]->(t)
  WHERE from_source(r.sources)
    AND way_from_source(up)
  WITH count(DISTINCT m.id) AS n, collect(DISTINCT r.id) + collect(DISTINCT [step IN up | step.id]) AS parts
  RETURN 6 AS position, 'programmes' AS measure, '个' AS unit, n, parts
  UNION ALL
  MATCH (c:University|Institution)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  WITH count(DISTINCT c.id) AS n, collect(DISTINCT at.id) + collect(DISTINCT [step IN up | step.id]) AS parts
  RETURN 7 AS position, 'institutions' AS measure, '个' AS unit, n, parts
}
WITH collect({kind: 'recorded', position: position, measure: measure, place: t.name, id: t.id, n: CASE WHEN n > 0 THEN n END,
  unit: unit, state: CASE WHEN n > 0 THEN 'recorded' ELSE 'not recorded' END, parts: parts}) AS counted
CALL (counted) {
  UNWIND counted AS one
  RETURN one.kind AS kind, one.position AS position, one.measure AS measure, one.place AS place, one.id AS id, one.n AS n, null AS value, one.unit AS unit,
    null AS period, null AS scope, null AS qualifier, one.state AS state, one.parts AS parts, '' AS figure
  UNION ALL
  MATCH (t:City|Province|Region)-[r:OBSERVED]->(o:Observation)
  WHERE t.id IN $places AND o.indicator IS NOT NULL AND o.value IS NOT NULL
    AND from_source(r.sources)
  WITH o.indicator AS measure, o.unit AS unit, collect({place: t.name, id: t.id, figure: o, said: r.sources}) AS found, count(DISTINCT t.id) AS n_places
  WHERE n_places > 1
  UNWIND found AS one
  WITH measure, unit, one.place AS place, one.id AS id, one.figure AS o, one.said AS said
  RETURN 'published' AS kind, 8 AS position, measure, place, id, null AS n, o.value AS value, unit, o.period AS period, o.scope AS scope,
    o.qualifier AS qualifier, 'recorded' AS state, said AS parts, o.id AS figure
}
WITH kind, position, measure, place, id, n, value, unit, period, scope, qualifier, state, parts, figure
RETURN kind, measure, place, id, n, value, unit, period, scope, qualifier, state, parts AS sources
ORDER BY position, measure, unit, place, period, value, figure, id
