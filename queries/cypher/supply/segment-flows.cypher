// name: segment-flows
// theme: supply
// title.zh: 环节的上下游
// title.en: What flows into and out of a segment
// question.zh: 来源写明某环节、技术、层或应用领域的上下游有哪些，经由什么？
// question.en: What do sources state to be up- and downstream of a segment, technology, layer or field of application, and by way of what?
// method.zh: 只沿来源写明的上游关系（UPSTREAM_OF）走，至多 steps 步，不由层次推断（由层次推得的见 feeds-segment）。每条路列一行；同一对象可有几条路。
//   两步以上是把几处写明的关系连起来，并无来源写明整条路。路经根概念“人工智能”时照列，但不计其企业。
// method.en: Only stated UPSTREAM_OF is followed, at most `steps` of them; nothing is inferred from layers (for that see feeds-segment). One row per way;
//   the same thing may be reached by several. Ways of two and more steps join what is stated in several places; no source states the whole way.
//   Ways through the root 人工智能 are shown as stated, but its companies are not counted.
// parameter: segment | text | 智能芯片 | ChainSegment | 环节 | segment
// parameter: technology | text | | Technology | 技术 | technology
// parameter: layer | text | | ChainLayer | 层 | layer
// parameter: field | text | | ApplicationField,Industry | 应用领域或行业 | field of application, or industry
// choice: segment, technology, layer, field
// parameter: steps | integer | 3 | | 至多几步，最多 3 | at most so many steps, up to 3
// parameter: source
// returns: asked | 所问的对象 | the thing asked for
// returns: direction | 方向：upstream 上游，downstream 下游 | direction: upstream or downstream
// returns: step | 步数 | number of steps
// returns: name | 上下游的名称 | what is there
// returns: id | 其 id | its id
// returns: label | 其标签 | its label
// returns: way | 整条路，由上游到下游 | the whole way, from upstream to downstream
// returns: n | 在该对象（含下级）有记载的企业数，空为未见记载 | companies recorded in it or below it; null where not recorded
// returns: sources | 路上各步的出处 | sources of the steps of the way
// returns: sources_firms | 所计企业的出处 | sources of the companies counted
// codes: direction | upstream = 上游, downstream = 下游
// codes: label | @label
// needs: UPSTREAM_OF
// example: technology=自动驾驶
// example: field=金融 steps=2
// example: layer=技术层
// empty.zh: 未见写明的上下游
// empty.en: nothing is stated to be up- or downstream of it

MATCH (asked:ChainSegment|Technology|ChainLayer|ApplicationField|Industry)
WHERE asked.id IN [$segment, $technology, $layer, $field]
WITH asked.id AS asked_id, asked.name AS asked
CALL (asked_id) {
  MATCH (x:ChainSegment|Technology|ChainLayer|ApplicationField|Industry)-[steps:UPSTREAM_OF*1..3]->(t)
  WHERE t.id = asked_id AND x.id <> asked_id AND size(steps) <= $steps
    AND way_from_source(steps)
  RETURN 'upstream' AS direction, size(steps) AS step, x.id AS id, x.name AS name, head(labels(x)) AS label, [one IN steps | one.id] AS parts,
    reduce(told = x.name, one IN steps | told + ' → ' + endNode(one).name) AS way
  UNION ALL
  MATCH (t:ChainSegment|Technology|ChainLayer|ApplicationField|Industry)-[steps:UPSTREAM_OF*1..3]->(x)
  WHERE t.id = asked_id AND x.id <> asked_id AND size(steps) <= $steps
    AND way_from_source(steps)
  RETURN 'downstream' AS direction, size(steps) AS step, x.id AS id, x.name AS name, head(labels(x)) AS label, [one IN steps | one.id] AS parts,
    reduce(told = t.name, one IN steps | told + ' → ' + endNode(one).name) AS way
}
// Several ways may end in one thing, whose companies are counted once.
WITH id, collect({asked: asked, direction: direction, step: step, name: name, label: label, parts: parts, way: way}) AS ways
CALL (id) {
  MATCH (named)-[pu:PART_OF*0..3]->(x:ChainSegment|Technology|ChainLayer|ApplicationField|Industry)
  WHERE x.id = id
    AND way_from_source(pu)
  WITH named, [one IN pu | one.id] AS places
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(named)
  WHERE from_source(f.sources)
  RETURN count(DISTINCT c.id) AS n, collect(f.sources) + collect({row: f.sources, steps: places}) AS firm_parts
}
UNWIND ways AS found
RETURN found.asked AS asked, found.direction AS direction, found.step AS step, found.name AS name, id, found.label AS label, found.way AS way,
  CASE WHEN n > 0 AND id <> 'segment:人工智能' THEN n END AS n, found.parts AS sources, CASE WHEN id = 'segment:人工智能' THEN [] ELSE firm_parts END AS sources_firms
ORDER BY direction DESC, step, name, way, id
