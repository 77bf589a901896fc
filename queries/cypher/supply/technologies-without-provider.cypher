// name: technologies-without-provider
// theme: supply
// title.zh: 有应用而未见企业的技术
// title.en: Technologies in use without a recorded company
// question.zh: 应用场景和领域使用的哪些技术或环节，没有企业的记载？
// question.en: Which technologies and segments that scenarios and fields use have no recorded company?
// method.zh: 技术或环节（根概念“人工智能”除外）及其下级均未见提供、经营它的企业或其代表企业。未见记载不等于没有企业；限定来源时，只看所问来源中有无
//   企业的记载。//   broader 列出其上级，n_broader 为在上级有记载的企业数，这些企业可能也做这项技术，但来源没有写明。
// method.en: Neither in the technology or segment (without the root 人工智能) nor below it is a company recorded that provides it, works in it or represents it. Not recorded does
//   not mean that there is none; with `source` only the asked sources are searched for companies. broader lists what it is a part of, and n_broader the companies recorded there, which may well do it, though no
//   source says so.
// parameter: least | integer | 1 | | 使用者至少几个 | at least so many users
// parameter: source
// returns: name | 技术或环节 | technology or segment
// returns: id | 其 id | its id
// returns: label | 其标签 | its label
// returns: state | 企业的记载：not recorded | record of companies: not recorded
// returns: n | 使用它的应用场景与领域数 | number of scenarios and fields that use it
// returns: users | 使用者（列表） | the users (list)
// returns: broader | 其上级环节或技术（列表） | segments or technologies that it is a part of (list)
// returns: n_broader | 在上级有记载的企业数，空为未见记载 | companies recorded in these; null where not recorded
// returns: sources | 使用关系的出处 | sources of the use
// returns: sources_broader | 上级及其企业的出处 | sources of what it is a part of, and of the companies there
// codes: label | @label
// codes: state | not recorded = 未见记载
// needs: USES_TECHNOLOGY
// example: least=3
// empty.zh: 所用的技术都有企业的记载，或未见使用技术的记载
// empty.en: each technology in use has a recorded company, or no use is recorded

MATCH (q:ApplicationScenario|ApplicationField)-[r:USES_TECHNOLOGY]->(t:Technology|ChainSegment)
WHERE t.id <> 'segment:人工智能'
  AND from_source(r.sources)
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH t.id AS id, t.name AS name, head(labels(t)) AS label, count(DISTINCT q.id) AS n, collect(DISTINCT q.name) AS users, collect(r.sources) AS parts
WHERE n >= $least
CALL (id) {
  MATCH (low)-[lu:PART_OF*0..3]->(t:Technology|ChainSegment)
  WHERE t.id = id
    AND way_from_source(lu)
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(low)
  WHERE from_source(f.sources)
  RETURN count(c) AS n_firms
}
WITH id, name, label, n, users, parts, n_firms
WHERE n_firms = 0
CALL (id) {
  MATCH (t:Technology|ChainSegment)-[up:PART_OF*1..2]->(b:Technology|ChainSegment)
  WHERE t.id = id AND b.id <> 'segment:人工智能'
    AND way_from_source(up)
  WITH b, [step IN up | step.id] AS steps
  OPTIONAL MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(b)
  WHERE from_source(f.sources)
  RETURN collect(DISTINCT b.name) AS broader, count(DISTINCT c.id) AS n_broader, collect(steps) + collect(f.sources) AS broader_parts
}
RETURN name, id, label, 'not recorded' AS state, n, users, broader, CASE WHEN n_broader > 0 THEN n_broader END AS n_broader, parts AS sources,
  broader_parts AS sources_broader
ORDER BY n DESC, name, id
