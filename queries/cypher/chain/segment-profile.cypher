// name: segment-profile
// theme: chain
// title.zh: 环节概况
// title.en: Profile of a segment
// question.zh: 关于某个环节有哪些记载：企业、城市、园区、政策、上下游、应用场景、评价与指标？
// question.en: What is recorded about a segment: companies, cities, parks, policies, what is up- and downstream, scenarios, assessments and figures?
// method.zh: 每项一行，均按 id 去重。企业、城市、园区、政策、地方与使用者把下级概念计入上级环节；上下游、评价与指标只计写明该环节者。
//   n 为空即未见记载（state = not recorded），不等于没有。总部有矛盾的企业，其各城市都计入；评价写作“框架：方面：结论”。
// method.en: One row per measure, distinct ids are counted. For companies, cities, parks, policies, places and users narrower concepts count for the
//   broader segment; what is up- and downstream, assessments and figures only where they are stated of the segment itself. n is null where nothing is
//   recorded (see state), which does not mean that there is nothing. Every city of a company with disputed headquarters counts. Assessments read
//   framework：aspect：rating.
// parameter: segment | text | 计算机视觉 | ChainSegment | 环节名称或 id | name or id of the segment
// parameter: source
// returns: segment | 所问的环节 | the segment asked for
// returns: measure | 项目 | measure
// returns: name | 项目的中文名称 | measure in Chinese
// returns: n | 数目，空为未见记载 | count; null where not recorded
// returns: unit | 单位 | unit
// returns: state | 状态：recorded 有记载，not recorded 未见记载 | state: recorded, or not recorded
// returns: items | 所计的名称（列表） | names of what was counted (list)
// returns: sources | 出处；未见记载时为空列表 | sources; none where nothing is recorded
// codes: state | recorded = 有记载, not recorded = 未见记载
// needs: ChainSegment
// example: segment=智能芯片
// example: segment=智能机器人 source=图表5,图表43,图表44
// empty.zh: 未见该环节的记载
// empty.en: nothing is recorded of this segment

MATCH (asked:ChainSegment)
WHERE asked.id = $segment
WITH asked.id AS id, asked.name AS segment
// Each measure finds its things anew. Hubs go on as ids, and relations as ids too (the answer cites their sources).
CALL (id) {
  MATCH (s:ChainSegment)-[lu:PART_OF*1..3]->(l:ChainLayer)
  WHERE s.id = id
    AND way_from_source(lu)
  WITH l.id AS thing, l.name AS thing_name, [step IN lu | step.id] AS said
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) AS parts
  RETURN 1 AS position, 'layers' AS measure, '所属的层' AS name, '层' AS unit, n, items, parts
  UNION ALL
  MATCH (s:ChainSegment)-[lu:PART_OF*1..3]->(b:ChainSegment)
  WHERE s.id = id
    AND way_from_source(lu)
  WITH b.id AS thing, b.name AS thing_name, [step IN lu | step.id] AS said
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) AS parts
  RETURN 2 AS position, 'broader segments' AS measure, '上级环节' AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (b:ChainSegment)-[lu:PART_OF*1..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(lu)
  WITH b.id AS thing, b.name AS thing_name, [step IN lu | step.id] AS said
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) AS parts
  RETURN 3 AS position, 'narrower segments' AS measure, '下级环节' AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (b:Technology)-[lu:PART_OF*1..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(lu)
  WITH b.id AS thing, b.name AS thing_name, [step IN lu | step.id] AS said
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) AS parts
  RETURN 4 AS position, 'technologies in it' AS measure, '其中的技术' AS name, '项' AS unit, n, items, parts
  UNION ALL
  MATCH (b:ApplicationScenario|ApplicationField)-[lu:PART_OF*1..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(lu)
  WITH b.id AS thing, b.name AS thing_name, [step IN lu | step.id] AS said
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) AS parts
  RETURN 5 AS position, 'scenarios in it' AS measure, '其中的应用领域与场景' AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (named)-[pu:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(pu)
  WITH named, [step IN pu | step.id] AS steps
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(named)
  WHERE from_source(f.sources)
  WITH c.id AS thing, c.name AS thing_name, f.sources AS said, {row: f.sources, steps: steps} AS place
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) + collect(place) AS parts
  RETURN 6 AS position, 'firms' AS measure, '企业' AS name, '家' AS unit, n, items, parts
  UNION ALL
  MATCH (named)-[pu:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(pu)
  WITH named, [step IN pu | step.id] AS steps
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(named)
  WHERE from_source(f.sources)
  WITH c, f.sources AS said, {row: f.sources, steps: steps} AS place
  WITH c, collect(said) + collect(place) AS trade
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
  MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
  WHERE from_source(at.sources)
    AND way_from_source(cu)
  WITH k.id AS thing, k.name AS thing_name, trade, at.sources + [step IN cu | step.id] AS said
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) + collect(trade) AS parts
  RETURN 7 AS position, 'cities of these firms' AS measure, '这些企业的城市' AS name, '座' AS unit, n, items, parts
  UNION ALL
  MATCH (named)-[pu:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(pu)
  WITH named, [step IN pu | step.id] AS steps
  MATCH (q)-[f:PROVIDES]->(named)
  WHERE from_source(f.sources)
  WITH q.id AS thing, q.name AS thing_name, f.sources AS said, {row: f.sources, steps: steps} AS place
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) + collect(place) AS parts
  RETURN 8 AS position, 'providers' AS measure, '提供者' AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (aim)-[au:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(au)
  WITH aim, [step IN au | step.id] AS steps
  MATCH (q:Park)-[o:FOCUSES_ON]->(aim)
  WHERE from_source(o.sources)
  WITH q.id AS thing, q.name AS thing_name, o.sources AS said, {row: o.sources, steps: steps} AS place
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) + collect(place) AS parts
  RETURN 9 AS position, 'parks that focus on it' AS measure, '以之为重点的园区' AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (aim)-[au:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(au)
  WITH aim, [step IN au | step.id] AS steps
  MATCH (q:Policy)-[o:FOCUSES_ON]->(aim)
  WHERE from_source(o.sources)
  WITH q.id AS thing, q.name AS thing_name, o.sources AS said, {row: o.sources, steps: steps} AS place
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) + collect(place) AS parts
  RETURN 10 AS position, 'policies that focus on it' AS measure, '以之为重点的政策' AS name, '项' AS unit, n, items, parts
  UNION ALL
  MATCH (aim)-[au:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(au)
  WITH aim, [step IN au | step.id] AS steps
  MATCH (q:City|Province|Region|District|Country)-[o:FOCUSES_ON|PILLAR_INDUSTRY]->(aim)
  WHERE from_source(o.sources)
  WITH q.id AS thing, q.name AS thing_name, o.sources AS said, {row: o.sources, steps: steps} AS place
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) + collect(place) AS parts
  RETURN 11 AS position, 'places that focus on it' AS measure, '以之为重点的地方' AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (tool)-[au:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(au)
  WITH tool, [step IN au | step.id] AS steps
  MATCH (q)-[o:USES_TECHNOLOGY]->(tool)
  WHERE from_source(o.sources)
  WITH q:ApplicationScenario OR q:ApplicationField AS is_use, q.id AS thing, q.name AS thing_name, o.sources AS said, {row: o.sources, steps: steps} AS place
  WITH collect({is_use: is_use, id: thing, name: thing_name, parts: [said, place]}) AS found
  UNWIND [
    {position: 12, measure: 'scenarios and fields that use it', name: '使用它的应用场景与领域', is_use: true},
    {position: 13, measure: 'parks, cities and techniques that use it', name: '使用它的园区、城市与其他技术', is_use: false}
  ] AS row
  UNWIND CASE WHEN size([x IN found WHERE x.is_use = row.is_use]) = 0 THEN [null] ELSE [x IN found WHERE x.is_use = row.is_use] END AS one
  WITH row, count(DISTINCT one.id) AS n, collect(DISTINCT one.name) AS items, collect(one.parts) AS parts
  RETURN row.position AS position, row.measure AS measure, row.name AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (u)-[o:UPSTREAM_OF]->(s:ChainSegment)
  WHERE s.id = id
    AND from_source(o.sources)
  WITH count(DISTINCT u.id) AS n, collect(DISTINCT u.name) AS items, collect(o.sources) AS parts
  RETURN 14 AS position, 'upstream' AS measure, '来源写明的上游' AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (s:ChainSegment)-[o:UPSTREAM_OF]->(d)
  WHERE s.id = id
    AND from_source(o.sources)
  WITH count(DISTINCT d.id) AS n, collect(DISTINCT d.name) AS items, collect(o.sources) AS parts
  RETURN 15 AS position, 'downstream' AS measure, '来源写明的下游' AS name, '个' AS unit, n, items, parts
  UNION ALL
  MATCH (s:ChainSegment)-[o:ASSESSED]->(x:Assessment)
  WHERE s.id = id AND x.framework = '生命周期'
    AND from_source(o.sources)
  WITH count(DISTINCT x.id) AS n, collect(DISTINCT x.rating) AS items, collect(o.sources) AS parts
  RETURN 16 AS position, 'life cycle' AS measure, '生命周期' AS name, '条' AS unit, n, items, parts
  UNION ALL
  MATCH (s:ChainSegment)-[o:ASSESSED]->(x:Assessment)
  WHERE s.id = id AND (x.framework IS NULL OR x.framework <> '生命周期')
    AND from_source(o.sources)
  WITH x.id AS thing, o.sources AS said, CASE WHEN x.framework IS NULL THEN '' ELSE x.framework + '：' END + x.aspect
    + CASE WHEN x.rating IS NULL THEN '' ELSE '：' + x.rating END AS thing_name
  WITH count(DISTINCT thing) AS n, collect(DISTINCT thing_name) AS items, collect(said) AS parts
  RETURN 17 AS position, 'other assessments' AS measure, '其他评价' AS name, '条' AS unit, n, items, parts
  UNION ALL
  MATCH (s:ChainSegment)-[o:OBSERVED]->(x:Observation)
  WHERE s.id = id
    AND from_source(o.sources)
  WITH count(DISTINCT x.id) AS n, collect(DISTINCT x.name) AS items, collect(o.sources) AS parts
  RETURN 18 AS position, 'figures' AS measure, '指标值' AS name, '个' AS unit, n, items, parts
}
WITH id, segment, position, measure, name, unit, n, items, parts
RETURN segment, measure, name, CASE WHEN n > 0 THEN n END AS n, unit, CASE WHEN n > 0 THEN 'recorded' ELSE 'not recorded' END AS state, items,
  CASE WHEN n > 0 THEN parts ELSE [] END AS sources
ORDER BY segment, position, id
