// name: technology-tree
// theme: technology
// title.zh: 环节之下的技术树
// title.en: Technologies below a segment
// question.zh: 某环节之下有哪些下级环节和技术，各有多少企业和场景？
// question.en: Which segments and technologies stand below a segment, and how many companies and scenarios has each?
// method.zh: 依来源写明的上下级，level 为与所问环节相隔的最少级数，parent 为直接上级。企业与场景连同其下级一并计数；没有记载的为空，不等于没有。
// method.en: By what sources place below one another; level is the least number of steps from the segment asked for, parent what stands
//   directly above. Companies and scenarios count with all that is below; null where none is recorded, which is not none.
// parameter: segment | text | 人工智能 | ChainSegment | 环节 | segment
// parameter: steps | integer | 0 | | 最多几级，0 为不限（至多 4 级） | most levels; 0 for all (4 at most)
// parameter: source
// returns: asked | 所问的环节 | the segment asked for
// returns: level | 级数 | level
// returns: name | 环节或技术 | segment or technology
// returns: id | 其 id | its id
// returns: label | 其标签 | its label
// returns: parent | 直接上级（列表） | what stands directly above (list)
// returns: n | 企业数，空为未见记载 | companies; null where none is recorded
// returns: n_scenarios | 使用它的场景与领域数，空为未见记载 | scenarios and fields that use it; null where none is recorded
// returns: companies | 企业（列表） | companies (list)
// returns: scenarios | 使用它的场景与领域（列表） | scenarios and fields that use it (list)
// returns: sources | 上下级关系的出处 | sources of its place in the tree
// returns: sources_counted | 企业与场景的出处 | sources of the companies and scenarios
// codes: label | @label
// needs: ChainSegment, PART_OF
// example: segment=人工智能终端
// example: segment=机器学习 steps=1
// empty.zh: 未见该环节之下的环节或技术
// empty.en: nothing is recorded below this segment

MATCH (x:ChainSegment|Technology)-[up:PART_OF*1..4]->(t:ChainSegment)
WHERE t.id = $segment AND x.id <> t.id AND ($steps = 0 OR size(up) <= $steps)
  AND way_from_source(up)
WITH t.name AS asked, x.id AS id, size(up) AS length, [step IN up | step.id] AS steps
WITH asked, id, min(length) AS level, collect(steps) AS parts
CALL (id) {
  MATCH (low:ChainSegment|Technology)-[down:PART_OF*0..3]->(x:ChainSegment|Technology)
  WHERE x.id = id
    AND way_from_source(down)
  WITH low, [step IN down | step.id] AS steps
  OPTIONAL MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(low)
  WHERE from_source(r.sources)
  WITH low, steps, c.id AS firm, c.name AS firm_name, CASE WHEN c IS NOT NULL THEN [r.sources, {row: r.sources, steps: steps}] END AS said
  RETURN count(DISTINCT firm) AS n, collect(DISTINCT firm_name) AS companies, collect(said) AS firm_parts
}
CALL (id) {
  MATCH (low:ChainSegment|Technology)-[down:PART_OF*0..3]->(x:ChainSegment|Technology)
  WHERE x.id = id
    AND way_from_source(down)
  WITH low, [step IN down | step.id] AS steps
  OPTIONAL MATCH (y:ApplicationScenario|ApplicationField)-[u:USES_TECHNOLOGY]->(low)
  WHERE from_source(u.sources)
  WITH y.id AS scenario, y.name AS scenario_name, CASE WHEN y IS NOT NULL THEN u.sources + steps END AS said
  RETURN count(DISTINCT scenario) AS n_scenarios, collect(DISTINCT scenario_name) AS scenarios, collect(said) AS used
}
WITH asked, id, level, parts, n, companies, n_scenarios, scenarios, [firm_parts, used] AS counted
MATCH (x:ChainSegment|Technology)-[p:PART_OF]->(above:ChainSegment|Technology)
WHERE x.id = id
  AND from_source(p.sources)
WITH asked, id, x, level, parts, n, companies, n_scenarios, scenarios, counted, collect(DISTINCT above.name) AS parent, collect(p.sources) AS said
RETURN asked, level, x.name AS name, id, head(labels(x)) AS label, parent, CASE WHEN n > 0 THEN n END AS n,
  CASE WHEN n_scenarios > 0 THEN n_scenarios END AS n_scenarios, companies, scenarios, [parts, said] AS sources, counted AS sources_counted
ORDER BY level, name, id
