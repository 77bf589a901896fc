// name: firms-by-city-and-layer
// theme: clusters
// title.zh: 各城市各层的企业数
// title.en: Companies by city and layer
// question.zh: 各城市在产业链各层有多少企业？
// question.en: How many companies does each city have in each layer of the chain?
// method.zh: 企业按 id 去重计数；城市或层未见记载的企业单列（空）。总部有矛盾的企业在其各城市都计入，列于 disputed，故各行之和可大于企业总数。
// method.en: Distinct companies are counted; those without a recorded city or layer have rows of their own (null). A company with
//   disputed headquarters or several layers counts in each of its rows, so that the rows may add up to more than all companies.
// parameter: city | text | | City | 只计此城市，默认各城市 | only this city; all by default
// parameter: layer | text | | ChainLayer | 只计此层，默认各层 | only this layer; all by default
// parameter: source | list | | source | 只计入这些来源：文件标题或 id、图表号，可多个 | count only these sources: title or id of a document, number of a table; several
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

// $source: filters, of which one must fit; each is a list of pieces that a citation must hold. Empty: every source.
MATCH (c:Company)
WHERE (size($source) = 0 OR any(cited IN c.sources WHERE
    any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))))
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE (size($source) = 0 OR any(cited IN at.sources WHERE
    any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))))
  AND all(step IN cu WHERE size($source) = 0 OR size(step.sources) = 0 OR any(cited IN step.sources WHERE
    any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))))
WITH c, k, at.role AS role, reduce(joined = at.sources, step IN cu | joined + coalesce(step.sources, [])) AS said
WITH c, k, collect(role) AS roles, collect(said) AS parts
WITH c, collect({city: k, roles: roles, parts: parts}) AS seats
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s)-[up:PART_OF*0..3]->(l:ChainLayer)
WHERE (size($source) = 0 OR any(cited IN r.sources WHERE
    any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))))
  AND all(step IN up WHERE size($source) = 0 OR size(step.sources) = 0 OR any(cited IN step.sources WHERE
    any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))))
// A place in the chain that the firm's own row states is cited by that row, not by the rows of other firms.
WITH c, seats, l, r.sources AS said, reduce(joined = [], step IN up |
    joined + CASE WHEN any(cited IN step.sources WHERE cited IN r.sources)
      THEN [cited IN step.sources WHERE cited IN r.sources] ELSE coalesce(step.sources, []) END) AS up_said
WITH c, seats, l, collect(said) AS parts, collect(up_said) AS up_parts
// Headquarters in two cities are a contradiction that the graph keeps on both edges.
WITH c, seats, l, parts, up_parts, size([x IN seats WHERE 'headquarters' IN x.roles]) > 1 AS in_doubt
UNWIND seats AS seat
WITH c, seat.city AS k, l, CASE WHEN in_doubt THEN c.name END AS doubtful, seat.parts + parts AS parts, up_parts
WHERE ($city = '' OR k.id = $city) AND ($layer = '' OR l.id = $layer)
WITH c, k, l, doubtful, CASE WHEN size(parts) = 0 THEN [c.sources] ELSE parts END AS said, up_parts
WITH k, l, count(DISTINCT c.id) AS n, collect(DISTINCT c.name) AS companies, collect(DISTINCT doubtful) AS disputed,
  collect(said) AS parts, collect(up_parts) AS layer_parts
RETURN k.name AS city, k.id AS id, l.name AS layer, n, companies, disputed, parts AS sources, layer_parts AS sources_layer
ORDER BY CASE WHEN k IS NULL THEN 1 ELSE 0 END, city, id, l.order, l.id
