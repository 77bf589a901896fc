// name: field-profile
// theme: technology
// title.zh: 应用领域概况
// title.en: Profile of an application field
// question.zh: 某应用领域有哪些场景、技术、企业，哪些政策、园区和地方以它为重点？
// question.en: Which scenarios, technologies and companies does a field have, and which policies, parks and places focus on it?
// method.zh: 每类一行；领域的下级（细分领域、环节、场景）计入该领域。技术为其场景与细分领域所使用的技术，人工智能总类不计。
//   未见记载的数目为空，不等于没有。
// method.en: One row per kind; what is below the field (narrower fields, segments, scenarios) counts for it. Technologies are those that its
//   scenarios and narrower fields use, without the root 人工智能. A count of which nothing is recorded is null, not none.
// parameter: field | text | 智能医疗 | ApplicationField,ChainSegment,Industry | 应用领域、环节或行业 | field of application, segment or industry
// parameter: source
// returns: field | 所问的领域 | the field asked for
// returns: id | 领域 id | id of the field
// returns: measure | 类别 | kind
// returns: n | 数目，空为未见记载 | count; null where not recorded
// returns: state | 状态：recorded、not recorded | state: recorded, or not recorded
// returns: items | 名称（列表） | names (list)
// returns: sources | 出处；未见记载为空列表 | sources; none where not recorded
// codes: measure | narrower fields = 细分领域与环节, mature scenarios = 成熟场景, emerging scenarios = 新兴场景, future scenarios = 未来场景,
//   scenarios of unknown maturity = 成熟度未见记载的场景, technologies = 所用技术, firms = 企业, policies = 以其为重点的政策,
//   parks = 以其为重点的园区, places = 以其为重点或支柱的地方
// codes: state | recorded = 有记载, not recorded = 未见记载
// example: field=智能交通
// example: field=智慧城市
// example: field=制造业
// empty.zh: 未见该领域的记载
// empty.en: nothing is recorded of this field

MATCH (f:ApplicationField|ChainSegment|Industry)
WHERE f.id = $field
WITH f.id AS field_id, f.name AS field
CALL (field_id) {
  MATCH (x)-[up:PART_OF*1..3]->(f:ApplicationField|ChainSegment|Industry)
  WHERE f.id = field_id AND (x:ApplicationField OR x:ChainSegment OR x:Technology)
    AND way_from_source(up)
  RETURN 1 AS position, x.id AS thing, x.name AS name, [step IN up | step.id] AS said
  UNION ALL
  MATCH (x:ApplicationScenario)-[up:PART_OF*1..3]->(f:ApplicationField|ChainSegment|Industry)
  WHERE f.id = field_id
    AND way_from_source(up)
  RETURN CASE x.maturity WHEN '成熟' THEN 2 WHEN '新兴' THEN 3 WHEN '未来' THEN 4 ELSE 5 END AS position, x.id AS thing, x.name AS name,
    x.sources + [step IN up | step.id] AS said
  UNION ALL
  MATCH (x)-[up:PART_OF*0..3]->(f:ApplicationField|ChainSegment|Industry)
  WHERE f.id = field_id
    AND way_from_source(up)
  WITH x, [step IN up | step.id] AS steps
  MATCH (x)-[u:USES_TECHNOLOGY]->(t)
  WHERE t.id <> 'segment:人工智能'
    AND from_source(u.sources)
  RETURN 6 AS position, t.id AS thing, t.name AS name, u.sources + steps AS said
  UNION ALL
  MATCH (x)-[up:PART_OF*0..3]->(f:ApplicationField|ChainSegment|Industry)
  WHERE f.id = field_id
    AND way_from_source(up)
  WITH x, [step IN up | step.id] AS steps
  MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(x)
  WHERE from_source(r.sources)
  RETURN 7 AS position, c.id AS thing, c.name AS name, [r.sources, {row: r.sources, steps: steps}] AS said
  UNION ALL
  MATCH (x)-[up:PART_OF*0..3]->(f:ApplicationField|ChainSegment|Industry)
  WHERE f.id = field_id
    AND way_from_source(up)
  WITH x, [step IN up | step.id] AS steps
  MATCH (q)-[o:FOCUSES_ON|PILLAR_INDUSTRY]->(x)
  WHERE from_source(o.sources)
  RETURN CASE WHEN q:Policy THEN 8 WHEN q:Park THEN 9 ELSE 10 END AS position, q.id AS thing, q.name AS name, o.sources + steps AS said
  UNION ALL
  UNWIND range(1, 10) AS place
  RETURN place AS position, null AS thing, null AS name, null AS said
}
WITH field, field_id, position, count(DISTINCT thing) AS n, collect(DISTINCT name) AS items, collect(said) AS parts
RETURN field, field_id AS id,
  CASE position WHEN 1 THEN 'narrower fields' WHEN 2 THEN 'mature scenarios' WHEN 3 THEN 'emerging scenarios'
    WHEN 4 THEN 'future scenarios' WHEN 5 THEN 'scenarios of unknown maturity' WHEN 6 THEN 'technologies' WHEN 7 THEN 'firms'
    WHEN 8 THEN 'policies' WHEN 9 THEN 'parks' ELSE 'places' END AS measure,
  CASE WHEN n > 0 THEN n END AS n, CASE WHEN n > 0 THEN 'recorded' ELSE 'not recorded' END AS state, items, parts AS sources
ORDER BY position, id
