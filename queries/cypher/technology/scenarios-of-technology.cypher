// name: scenarios-of-technology
// theme: technology
// title.zh: 用到某技术的场景
// title.en: Scenarios that need a technology
// question.zh: 哪些应用场景用到某项技术或环节，成熟度如何？
// question.en: Which scenarios use a technology or segment, and how mature are they?
// method.zh: stated：来源写明场景使用该技术；narrower：使用其下级；through：使用的另一项技术据来源使用该技术。每个场景列一行，
//   几者皆有时列最直接的一种。
// method.en: stated: a source says that the scenario uses it. narrower: it uses something below it. through: it uses another technology
//   which, by a source, uses it. One row per scenario, with the most direct of these.
// parameter: segment | text | 计算机视觉 | ChainSegment | 环节 | segment
// parameter: technology | text | | Technology | 技术 | technology
// choice: segment, technology
// parameter: maturity | text | | ApplicationScenario.maturity | 只列此成熟度：成熟、新兴、未来 | only this maturity: 成熟, 新兴 or 未来
// parameter: source
// returns: asked | 所问的技术或环节 | the technology or segment asked for
// returns: name | 场景 | scenario
// returns: id | 场景 id | id of the scenario
// returns: label | 其标签 | its label
// returns: maturity | 成熟度，空为未见记载 | maturity; null where not recorded
// returns: basis | 依据：stated、narrower、through | basis: stated, narrower or through
// returns: used | 来源写明使用的技术（列表） | what the sources say is used (list)
// returns: field | 领域（列表） | its fields (list)
// returns: sources | 出处 | sources
// codes: label | @label
// codes: maturity | @maturity
// codes: basis | stated = 来源写明, narrower = 使用其下级, through = 经另一技术
// needs: USES_TECHNOLOGY
// example: segment=自然语言处理 maturity=成熟
// example: technology=深度学习
// empty.zh: 未见用到该技术的场景
// empty.en: no scenario is recorded that uses it

MATCH (t:ChainSegment|Technology)
WHERE t.id IN [$segment, $technology]
WITH t.id AS asked_id, t.name AS asked
CALL (asked_id) {
  MATCH (a:ChainSegment|Technology)-[up:PART_OF*0..3]->(t:ChainSegment|Technology)
  WHERE t.id = asked_id
    AND way_from_source(up)
  RETURN a.id AS used_id, CASE WHEN a.id = asked_id THEN 0 ELSE 1 END AS distance, [step IN up | step.id] AS steps
  UNION ALL
  MATCH (a:Technology|ChainSegment)-[v:USES_TECHNOLOGY]->(t:ChainSegment|Technology)
  WHERE t.id = asked_id
    AND from_source(v.sources)
  RETURN a.id AS used_id, 2 AS distance, [v.id] AS steps
}
WITH asked, used_id, distance, steps
MATCH (x:ApplicationScenario|ApplicationField)-[u:USES_TECHNOLOGY]->(a:ChainSegment|Technology)
WHERE a.id = used_id AND ($maturity = '' OR x.maturity = $maturity)
  AND from_source(u.sources)
WITH asked, x, min(distance) AS distance, collect(DISTINCT a.name) AS used, collect([u.sources, steps]) AS parts
OPTIONAL MATCH (x)-[p:PART_OF]->(f:ApplicationField|ChainSegment|Industry)
WHERE from_source(p.sources)
WITH asked, x, distance, used, parts, f.name AS field_name, p.sources AS said
WITH asked, x, distance, used, parts, collect(DISTINCT field_name) AS field, collect(said) AS field_parts
RETURN asked, x.name AS name, x.id AS id, head(labels(x)) AS label, x.maturity AS maturity,
  CASE distance WHEN 0 THEN 'stated' WHEN 1 THEN 'narrower' ELSE 'through' END AS basis, used, field, [x.sources, parts, field_parts] AS sources
ORDER BY CASE maturity WHEN '成熟' THEN 0 WHEN '新兴' THEN 1 WHEN '未来' THEN 2 ELSE 3 END, distance, name, id
