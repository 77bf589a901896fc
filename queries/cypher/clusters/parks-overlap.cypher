// name: parks-overlap
// theme: clusters
// title.zh: 同城同质园区
// title.en: Parks of one city with the same focus
// question.zh: 同一城市的哪些园区布局重点相同，重合多少？
// question.en: Which parks of one city share focuses, and how many?
// method.zh: 每对园区一行，只列至少有一个共同重点者。重点按来源所写的概念比较，上下级概念不合并；根概念“人工智能”几乎人人都写，不计。jaccard = 共同重点数 ÷
//   两园区重点合计去重数（Jaccard，1901）。一园区在另一园区之内者 nested 为 true。
// method.en: One row per pair of parks with at least one focus in common. Focuses are compared as sources name them, narrower and broader ones are not
//   merged; the root 人工智能, which nearly every park names, is left out. jaccard is the number of shared focuses divided by the number of distinct
//   focuses of the two (Jaccard, 1901). nested: one park lies in the other.
// parameter: city | text | | City | 只看此城市，默认各城市 | only this city; all by default
// parameter: source
// returns: city | 城市 | city
// returns: name | 园区 | park
// returns: id | 园区 id | its id
// returns: other | 另一园区 | the other park
// returns: other_id | 另一园区 id | its id
// returns: focus | 共同的重点（列表） | focuses that they share (list)
// returns: n | 共同的重点数 | number of shared focuses
// returns: n_name | 前一园区的重点数 | number of focuses of the first park
// returns: n_other | 另一园区的重点数 | number of focuses of the other
// returns: n_union | 两园区重点去重数 | number of distinct focuses of the two
// returns: jaccard | 重合度 n ÷ n_union | n divided by n_union
// returns: nested | 一园区是否在另一园区之内 | whether one park lies in the other
// returns: sources | 出处 | sources
// needs: Park, FOCUSES_ON
// example: city=深圳市
// example: city=北京市
// empty.zh: 未见同城园区有共同重点的记载
// empty.en: no two parks of one city are recorded with a focus in common

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (p:Park)-[f:FOCUSES_ON]->(x)
WHERE x.id <> 'segment:人工智能'
  AND from_source(f.sources)
WITH p, x.id AS focus_id, x.name AS focused, collect(f.sources) AS said
WITH p, collect({id: focus_id, name: focused, said: said}) AS focuses
MATCH (p)-[at:LOCATED_IN|PART_OF*1..4]->(k:City)
WHERE ($city = '' OR k.id = $city)
  AND way_from_source(at)
WITH p, focuses, k.id AS city_id, k.name AS city, [step IN at | step.id] AS steps
WITH p, focuses, city_id, city, collect(steps) AS parts
OPTIONAL MATCH (p)-[iu:LOCATED_IN|PART_OF*1..3]->(q:Park)
WHERE way_from_source(iu)
WITH p.id AS id, p.name AS name, focuses, city_id, city, parts, collect(DISTINCT q.id) AS holders
WITH city_id, city, collect({id: id, name: name, focuses: focuses, ids: [x IN focuses | x.id], parts: parts, holders: holders}) AS parks
UNWIND parks AS one
UNWIND parks AS two
WITH city_id, city, one, two, [x IN one.focuses WHERE x.id IN two.ids] AS mine, [x IN two.focuses WHERE x.id IN one.ids] AS yours
WHERE one.id < two.id AND size(mine) > 0
WITH city, city_id, one.name AS name, one.id AS id, two.name AS other, two.id AS other_id, [x IN mine | x.name] AS focus, size(mine) AS n,
  size(one.focuses) AS n_name, size(two.focuses) AS n_other, size(one.focuses) + size(two.focuses) - size(mine) AS n_union,
  one.id IN two.holders OR two.id IN one.holders AS nested,
  one.parts + two.parts + [x IN mine | x.said] + [x IN yours | x.said] AS parts
RETURN city, name, id, other, other_id, focus, n, n_name, n_other, n_union, 1.0 * n / n_union AS jaccard, nested, parts AS sources
ORDER BY n DESC, jaccard DESC, city, city_id, name, other, id, other_id
