// name: chain-path
// theme: chain
// title.zh: 产业链上的路径
// title.en: Way along the chain
// question.zh: 某环节、技术或层经由哪些写明的关系到达另一环节、领域或应用场景？
// question.en: By which stated relations does a segment, technology or layer reach another segment, field or scenario?
// method.zh: 沿供给的方向走：由上游到下游（UPSTREAM_OF）、由技术到使用者（USES_TECHNOLOGY，箭头相反）、在整体与部分之间（PART_OF，双向；但不由
//   部分经整体到另一部分，因为同属一层不等于有供给关系）。列出步数最少的各条路，每步一行，至多 steps 步。几步连起来并无来源写明整条路。
// method.en: Ways in the direction of supply: from upstream to downstream (UPSTREAM_OF), from a technology to its user (USES_TECHNOLOGY, against the arrow), and
//   between whole and part (PART_OF, both ways, but not from part by way of the whole to another part: to be of one layer is not to supply). The
//   ways with the fewest steps are listed, one row per step, at most `steps` of them. No source states a whole way of several steps.
// parameter: segment | text | 智能芯片 | ChainSegment,Technology,ChainLayer | 起点：环节、技术或层 | start: segment, technology or layer
// parameter: other | text | 医疗 | ChainSegment,Technology,ChainLayer,ApplicationField,ApplicationScenario,Industry | 终点：环节、技术、层、领域、场景或行业
//   | end: segment, technology, layer, field, scenario or industry
// parameter: steps | integer | 4 | | 至多几步，最多 4 | at most so many steps, up to 4
// parameter: source
// returns: way | 整条路 | the whole way
// returns: step | 第几步 | step
// returns: name | 由 | from
// returns: id | 其 id | its id
// returns: relation | 关系类型 | relation type
// returns: direction | 方向：out 顺着关系，in 逆着关系 | direction: out (along the relation), in (against it)
// returns: other | 到 | to
// returns: other_id | 其 id | its id
// returns: sources | 该步的出处 | sources of the step
// codes: relation | @relation
// codes: direction | out = 顺着关系, in = 逆着关系
// needs: ChainSegment
// example: segment=芯片 other=金融
// example: segment=智能芯片 other=量化交易
// example: segment=物联网 other=智能交通 steps=3
// empty.zh: 未见这些步数之内写明的路
// empty.en: no stated way of so few steps is recorded

MATCH way = (a:ChainSegment|Technology|ChainLayer)-[steps:UPSTREAM_OF|USES_TECHNOLOGY|PART_OF*1..4]-(b:ChainSegment|Technology|ChainLayer|ApplicationField|ApplicationScenario|Industry)
WHERE a.id = $segment AND b.id = $other AND size(steps) <= $steps
  AND way_from_source(steps)
// Each step as it is gone: along its relation or against it.
WITH [i IN range(0, size(steps) - 1) | {from_id: nodes(way)[i].id, name: nodes(way)[i].name, to_id: nodes(way)[i + 1].id, other: nodes(way)[i + 1].name,
    kind: type(steps[i]), id: steps[i].id, direction: CASE WHEN startNode(steps[i]).id = nodes(way)[i].id THEN 'out' ELSE 'in' END}] AS gone
WHERE all(one IN gone WHERE one.kind = 'PART_OF' OR one.direction = CASE one.kind WHEN 'UPSTREAM_OF' THEN 'out' ELSE 'in' END)
  AND none(i IN range(1, size(gone) - 1) WHERE gone[i].kind = 'PART_OF' AND gone[i].direction = 'in'
    AND gone[i - 1].kind = 'PART_OF' AND gone[i - 1].direction = 'out')
WITH size(gone) AS length, collect(gone) AS found
ORDER BY length
LIMIT 1
UNWIND found AS gone
WITH gone, reduce(told = gone[0].name, one IN gone | told + ' → ' + one.other) AS way, reduce(told = gone[0].from_id, one IN gone | told + ' ' + one.to_id) AS way_ids
UNWIND range(0, size(gone) - 1) AS i
WITH way, way_ids, i + 1 AS step, gone[i] AS one
RETURN way, step, one.name AS name, one.from_id AS id, one.kind AS relation, one.direction AS direction, one.other AS other, one.to_id AS other_id, [one.id] AS sources
ORDER BY way, way_ids, step, id, relation
