// name: programme-members
// theme: places
// title.zh: 试点与专项的成员
// title.en: Members of programmes
// question.zh: 各试点、专项有哪些地方、园区或企业，何时获得？
// question.en: Which places, parks and companies belong to each programme, and since when?
// method.zh: 每个成员一行：来源写明获此称号的（DESIGNATED_AS），或写明属于它的（PART_OF，如智算中心、区域）。n 为该试点有记载的成员数（按 id 去重），不一定是全部成员。years 为空列表即来源未写年份。限定来源时，级别只在园区的全部出处都在所问来源之内时列出。
// method.en: One row per member: designated as a source says (DESIGNATED_AS), or part of the programme (PART_OF: compute centres, regions). n is the number
//   of distinct members recorded, which need not be all there are. years is empty where no source states one. With `source` the level is shown only where all sources of the park are asked for.
// parameter: programme | text | | Programme | 只看此试点或专项，默认各试点 | only this programme; all by default
// parameter: source
// returns: programme | 试点或专项 | programme
// returns: programme_id | 其 id | its id
// returns: n | 有记载的成员数 | members recorded
// returns: name | 成员 | member
// returns: id | 成员 id | id of the member
// returns: label | 成员的标签 | label of the member
// returns: level | 园区的级别，空为未见记载 | level of a park; null where not recorded
// returns: place | 成员所在的城市或国家（列表） | city or country of the member (list)
// returns: years | 来源写明的年份（列表） | years that sources state (list)
// returns: relation | 关系类型（列表） | relation types (list)
// returns: sources | 出处 | sources
// codes: label | @label
// codes: level | @level
// codes: relation | @relation
// needs: Programme
// example: programme=省级人工智能产业园
// example: programme=国家新一代人工智能开放创新平台
// empty.zh: 未见试点或专项的成员的记载
// empty.en: no member of a programme is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources). A programme that is part of another is no member.
MATCH (x:Company|Park|District|City|Province|Region|ComputeCenter)-[r:DESIGNATED_AS|PART_OF]->(m:Programme)
WHERE ($programme = '' OR m.id = $programme)
  AND from_source(r.sources)
WITH m, x, collect(DISTINCT type(r)) AS relation, collect(DISTINCT CASE type(r) WHEN 'DESIGNATED_AS' THEN r.year END) AS years,
  collect(r.sources) AS parts
OPTIONAL MATCH (x)-[up:PART_OF|LOCATED_IN*1..4]->(k:City)
WHERE way_from_source(up)
WITH m, x, relation, years, parts, k.name AS city, [step IN up | step.id] AS steps
WITH m, x, relation, years, parts, collect(DISTINCT city) AS place, collect(steps) AS place_parts
WITH m, x, relation, years, parts, place, place_parts, x:Park AND x.level IS NOT NULL AND only_from_source(x.sources) AS is_level
WITH m, count(DISTINCT x.id) AS n, collect({name: x.name, id: x.id, label: head(labels(x)), level: CASE WHEN is_level THEN x.level END,
  place: place, years: years, relation: relation, parts: parts + place_parts + CASE WHEN is_level THEN [x.sources] ELSE [] END}) AS found
UNWIND found AS one
RETURN m.name AS programme, m.id AS programme_id, n, one.name AS name, one.id AS id, one.label AS label, one.level AS level, one.place AS place,
  one.years AS years, one.relation AS relation, one.parts AS sources
ORDER BY n DESC, programme, programme_id, label, name, id
