// name: parks-by-kind
// theme: clusters
// title.zh: 各城市各类园区数
// title.en: Parks by city, kind and level
// question.zh: 各城市有多少园区，各属什么类别与级别？
// question.en: How many parks does each city have, of which kind and level?
// method.zh: 每个城市、类别、级别一行，园区按 id 去重计数；跨城市的园区在各城市都计入。类别或级别为空即来源未写明。只写明省的园区列在该省、城市为空。限定来源时，
//   类别与级别只在园区的全部出处都在所问来源之内时列出。
// method.en: One row per city, kind and level; distinct parks are counted, a park of two cities counts in both. Kind or level is null where no
//   source states it. Parks of which only the province is recorded have a null city. With `source` kind and level are shown only where all
//   sources of the park are asked for.
// parameter: city | text | | City | 只计此城市，默认各城市 | only this city; all by default
// parameter: province | text | | Province | 只计此省，默认各省 | only this province; all by default
// choice: city, province
// parameter: source
// returns: city | 城市，空为未见记载 | city; null where not recorded
// returns: id | 城市 id | id of the city
// returns: province | 省，直辖市与未见记载者为空 | province; null for cities directly under the country, and where not recorded
// returns: kind | 类别，空为未写明 | kind; null where not stated
// returns: level | 级别，空为未写明 | level; null where not stated
// returns: n | 园区数 | number of parks
// returns: parks | 园区名称（列表） | their names (list)
// returns: sources | 出处 | sources
// codes: kind | @park_kind
// codes: level | @level
// needs: Park
// example: province=浙江省
// example: city=北京市
// empty.zh: 未见园区的记载
// empty.en: no park is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (p:Park)
WHERE from_source(p.sources)
OPTIONAL MATCH (p)-[at:LOCATED_IN|PART_OF*1..4]->(k:City)
WHERE way_from_source(at)
WITH p, k, [step IN at | step.id] AS steps
WITH p, k, collect(steps) AS parts
OPTIONAL MATCH (k)-[ku:PART_OF]->(v:Province)
WHERE from_source(ku.sources) OR ku.method = 'code_table'
WITH p, k, parts, v.id AS of_city_id, v.name AS of_city
OPTIONAL MATCH (p)-[pu:LOCATED_IN|PART_OF*1..4]->(w:Province)
WHERE k IS NULL
  AND way_from_source(pu)
WITH p, k.id AS city_id, k.name AS city, coalesce(of_city_id, w.id) AS province_id, coalesce(of_city, w.name) AS province, parts,
  [step IN pu | step.id] AS steps, only_from_source(p.sources) AS is_sure
WHERE ($city = '' OR city_id = $city) AND ($province = '' OR province_id = $province)
WITH city_id, city, province_id, province, CASE WHEN is_sure THEN p.kind END AS kind, CASE WHEN is_sure THEN p.level END AS level,
  p.id AS park, p.name AS name, [p.sources, parts, steps] AS said
WITH city_id, city, province_id, province, kind, level, count(DISTINCT park) AS n, collect(DISTINCT name) AS parks, collect(said) AS parts
RETURN city, city_id AS id, province, kind, level, n, parks, parts AS sources
ORDER BY CASE WHEN city_id IS NULL THEN 1 ELSE 0 END, city, id, province, province_id,
  CASE WHEN kind IS NULL THEN 1 ELSE 0 END, n DESC, kind, CASE WHEN level IS NULL THEN 1 ELSE 0 END, level
