// name: parks-by-focus
// theme: clusters
// title.zh: 按布局领域查园区
// title.en: Parks by focus
// question.zh: 哪些园区以某环节、技术或领域为布局重点，各重点有多少园区？
// question.en: Which parks focus on a segment, technology or field, and how many parks share each focus?
// method.zh: 每个重点、每个园区列一行，n 为同一重点的园区数（按 id 去重）；下级概念计入上级。不给出重点时列出全部。
// method.en: One row per focus and park; n is the number of distinct parks with this focus. Narrower concepts count for broader
//   ones. Without a focus all are listed.
// parameter: segment | text | | ChainSegment | 环节 | segment
// parameter: technology | text | | Technology | 技术 | technology
// parameter: field | text | | ApplicationField,Industry | 应用领域或行业 | field of application, or industry
// parameter: city | text | | City | 只列此城市的园区，默认不限 | only parks of this city; all by default
// parameter: source
// returns: focus | 布局重点 | focus
// returns: label | 重点的标签 | label of the focus
// returns: name | 园区名称 | park
// returns: id | 园区 id | id of the park
// returns: city | 园区所在城市（列表） | cities of the park (list)
// returns: text | 来源的措辞 | wording of the source
// returns: n | 以此为重点的园区数 | number of parks with this focus
// returns: sources | 出处 | sources
// codes: label | @label
// needs: Park, FOCUSES_ON
// example: segment=大数据
// example: field=生物医药 city=北京市
// example: source=图表49
// empty.zh: 未见以此为布局重点的园区的记载
// empty.en: no park is recorded with this focus

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (x:ChainSegment|Technology|ApplicationField|ApplicationScenario|Industry)-[xu:PART_OF*0..3]->(t)
WHERE CASE WHEN $segment = '' AND $technology = '' AND $field = '' THEN t.id = x.id
    ELSE t.id IN [$segment, $technology, $field] END
  AND way_from_source(xu)
WITH DISTINCT x
MATCH (p:Park)-[f:FOCUSES_ON]->(x)
WHERE from_source(f.sources)
WITH p, f.text AS text, f.sources AS said, x.id AS focus_id, x.name AS focus, head(labels(x)) AS label
OPTIONAL MATCH (p)-[at:LOCATED_IN|PART_OF*1..4]->(k:City)
WHERE way_from_source(at)
WITH p, text, said, focus_id, focus, label, k.id AS city_id, k.name AS city_name, [step IN at | step.id] AS steps
WITH p.id AS id, p.name AS name, text, said, focus_id, focus, label, collect(DISTINCT city_id) AS city_ids,
  collect(DISTINCT city_name) AS city, collect(steps) AS parts
WHERE $city = '' OR $city IN city_ids
WITH focus_id, focus, label, count(DISTINCT id) AS n,
  collect({id: id, name: name, city: city, text: text, sources: parts + [said]}) AS found
UNWIND found AS one
RETURN focus, label, one.name AS name, one.id AS id, one.city AS city, one.text AS text, n, one.sources AS sources
ORDER BY n DESC, focus, name, id, text
