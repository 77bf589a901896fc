// name: technologies-by-field
// theme: technology
// title.zh: 各领域所用的技术
// title.en: Technologies by field
// question.zh: 各应用领域的场景用到哪些技术，各有多少场景？
// question.en: Which technologies do the scenarios of each field use, and how many scenarios use each?
// method.zh: 每个领域、每项技术一行：n 为使用它的场景数，n_field 为该领域技术有记载的场景数。领域取来源写明的上级；下级技术不计入上级，
//   人工智能总类不计。场景没有写明技术的不计入 n_field，不等于不用技术。
// method.en: One row per field and technology: n scenarios that use it, n_field scenarios of the field of which any technology is recorded. The
//   field is the one that a source states; narrower technologies do not count for broader ones, and the root 人工智能 not at all.
// parameter: field | text | | ApplicationField,ChainSegment,Industry | 只列此领域，默认各领域 | only this field; all by default
// parameter: technology | text | | Technology,ChainSegment | 只列此技术，默认各项 | only this technology; all by default
// parameter: least | integer | 0 | | 至少有几个场景使用，0 为不限 | least number of scenarios; 0 for no limit
// parameter: source
// returns: field | 领域 | field
// returns: technology | 技术或环节 | technology or segment
// returns: id | 技术 id | id of the technology
// returns: label | 其标签 | its label
// returns: n | 使用它的场景数 | scenarios that use it
// returns: n_field | 该领域技术有记载的场景数 | scenarios of the field with a recorded technology
// returns: scenarios | 场景（列表） | scenarios (list)
// returns: sources | 出处 | sources
// codes: label | @label
// needs: ApplicationScenario, USES_TECHNOLOGY
// example: field=智能医疗
// example: technology=计算机视觉
// empty.zh: 未见场景使用技术的记载
// empty.en: no scenario is recorded with a technology

MATCH (x:ApplicationScenario|ApplicationField)-[p:PART_OF]->(f:ApplicationField|ChainSegment|Industry)
WHERE ($field = '' OR f.id = $field)
  AND from_source(p.sources)
WITH x, f.id AS field_id, f.name AS field, p.sources AS placed
MATCH (x)-[u:USES_TECHNOLOGY]->(t:Technology|ChainSegment)
WHERE t.id <> 'segment:人工智能'
  AND from_source(u.sources)
WITH field_id, field, collect({scenario: x.id, name: x.name, technology: t.id, shown: t.name, label: head(labels(t)), said: [placed, u.sources]}) AS uses
UNWIND uses AS one
WITH field_id, field, uses, one.scenario AS scenario
WITH field_id, field, uses, count(DISTINCT scenario) AS n_field
UNWIND uses AS one
WITH field_id, field, n_field, one.technology AS id, one.shown AS technology, one.label AS label, one.scenario AS scenario,
  one.name AS name, one.said AS said
WITH field_id, field, n_field, id, technology, label, count(DISTINCT scenario) AS n, collect(DISTINCT name) AS scenarios, collect(said) AS parts
WHERE n >= $least AND ($technology = '' OR id = $technology)
RETURN field, technology, id, label, n, n_field, scenarios, parts AS sources
ORDER BY field, field_id, n DESC, technology, id
