// name: city-strengths
// theme: places
// title.zh: 城市的优势环节
// title.en: Segments in which a city leads
// question.zh: 某城市在哪些环节的企业记载最多，是独占第一还是并列？
// question.en: In which segments does a city have the largest number of recorded firms, alone or tied?
// method.zh: 环节含其下级概念，企业按 id 去重计数，根概念“人工智能”不计。只与有记载的城市比：state 为 leads（多于其他各城）或 tied（与他城并列，列于 tied）；n_next 为其他城市中的最多数，
//   空为其他城市未见记载。总部有矛盾的企业在其各城市都计入，列于 disputed。数的是图中的记载，不是产业的规模。
// method.en: A segment includes the narrower ones, distinct firms are counted, the root 人工智能 is left out. Compared with recorded cities only: leads (more than any other)
//   or tied (with the cities in tied); n_next is the largest number of any other city, null where no other has a recorded firm. A firm with disputed headquarters counts in
//   each of its cities and is listed in disputed. What is counted are records of the graph, not the size of an industry.
// parameter: city | text | 深圳市 | City | 城市 | city
// parameter: least | integer | 2 | | 至少有这么多企业的环节 | segments with at least so many firms of the city
// parameter: source
// returns: segment | 环节 | segment
// returns: id | 环节 id | its id
// returns: state | 独占第一还是并列 | alone or tied
// returns: n | 该市企业数 | firms of the city
// returns: n_next | 其他城市中的最多数，空为未见记载 | largest number of any other city; null where none is recorded
// returns: tied | 并列的城市（列表） | cities tied with it (list)
// returns: companies | 该市的企业（列表） | firms of the city (list)
// returns: disputed | 其中总部有矛盾的企业（列表） | those with disputed headquarters (list)
// returns: sources | 该市所列企业与并列城市企业的出处 | sources of the firms listed, and of those of cities tied or next
// codes: state | leads = 独占第一, tied = 并列第一
// needs: Company, ChainSegment
// example: city=北京市
// example: city=深圳市 source=图表3,图表4,图表5
// empty.zh: 未见该市企业数居首的环节
// empty.en: no segment is recorded in which this city has the largest number of firms

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (x)-[su:PART_OF*0..3]->(s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
  AND way_from_source(su)
WITH s.id AS segment_id, s.name AS segment, x, [step IN su | step.id] AS steps
MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(x)
WHERE from_source(r.sources)
WITH c, segment_id, segment, collect([r.sources, steps]) AS trade_parts
WITH c, collect({id: segment_id, name: segment, parts: trade_parts}) AS trades
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH c, trades, k.id AS city_id, k.name AS city, at.role AS role, at.sources + [step IN cu | step.id] AS said
WITH c, trades, city_id, city, collect(role) AS roles, collect(said) AS parts
WITH c.id AS firm, c.name AS name, trades, collect({id: city_id, city: city, roles: roles, parts: parts}) AS seats
// Headquarters in two cities are a contradiction that the graph keeps on both edges.
WITH firm, name, trades, seats, size([x IN seats WHERE 'headquarters' IN x.roles]) > 1 AS in_doubt
UNWIND seats AS seat
UNWIND trades AS trade
WITH trade.id AS segment_id, trade.name AS segment, seat.id AS city_id, seat.city AS city, firm, name,
  CASE WHEN in_doubt THEN name END AS doubtful, seat.parts + trade.parts AS said
WITH segment_id, segment, city_id, city, count(DISTINCT firm) AS n, collect(DISTINCT name) AS companies, collect(DISTINCT doubtful) AS disputed,
  collect(said) AS parts
WITH segment_id, segment, collect({id: city_id, city: city, n: n, companies: companies, disputed: disputed, parts: parts}) AS cities, max(n) AS most
WITH segment_id, segment, cities, most, [x IN cities WHERE x.id = $city][0] AS own
WHERE own.n = most AND own.n >= $least
WITH segment_id, segment, own, most, [x IN cities WHERE x.id <> $city] AS others
WITH segment_id, segment, own, most, others, reduce(high = 0, x IN others | CASE WHEN x.n > high THEN x.n ELSE high END) AS next
WITH segment_id, segment, own, next, [x IN others WHERE x.n = most | x.city] AS tied, [x IN others WHERE x.n = next | x.parts] AS next_parts
RETURN segment, segment_id AS id, CASE WHEN size(tied) > 0 THEN 'tied' ELSE 'leads' END AS state, own.n AS n, CASE WHEN next > 0 THEN next END AS n_next,
  tied, own.companies AS companies, own.disputed AS disputed, own.parts + next_parts AS sources
ORDER BY state, n DESC, n_next, segment, id
