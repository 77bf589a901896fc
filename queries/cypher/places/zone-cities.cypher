// name: zone-cities
// theme: places
// title.zh: 先导区与试验区城市
// title.en: Pilot zones and test zones
// question.zh: 哪些地方是国家人工智能创新应用先导区或新一代人工智能创新发展试验区，哪些两者都是？
// question.en: Which places are pilot zones for AI applications or test zones for AI development, and which are both?
// method.zh: 每个地方一行，只计来源写明该地获此称号的；其区县获得的称号列在区县一行，不算城市本身的。state 为 all：所问的称号都有；some：来源只写了其中一部分。
// method.en: One row per place, only designations that a source states of the place itself; those of a district are the district's and do not count for its city.
//   state is all where the place has every programme asked for, some where sources state only part of them.
// parameter: programme | list | 国家人工智能创新应用先导区,国家新一代人工智能创新发展试验区 | Programme | 所问的称号 | programmes asked for
// parameter: source
// returns: place | 地方 | place
// returns: id | 地方 id | its id
// returns: label | 地方的标签 | its label
// returns: city | 所属城市（列表），城市即其本身 | city that it belongs to (list), of a city itself
// returns: state | 所问的称号是否都有 | whether it has all of the programmes
// returns: n | 称号数 | number of programmes
// returns: programmes | 称号（列表） | programmes (list)
// returns: years | 来源写明的年份（列表） | years that sources state (list)
// returns: sources | 出处 | sources
// codes: label | @label
// codes: state | all = 都有, some = 有其一部分
// needs: Programme, DESIGNATED_AS
// example: programme=国家人工智能创新应用先导区
// example: programme=国家人工智能创新应用先导区,综合性国家科学中心
// empty.zh: 未见获得所问称号的地方的记载
// empty.en: no place is recorded with these programmes

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (t:City|District|Province|Region|Park)-[r:DESIGNATED_AS]->(m:Programme)
WHERE m.id IN $programme
  AND from_source(r.sources)
WITH t, count(DISTINCT m.id) AS n, collect(DISTINCT m.name) AS programmes, collect(DISTINCT r.year) AS years, collect(r.sources) AS parts
OPTIONAL MATCH (t)-[up:PART_OF|LOCATED_IN*0..3]->(k:City)
WHERE way_from_source(up)
WITH t, n, programmes, years, parts, k.name AS city_name, [step IN up | step.id] AS steps
WITH t, n, programmes, years, parts, collect(DISTINCT city_name) AS city, collect(steps) AS city_parts
RETURN t.name AS place, t.id AS id, head(labels(t)) AS label, city, CASE WHEN n = size($programme) THEN 'all' ELSE 'some' END AS state, n,
  programmes, years, parts + city_parts AS sources
ORDER BY n DESC, CASE label WHEN 'City' THEN 0 ELSE 1 END, place, id
