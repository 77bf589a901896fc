// name: focus-of-parks
// theme: clusters
// title.zh: 园区的布局重点排行
// title.en: What parks focus on most
// question.zh: 园区布局最多的重点是什么，有多少园区、多少城市写到？
// question.en: What do parks focus on most: how many parks and how many cities name each focus?
// method.zh: 园区与城市均按 id 去重计数；按来源所写的概念计，下级概念不计入上级。根概念“人工智能”几乎人人都写，不计。城市数只计有园区以此为重点的城市。
// method.en: Distinct parks and cities are counted. Focuses are those that sources name, narrower ones do not count for broader ones; the root
//   人工智能, which nearly every park names, is left out. A city counts if a park of it has the focus.
// parameter: least | integer | 1 | | 至少有这么多园区的重点 | focuses of at least so many parks
// parameter: source
// returns: focus | 布局重点 | focus
// returns: id | 重点的 id | its id
// returns: label | 重点的标签 | its label
// returns: n | 园区数 | number of parks
// returns: n_cities | 城市数 | number of cities
// returns: cities | 城市名称（列表） | their names (list)
// returns: parks | 园区名称（列表） | names of the parks (list)
// returns: sources | 出处 | sources
// codes: label | @label
// needs: Park, FOCUSES_ON
// example: least=3
// example: source=图表49,图表51
// empty.zh: 未见园区布局重点的记载
// empty.en: no focus of a park is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (p:Park)-[f:FOCUSES_ON]->(x)
WHERE x.id <> 'segment:人工智能'
  AND from_source(f.sources)
OPTIONAL MATCH (p)-[at:LOCATED_IN|PART_OF*1..4]->(k:City)
WHERE way_from_source(at)
WITH x, p.id AS park, p.name AS park_name, k.id AS city_id, k.name AS city, f.sources + [step IN at | step.id] AS located, f.sources AS said
WITH x, count(DISTINCT park) AS n, collect(DISTINCT park_name) AS parks, count(DISTINCT city_id) AS n_cities, collect(DISTINCT city) AS cities,
  collect(CASE WHEN city_id IS NULL THEN said ELSE located END) AS parts
WHERE n >= $least
RETURN x.name AS focus, x.id AS id, head(labels(x)) AS label, n, n_cities, cities, parks, parts AS sources
ORDER BY n DESC, n_cities DESC, focus, id
