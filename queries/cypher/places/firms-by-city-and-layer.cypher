// name: firms-by-city-and-layer
// theme: places
// title.zh: 各城市各层的企业数
// title.en: Companies by city and layer
// question.zh: 各城市在产业链各层有多少企业？
// question.en: How many companies does each city have in each layer of the chain?
// method.zh: 企业按 id 去重计数；城市或层未见记载的企业单列（空）。总部有矛盾的企业在其各城市都计入，列于 disputed，故各行之和可大于企业总数。
// method.en: Distinct companies are counted; those without a recorded city or layer have rows of their own (null). A company with
//   disputed headquarters or several layers counts in each of its rows, so that the rows may add up to more than all companies.
// parameter: city | text | | City | 只计此城市，默认各城市 | only this city; all by default
// parameter: layer | text | | ChainLayer | 只计此层，默认各层 | only this layer; all by default
// parameter: source
// returns: city | 城市，空为未见记载 | city; null where not recorded
// returns: id | 城市 id | id of the city
// returns: layer | 层，空为未见记载 | layer; null where not recorded
// returns: n | 企业数 | number of companies
// returns: companies | 企业名称（列表） | their names (list)
// returns: disputed | 其中总部有矛盾的企业（列表） | those with disputed headquarters (list)
// returns: sources | 所列企业各行的出处 | sources that are rows of the firms listed
// returns: sources_layer | 环节归层的出处，可为未列企业的行；所列企业的行已写明时即该行 | sources of the segment's place in its layer, which may be rows of firms not listed; the listed firm's own row where that says so
// needs: Company
// example: city=深圳市
// example: layer=技术层 source=图表4
// empty.zh: 未见企业的记载
// empty.en: no company is recorded

MATCH (c:Company)
WHERE from_source(c.sources)
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH c, k.id AS city_id, k.name AS city, at.role AS role, at.sources + [step IN cu | step.id] AS said
WITH c, city_id, city, collect(role) AS roles, collect(said) AS parts
WITH c, collect({id: city_id, city: city, roles: roles, parts: parts}) AS seats
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s)
WHERE from_source(r.sources)
WITH s.id AS named, collect({id: c.id, name: c.name, row: c.sources, said: r.sources, seats: seats}) AS firms
OPTIONAL MATCH (s:ChainSegment|ChainLayer|Technology|ApplicationField|Industry)-[up:PART_OF*0..3]->(l:ChainLayer)
WHERE s.id = named
  AND way_from_source(up)
WITH firms, l.id AS layer_id, l.name AS layer, l.order AS rank, [step IN up | step.id] AS steps
UNWIND firms AS firm
// A place in the chain that the firm's own row states is cited by that row, not by the rows of other firms.
WITH firm.id AS firm_id, firm.name AS name, firm.row AS firm_row, firm.seats AS seats,
  CASE WHEN layer_id IS NOT NULL THEN {id: layer_id, layer: layer, rank: rank, said: firm.said, steps: steps} END AS trade
WITH firm_id, name, firm_row, seats, collect(trade) AS trades
// Headquarters in two cities are a contradiction that the graph keeps on both edges.
WITH firm_id, name, firm_row, seats, trades, size([x IN seats WHERE 'headquarters' IN x.roles]) > 1 AS in_doubt
UNWIND CASE WHEN size(trades) = 0 THEN [null] ELSE trades END AS trade
UNWIND seats AS seat
WITH firm_id, name, firm_row, in_doubt, seat, trade, trade.id AS layer_id
WHERE ($city = '' OR seat.id = $city) AND ($layer = '' OR layer_id = $layer)
WITH seat.id AS id, seat.city AS city, layer_id, trade.layer AS layer, trade.rank AS rank, firm_id, name,
  CASE WHEN in_doubt THEN name END AS doubtful,
  CASE WHEN size(seat.parts) = 0 AND trade IS NULL THEN firm_row ELSE seat.parts + [trade.said] END AS said,
  CASE WHEN trade IS NOT NULL THEN {row: trade.said, steps: trade.steps} END AS place
WITH id, city, layer_id, layer, rank, count(DISTINCT firm_id) AS n, collect(DISTINCT name) AS companies,
  collect(DISTINCT doubtful) AS disputed, collect(said) AS parts, collect(place) AS layer_parts
RETURN city, id, layer, n, companies, disputed, parts AS sources, layer_parts AS sources_layer
ORDER BY CASE WHEN id IS NULL THEN 1 ELSE 0 END, city, id, rank, layer_id
