// name: scenarios-by-maturity
// theme: technology
// title.zh: 各领域的场景成熟度
// title.en: Scenarios by field and maturity
// question.zh: 各领域的应用场景中，成熟、新兴、未来的各有多少？
// question.en: How many scenarios of each field are mature, emerging or still to come?
// method.zh: 场景按 id 去重，领域取来源写明的上级（应用领域、环节或行业）；也计入来源评定了成熟度的细分应用领域。
//   成熟度未见记载、领域未见记载的单列（空）；成熟度有矛盾的按图中采用的取值计数，列于 disputed。
// method.en: Distinct scenarios, by the field, segment or industry that a source states above them; narrower fields of which a source
//   rates the maturity count as well. What has no recorded maturity, or no field, has rows of its own (null). A scenario of
//   disputed maturity counts as the graph shows it, and is listed in disputed.
// parameter: field | text | | ApplicationField,ChainSegment,Industry | 只列此领域，默认各领域 | only this field; all by default
// parameter: maturity | text | | ApplicationScenario.maturity | 只列此成熟度：成熟、新兴、未来 | only this maturity: 成熟, 新兴 or 未来
// parameter: source
// returns: field | 领域，空为未见记载 | field; null where not recorded
// returns: id | 领域 id | id of the field
// returns: label | 领域的标签 | label of the field
// returns: maturity | 成熟度，空为未见记载 | maturity; null where not recorded
// returns: n | 场景数 | number of scenarios
// returns: scenarios | 场景（列表） | scenarios (list)
// returns: disputed | 其中成熟度有矛盾的场景（列表） | those of disputed maturity (list)
// returns: n_source_open | 其中成熟度可能出自所问来源以外的场景数 | those whose maturity may come from a source not asked for
// returns: sources | 出处 | sources
// codes: label | @label
// codes: maturity | @maturity
// needs: ApplicationScenario
// example: field=智能医疗
// example: maturity=未来
// empty.zh: 未见应用场景的记载
// empty.en: no scenario is recorded

MATCH (x:ApplicationScenario|ApplicationField)
WHERE (x:ApplicationScenario OR x.maturity IS NOT NULL) AND ($maturity = '' OR x.maturity = $maturity)
  AND from_source(x.sources)
// A contradiction stands between the asked sources only if two of its sides come from them.
OPTIONAL MATCH (x)-[:HAS_CONFLICT]->(d:Conflict)
WHERE d.property = 'maturity'
UNWIND CASE WHEN d IS NULL THEN [null] ELSE d.value_sources END AS side
WITH x, d.id AS conflict, split(side, ', ') AS said
WITH x, conflict, count(CASE WHEN said IS NOT NULL AND from_source(said) THEN 1 END) AS sides
WITH x, max(sides) > 1 AS in_doubt
OPTIONAL MATCH (x)-[p:PART_OF]->(f:ApplicationField|ChainSegment|Industry)
WHERE from_source(p.sources)
WITH x, in_doubt, f, p.sources AS said
WHERE $field = '' OR f.id = $field
WITH f.id AS id, f.name AS field, head(labels(f)) AS label, x.maturity AS maturity, x.id AS scenario, x.name AS name,
  CASE WHEN in_doubt THEN x.name END AS doubtful, [x.sources, said] AS parts,
  CASE WHEN x.maturity IS NOT NULL AND NOT only_from_source(x.sources) THEN x.id END AS is_open
WITH id, field, label, maturity, count(DISTINCT scenario) AS n, collect(DISTINCT name) AS scenarios,
  collect(DISTINCT doubtful) AS disputed, count(DISTINCT is_open) AS n_source_open, collect(parts) AS parts
RETURN field, id, label, maturity, n, scenarios, disputed, n_source_open, parts AS sources
ORDER BY CASE WHEN id IS NULL THEN 1 ELSE 0 END, field, id,
  CASE maturity WHEN '成熟' THEN 0 WHEN '新兴' THEN 1 WHEN '未来' THEN 2 ELSE 3 END, maturity
