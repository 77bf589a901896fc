// name: scenario-places
// theme: technology
// title.zh: 场景的所在地
// title.en: Where scenarios are found
// question.zh: 应用场景落在哪些地方和园区？
// question.en: In which places and parks are scenarios found?
// method.zh: 每个场景、每个地方一行。located：来源写明位于该地或由园区承载；focus：地方以该场景为重点，不等于已经落地。
//   应用领域有所在地的也列出。给出 place 时计入其下级地方。
// method.en: One row per scenario and place. located: a source says that it is there, or that the park hosts it. focus: the place names it as a
//   focus, which does not say that it exists there. Fields with a place are listed too. With `place`, places inside it count.
// parameter: scenario | text | | ApplicationScenario,ApplicationField | 只列此场景 | only this scenario
// parameter: place | text | | City,Province,Region,Country,Park,District | 只列此地及其下级 | only this place and those inside it
// parameter: source
// returns: name | 场景 | scenario
// returns: id | 场景 id | id of the scenario
// returns: label | 其标签 | its label
// returns: maturity | 成熟度，空为未见记载 | maturity; null where not recorded
// returns: place | 地方或园区 | place or park
// returns: place_label | 地方的标签 | label of the place
// returns: basis | 依据：located、focus | basis: located, or focus
// returns: city | 地方所属的城市（列表），空列表为未见记载 | cities that the place belongs to (list); empty where not recorded
// returns: technology | 场景所用的技术（列表） | technologies that it uses (list)
// returns: sources | 出处 | sources
// codes: label | @label
// codes: maturity | @maturity
// codes: place_label | @label
// codes: basis | located = 位于该地, focus = 以其为重点
// needs: ApplicationScenario
// example: place=广东省
// example: scenario=智能排产
// empty.zh: 未见场景所在地的记载
// empty.en: no place of a scenario is recorded

MATCH (x:ApplicationScenario|ApplicationField)
WHERE $scenario = '' OR x.id = $scenario
// LOCATED_IN starts at the scenario, HOSTS and FOCUSES_ON end there.
MATCH (x)-[r:LOCATED_IN|HOSTS|FOCUSES_ON]-(spot:City|Province|Region|Country|Park|District)
WHERE from_source(r.sources) AND (x:ApplicationScenario OR type(r) <> 'FOCUSES_ON')
WITH x, spot, min(CASE WHEN type(r) = 'FOCUSES_ON' THEN 1 ELSE 0 END) AS wish, collect(r.sources) AS parts
OPTIONAL MATCH (spot)-[up:PART_OF|LOCATED_IN*0..5]->(inside)
WHERE inside.id = $place
  AND way_from_source(up)
WITH x, spot, wish, parts, inside.id AS inside_id, [step IN up | step.id] AS steps
WITH x, spot, wish, parts, count(inside_id) AS found, collect(steps) AS place_parts
WHERE $place = '' OR found > 0
OPTIONAL MATCH (spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE way_from_source(cu)
WITH x, spot, wish, [parts, place_parts] AS parts, k.name AS city_name, [step IN cu | step.id] AS steps
WITH x, spot, wish, parts, collect(DISTINCT city_name) AS city, collect(steps) AS city_parts
OPTIONAL MATCH (x)-[u:USES_TECHNOLOGY]->(t)
WHERE from_source(u.sources)
WITH x, spot, wish, [parts, city_parts] AS parts, city, t.name AS technology_name, u.sources AS said
WITH x, spot, wish, parts, city, collect(DISTINCT technology_name) AS technology, collect(said) AS used
RETURN x.name AS name, x.id AS id, head(labels(x)) AS label, x.maturity AS maturity, spot.name AS place, head(labels(spot)) AS place_label,
  CASE wish WHEN 0 THEN 'located' ELSE 'focus' END AS basis, city, technology, [x.sources, parts, used] AS sources
ORDER BY wish, name, id, place, spot.id
