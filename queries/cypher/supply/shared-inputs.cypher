// name: shared-inputs
// theme: supply
// title.zh: 共用的技术投入
// title.en: Inputs that many share
// question.zh: 哪些技术和环节支撑最多的应用场景与领域，又有多少企业的记载？
// question.en: Which technologies and segments feed the most scenarios and fields, and how many companies are recorded for them?
// method.zh: 计入使用它（USES_TECHNOLOGY）或以它为上游（UPSTREAM_OF）的应用场景、领域、行业与环节，按 id 去重；使用下级技术也算使用上级。根概念“人工智能”
//   既不作为投入也不作为使用者。fields 为使用者本身或其所属的领域、行业与环节，看支撑面有多宽。providers 为空即未见企业的记载，不等于没有。
// method.en: Counted are distinct scenarios, fields, industries and segments that use it (USES_TECHNOLOGY) or have it upstream (UPSTREAM_OF); who uses a narrower
//   technology uses the broader one. The root 人工智能 is neither an input nor a user. fields are the fields, industries and segments that the users are, or are
//   a part of: how broad it is. n_providers is null where no company is recorded, which does not mean that there is none.
// parameter: least | integer | 3 | | 使用者至少几个 | at least so many users
// parameter: source
// returns: name | 技术或环节 | technology or segment
// returns: id | 其 id | its id
// returns: label | 其标签 | its label
// returns: n | 使用者数 | number of users
// returns: n_scenarios | 其中应用场景数，空为未见记载 | scenarios among them; null where not recorded
// returns: n_fields | 涉及的领域、行业与环节数，空为未见记载 | fields, industries and segments concerned; null where not recorded
// returns: fields | 这些领域、行业与环节（列表） | these fields, industries and segments (list)
// returns: n_providers | 有记载的企业数，空为未见记载 | recorded companies; null where not recorded
// returns: users | 使用者（列表） | the users (list)
// returns: sources | 使用关系的出处 | sources of the use
// returns: sources_other | 使用者所属与企业的出处 | sources of what the users belong to, and of the companies
// codes: label | @label
// needs: USES_TECHNOLOGY
// example: least=10
// empty.zh: 未见使用者达到此数的技术
// empty.en: no technology with so many users is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (named)-[pu:PART_OF*0..3]->(t:ChainSegment|Technology)
WHERE t.id <> 'segment:人工智能'
  AND way_from_source(pu)
WITH t.id AS id, t.name AS name, head(labels(t)) AS label, named, [step IN pu | step.id] AS steps
// USES_TECHNOLOGY ends at what is used, UPSTREAM_OF starts there.
MATCH (named)-[r:USES_TECHNOLOGY|UPSTREAM_OF]-(q:ApplicationScenario|ApplicationField|Industry|ChainSegment)
WHERE endNode(r).id = CASE WHEN type(r) = 'USES_TECHNOLOGY' THEN named.id ELSE q.id END AND q.id <> 'segment:人工智能' AND q.id <> id
  AND from_source(r.sources)
WITH id, name, label, collect(DISTINCT q.id) AS user_ids, collect(DISTINCT q.name) AS users,
  count(DISTINCT CASE WHEN q:ApplicationScenario THEN q.id END) AS n_scenarios, collect(r.sources) + collect({row: r.sources, steps: steps}) AS parts
WHERE size(user_ids) >= $least
CALL (user_ids) {
  MATCH (q:ApplicationScenario|ApplicationField|Industry|ChainSegment)-[up:PART_OF*0..1]->(x:ApplicationField|Industry|ChainSegment)
  WHERE q.id IN user_ids AND x.id <> 'segment:人工智能'
    AND way_from_source(up)
  RETURN count(DISTINCT x.id) AS n_fields, collect(DISTINCT x.name) AS fields, collect([step IN up | step.id]) AS field_parts
}
CALL (id) {
  MATCH (low)-[lu:PART_OF*0..3]->(t:ChainSegment|Technology)
  WHERE t.id = id
    AND way_from_source(lu)
  WITH low, [step IN lu | step.id] AS steps
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(low)
  WHERE from_source(f.sources)
  RETURN count(DISTINCT c.id) AS n_providers, collect(f.sources) + collect({row: f.sources, steps: steps}) AS firm_parts
}
RETURN name, id, label, size(user_ids) AS n, CASE WHEN n_scenarios > 0 THEN n_scenarios END AS n_scenarios,
  CASE WHEN n_fields > 0 THEN n_fields END AS n_fields, fields, CASE WHEN n_providers > 0 THEN n_providers END AS n_providers, users,
  parts AS sources, field_parts + firm_parts AS sources_other
ORDER BY n DESC, coalesce(n_fields, 0) DESC, name, id
