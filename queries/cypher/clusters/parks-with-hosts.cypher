// name: parks-with-hosts
// theme: clusters
// title.zh: 园区内有什么
// title.en: What parks hold
// question.zh: 园区内有哪些企业、机构、智算中心与应用场景的记载？
// question.en: Which firms, institutions, compute centres and scenarios are recorded in parks?
// method.zh: 由 HOSTS（入驻）或 LOCATED_IN（位于）写明的都计入，同一对象只列一次；园内园区之物归入该园区，via 为写明的那个园区。限定来源时，机构的类别只在其全部出处都在所问来源之内时列出。n 为该园区同类对象数（按 id 去重）。
// method.en: Both HOSTS and LOCATED_IN count, one row per thing. What is in a park inside counts for the outer park too; via is the park that
//   the source names. With `source` the kind of an institution is shown only where all its sources are asked for. n is the number of distinct things of that label in the park.
// parameter: city | text | | City | 只列此城市的园区，默认不限 | only parks of this city; all by default
// parameter: park | text | | Park | 只列此园区，默认各园区 | only this park; all by default
// parameter: source
// returns: park | 园区 | park
// returns: park_id | 园区 id | its id
// returns: city | 所在城市（列表） | its cities (list)
// returns: label | 所有之物的标签 | label of what it holds
// returns: n | 该园区此类对象数 | how many of that label it holds
// returns: name | 名称 | name
// returns: id | 编号 | id
// returns: kind | 机构的类别，空为未见记载 | kind of an institution; null where not recorded
// returns: via | 来源写明的园区（列表） | parks that sources name (list)
// returns: sources | 出处 | sources
// codes: label | @label
// codes: kind | @institution_kind
// needs: Park
// example: city=杭州市
// example: park=苏州工业园区
// empty.zh: 未见园区内有企业、机构、智算中心或场景的记载
// empty.en: no firm, institution, compute centre or scenario is recorded in a park

// Hubs go on as ids, and relations as ids too (the answer cites their sources). LOCATED_IN ends at the park, HOSTS starts there.
MATCH (x:Company|University|Institution|ComputeCenter|ApplicationScenario|ApplicationField)-[at:LOCATED_IN|HOSTS]-(q:Park)
WHERE from_source(at.sources)
MATCH (q)-[up:PART_OF|LOCATED_IN*0..3]->(p:Park)
WHERE ($park = '' OR p.id = $park)
  AND way_from_source(up)
WITH p, x, q.name AS spot, at.sources + [step IN up | step.id] AS said
WITH p, x, collect(DISTINCT spot) AS via, collect(said) AS parts
OPTIONAL MATCH (p)-[pu:LOCATED_IN|PART_OF*1..4]->(k:City)
WHERE way_from_source(pu)
WITH p, x, via, parts, k.id AS city_id, k.name AS city_name, [step IN pu | step.id] AS steps
WITH p, x, via, parts, collect(DISTINCT city_id) AS city_ids, collect(DISTINCT city_name) AS city, collect(steps) AS city_parts
WHERE $city = '' OR $city IN city_ids
WITH p, x, via, parts, city, city_parts, only_from_source(x.sources) AS is_sure
WITH p, city, head(labels(x)) AS label, count(DISTINCT x.id) AS n,
  collect({name: x.name, id: x.id, kind: CASE WHEN x:Institution AND is_sure THEN x.kind END, via: via,
    parts: parts + city_parts + CASE WHEN is_sure THEN [x.sources] ELSE [] END}) AS found
UNWIND found AS one
RETURN p.name AS park, p.id AS park_id, city, label, n, one.name AS name, one.id AS id, one.kind AS kind, one.via AS via, one.parts AS sources
ORDER BY park, park_id, label, name, id
