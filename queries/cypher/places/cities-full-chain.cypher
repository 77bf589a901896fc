// name: cities-full-chain
// theme: places
// title.zh: 全链条城市
// title.en: Cities with the full chain
// question.zh: 哪些城市在产业链的各层都有企业？
// question.en: Which cities have companies in every layer of the chain?
// method.zh: 每座城市、每层列一行，企业按 id 去重计数；总部有矛盾的企业在其各城市都计入，列于 disputed。
// method.en: One row per city and layer; distinct companies are counted. A company with disputed headquarters counts in each of its
//   cities and is listed in disputed.
// parameter: layer | list | 基础层,技术层,应用层 | ChainLayer | 须全部具备的层 | layers that the city must all have
// parameter: source
// returns: city | 城市 | city
// returns: id | 城市 id | id of the city
// returns: layer | 层 | layer
// returns: n | 该市该层的企业数 | companies of the city in the layer
// returns: companies | 企业名称（列表） | their names (list)
// returns: disputed | 其中总部有矛盾的企业（列表） | those with disputed headquarters (list)
// returns: sources | 所列企业各行的出处 | sources that are rows of the firms listed
// returns: sources_layer | 环节归层的出处，可为未列企业的行；所列企业的行已写明时即该行 | sources of the segment's place in its layer, which may be rows of firms not listed; the listed firm's own row where that says so
// needs: Company, ChainLayer, LOCATED_IN
// example: source=图表3,图表4,图表5
// example: layer=基础层,应用层
// empty.zh: 未见各层都有企业的城市的记载
// empty.en: no city is recorded with companies in every layer

// The chain first, companies after: hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (s)-[up:PART_OF*0..3]->(l:ChainLayer)
WHERE l.id IN $layer
  AND way_from_source(up)
WITH s, l.id AS layer_id, l.name AS layer, l.order AS rank, [step IN up | step.id] AS steps
MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s)
WHERE from_source(r.sources)
// A place in the chain that the firm's own row states is cited by that row, not by the rows of other firms.
WITH c, layer_id, layer, rank, r.sources AS said, {row: r.sources, steps: steps} AS place
WITH c, layer_id, layer, rank, collect(said) AS parts, collect(place) AS up_parts
WITH c, collect({id: layer_id, layer: layer, rank: rank, parts: parts, up_parts: up_parts}) AS trades
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
WITH seat.id AS id, seat.city AS city, trade.id AS layer_id, trade.layer AS layer, trade.rank AS rank, firm, name,
  CASE WHEN in_doubt THEN name END AS doubtful, seat.parts + trade.parts AS said, trade.up_parts AS up_said
WITH id, city, layer_id, layer, rank, count(DISTINCT firm) AS n, collect(DISTINCT name) AS companies,
  collect(DISTINCT doubtful) AS disputed, collect(said) AS parts, collect(up_said) AS layer_parts
WITH id, city, collect({id: layer_id, layer: layer, rank: rank, n: n, companies: companies, disputed: disputed, parts: parts,
  layer_parts: layer_parts}) AS rows
WHERE size(rows) = size($layer)
UNWIND rows AS one
WITH id, city, one.id AS layer_id, one.layer AS layer, one.rank AS rank, one.n AS n, one.companies AS companies,
  one.disputed AS disputed, one.parts AS parts, one.layer_parts AS layer_parts
RETURN city, id, layer, n, companies, disputed, parts AS sources, layer_parts AS sources_layer
ORDER BY city, id, rank, layer_id
