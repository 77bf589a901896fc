// name: technology-dependence
// theme: supply
// title.zh: 依赖某技术者
// title.en: What depends on a technology
// question.zh: 若缺少某技术或环节，哪些应用场景、领域、园区、城市等会受影响，它们还用什么？
// question.en: Without a technology or segment, which scenarios, fields, parks and cities would be affected, and what else do they use?
// method.zh: 列出来源写明使用它（USES_TECHNOLOGY）或以它为上游（UPSTREAM_OF）者，每个使用者、每个被用者一行；使用下级技术也算使用上级。
//   n_providers 为在被用者（含其下级）有记载的企业数，空为未见记载，不等于没有。others 是同一使用者还用的其他技术，来源并未写明可否替代。
// method.en: Those that sources state to use it (USES_TECHNOLOGY) or to have it upstream (UPSTREAM_OF); one row per user and thing used; who uses a narrower
//   technology uses the broader one. n_providers counts companies recorded in what is used or below it; null where none is recorded, which does not mean that
//   there is none. others are the other technologies of the same user; no source says whether they could replace it.
// parameter: segment | text | 计算机视觉 | ChainSegment | 环节 | segment
// parameter: technology | text | | Technology | 技术 | technology
// choice: segment, technology
// parameter: source
// returns: asked | 所问的技术或环节 | the technology or segment asked for
// returns: label | 使用者的标签 | label of the user
// returns: name | 使用者 | user
// returns: id | 使用者 id | id of the user
// returns: relation | 关系类型（列表） | relation types (list)
// returns: used | 来源所写的被用者 | what the source says is used
// returns: belongs_to | 使用者所属的环节、领域或行业（列表） | segments, fields or industries that the user is a part of (list)
// returns: n_others | 使用者还用的其他技术数，空为未见记载 | number of other technologies of the user; null where not recorded
// returns: others | 其他技术（列表） | the other technologies (list)
// returns: n_providers | 在被用者有记载的企业数，空为未见记载 | companies recorded in what is used; null where not recorded
// returns: sources | 使用关系的出处 | sources of the use
// returns: sources_others | 其他技术、所属与企业的出处 | sources of the other technologies, of what the user belongs to, and of the companies
// codes: label | @label
// codes: relation | @relation
// needs: USES_TECHNOLOGY
// example: technology=深度学习
// example: segment=智能传感器
// empty.zh: 未见使用它的记载
// empty.en: nothing is recorded to use it

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (named)-[pu:PART_OF*0..3]->(asked:ChainSegment|Technology)
WHERE asked.id IN [$segment, $technology]
  AND way_from_source(pu)
WITH asked.name AS asked, named, [step IN pu | step.id] AS steps
// USES_TECHNOLOGY ends at what is used, UPSTREAM_OF starts there.
MATCH (named)-[r:USES_TECHNOLOGY|UPSTREAM_OF]-(q)
WHERE endNode(r).id = CASE WHEN type(r) = 'USES_TECHNOLOGY' THEN named.id ELSE q.id END
  AND from_source(r.sources)
WITH asked, named.id AS used_id, named.name AS used, q.id AS id, q.name AS name, head(labels(q)) AS label, collect(DISTINCT type(r)) AS relation,
  collect(r.sources) + collect({row: r.sources, steps: steps}) AS parts
CALL (used_id) {
  MATCH (low)-[lu:PART_OF*0..3]->(used:ChainSegment|Technology|ApplicationField|ApplicationScenario)
  WHERE used.id = used_id
    AND way_from_source(lu)
  WITH low, [step IN lu | step.id] AS steps
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(low)
  WHERE from_source(f.sources)
  RETURN count(DISTINCT c.id) AS n_providers, collect(f.sources) + collect({row: f.sources, steps: steps}) AS firm_parts
}
CALL (id, used_id) {
  MATCH (q:ApplicationScenario|ApplicationField|Park|City|Technology|ChainSegment|Industry)-[o:USES_TECHNOLOGY]->(x)
  WHERE q.id = id AND x.id <> used_id AND x.id <> 'segment:人工智能'
    AND from_source(o.sources)
  RETURN count(DISTINCT x.id) AS n_others, collect(DISTINCT x.name) AS others, collect(o.sources) AS other_parts
}
CALL (id) {
  MATCH (q:ApplicationScenario|ApplicationField|Technology|ChainSegment)-[p:PART_OF]->(x:ChainSegment|ApplicationField|Industry)
  WHERE q.id = id AND x.id <> 'segment:人工智能'
    AND from_source(p.sources)
  RETURN collect(DISTINCT x.name) AS belongs_to, collect(p.sources) AS place_parts
}
RETURN asked, label, name, id, relation, used, belongs_to, CASE WHEN n_others > 0 THEN n_others END AS n_others, others,
  CASE WHEN n_providers > 0 THEN n_providers END AS n_providers, parts AS sources, firm_parts + other_parts + place_parts AS sources_others
ORDER BY CASE label WHEN 'ApplicationScenario' THEN 0 WHEN 'ApplicationField' THEN 1 WHEN 'Park' THEN 2 WHEN 'City' THEN 3 ELSE 4 END, label, name, used, id, used_id
