// name: segment-concentration
// theme: chain
// title.zh: 环节的城市集中度
// title.en: Where a segment is concentrated
// question.zh: 各环节的企业分布在哪些城市，领先城市占多大份额？
// question.en: In which cities are the companies of each segment, and what share does the leading city have?
// method.zh: 每个环节（根概念“人工智能”除外）、每座城市列一行。份额 = 该城市的企业数 ÷ 城市有记载的企业数（n_located）；城市未见记载的企业单列
//   （空），不计入份额；下级概念的企业计入上级环节。总部有矛盾的企业在其各城市都计入，份额之和可大于 1。
//   城市有记载的企业不足 least 家的环节不列，因为份额没有意义。
// method.en: One row per segment (without the root 人工智能) and city. share = companies in the city ÷ companies whose city is recorded (n_located);
//   those without a recorded city have a row of their own (null) and count in no share. Companies of narrower concepts count for the broader one.
//   A company with disputed headquarters counts in each of its cities, so that shares may add up to more than 1. Segments with fewer than `least`
//   located companies are left out, since a share of so few says nothing.
// parameter: segment | text | | ChainSegment | 只列此环节，默认各环节 | only this segment; all by default
// parameter: least | integer | 3 | | 城市有记载的企业至少几家 | at least so many companies with a recorded city
// parameter: source
// returns: segment | 环节 | segment
// returns: id | 环节 id | id of the segment
// returns: city | 城市，空为未见记载 | city; null where not recorded
// returns: city_id | 城市 id | id of the city
// returns: n | 该城市的企业数 | companies in the city
// returns: share | 占城市有记载的企业的份额（0–1），城市未见记载时为空 | share of the companies with a recorded city (0–1); null where the city is not recorded
// returns: leading | 是否为领先城市（可并列），城市未见记载时为空 | whether it is the leading city (ties are all leading); null where the city is not recorded
// returns: n_located | 该环节城市有记载的企业数 | companies of the segment whose city is recorded
// returns: n_cities | 该环节的城市数 | number of cities of the segment
// returns: companies | 该城市的企业（列表） | companies in the city (list)
// returns: disputed | 其中总部有矛盾的企业（列表） | those with disputed headquarters (list)
// returns: sources | 该城市的企业的出处 | sources of the companies in the city
// needs: Company, ChainSegment
// example: segment=计算机视觉
// example: least=5 source=图表3,图表4,图表5
// empty.zh: 未见城市有记载的企业达到此数的环节
// empty.en: no segment has so many companies with a recorded city

// The chain first, companies after: hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (named)-[pu:PART_OF*0..3]->(s:ChainSegment)
WHERE s.id <> 'segment:人工智能' AND ($segment = '' OR s.id = $segment)
  AND way_from_source(pu)
WITH s.id AS id, s.name AS segment, named, [step IN pu | step.id] AS steps
MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(named)
WHERE from_source(f.sources)
WITH id, segment, c, f.sources AS said, {row: f.sources, steps: steps} AS place
WITH id, segment, c, collect(said) AS trade, collect(place) AS trade_place
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH id, segment, c, trade + trade_place AS trade, k.id AS city_id, k.name AS city, at.role AS role, at.sources + [step IN cu | step.id] AS said
WITH id, segment, c.id AS firm, c.name AS name, trade, city_id, city, collect(role) AS roles, collect(said) AS placed
WITH id, segment, firm, name, trade, collect({id: city_id, city: city, roles: roles, parts: placed}) AS seats
// Headquarters in two cities are a contradiction that the graph keeps on both edges.
WITH id, segment, firm, name, trade, seats, size([x IN seats WHERE x.id IS NOT NULL]) > 0 AS located,
  size([x IN seats WHERE 'headquarters' IN x.roles]) > 1 AS in_doubt
WITH id, segment, count(CASE WHEN located THEN 1 END) AS n_located,
  collect({id: firm, name: name, in_doubt: in_doubt, trade: trade, seats: seats}) AS firms
WHERE n_located >= $least
UNWIND firms AS firm
UNWIND firm.seats AS seat
WITH id, segment, n_located, seat.id AS city_id, seat.city AS city, firm, firm.trade + seat.parts AS said
WITH id, segment, n_located, city_id, city, count(DISTINCT firm.id) AS n, collect(DISTINCT firm.name) AS companies,
  collect(DISTINCT CASE WHEN firm.in_doubt THEN firm.name END) AS disputed, collect(said) AS parts
WITH id, segment, n_located, max(CASE WHEN city_id IS NOT NULL THEN n END) AS highest, count(DISTINCT city_id) AS n_cities,
  collect({id: city_id, city: city, n: n, companies: companies, disputed: disputed, parts: parts}) AS cities
UNWIND cities AS one
RETURN segment, id, one.city AS city, one.id AS city_id, one.n AS n, CASE WHEN one.id IS NOT NULL THEN toFloat(one.n) / n_located END AS share,
  CASE WHEN one.id IS NOT NULL THEN one.n = highest END AS leading, n_located, n_cities, one.companies AS companies, one.disputed AS disputed,
  one.parts AS sources
ORDER BY n_located DESC, segment, id, CASE WHEN city_id IS NULL THEN 1 ELSE 0 END, n DESC, city, city_id
