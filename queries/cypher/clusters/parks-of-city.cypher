// name: parks-of-city
// theme: clusters
// title.zh: 城市的园区
// title.en: Parks of a city
// question.zh: 某城市有哪些园区，布局重点是什么？
// question.en: Which parks does a city have, and what do they focus on?
// method.zh: 位于该市区县或其他园区之内的园区也计入。
// method.en: Parks in a district of the city, or inside another park of it, count too.
// parameter: city | text | 杭州市 | City | 城市名称或 id | name or id of the city
// parameter: source
// returns: name | 园区名称 | park
// returns: id | 园区 id | id of the park
// returns: city | 城市 | city
// returns: district | 区县（列表） | districts (list)
// returns: kind | 类别，空为未见记载 | kind; null where not recorded
// returns: focus | 布局重点（列表） | what it focuses on (list)
// returns: sources | 出处 | sources
// codes: kind | @park_kind
// needs: Park, LOCATED_IN
// example: city=深圳
// example: city=天津市
// empty.zh: 未见该市园区的记载
// empty.en: no park is recorded in this city

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (p:Park)-[at:LOCATED_IN|PART_OF*1..4]->(k:City)
WHERE k.id = $city
  AND way_from_source(at)
WITH p, k.name AS city, p.sources + [step IN at | step.id] AS said
WITH p, city, collect(said) AS parts
OPTIONAL MATCH (p)-[du:LOCATED_IN|PART_OF*1..3]->(d:District)
WHERE way_from_source(du)
WITH p, city, parts, collect(DISTINCT d.name) AS district
OPTIONAL MATCH (p)-[f:FOCUSES_ON]->(x)
WHERE from_source(f.sources)
WITH p, city, parts, district, x.name AS focused, f.sources AS said
WITH p, city, parts, district, collect(DISTINCT focused) AS focus, collect(said) AS focus_parts
RETURN p.name AS name, p.id AS id, city, district, p.kind AS kind, focus, parts + focus_parts AS sources
ORDER BY name, id
