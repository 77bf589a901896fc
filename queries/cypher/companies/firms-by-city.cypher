// name: firms-by-city
// theme: companies
// title.zh: 各城市的企业概况
// title.en: Companies of the cities in brief
// question.zh: 各城市有多少家企业，成立于何时，处于哪些融资阶段，多少家已上市？
// question.en: How many companies does each city have, when were they founded, in which stages are they, how many are listed?
// method.zh: 企业按 id 去重；总部有矛盾的企业在其各城市都计入，列于 disputed，故各行之和可大于企业总数。城市未见记载的企业单列（空）。
//   n_listed 为记为上市或有上市事件者，未计入的企业不等于未上市。年份范围只据成立年份有记载的 n_dated 家。
// method.en: Distinct companies; one with disputed headquarters counts in each of its cities and is listed in disputed, so that the rows may
//   add up to more than all. Those without a recorded city have a row of their own (null). n_listed are called listed or have a
//   listing event; the others need not be unlisted. Founding years are those of the n_dated companies that have one.
// parameter: city | text | | City | 只列此城市，默认各城市 | only this city; all by default
// parameter: segment | text | | ChainSegment | 只计此环节的企业，默认不限 | only companies of this segment; all by default
// parameter: source
// returns: city | 城市，空为未见记载 | city; null where not recorded
// returns: id | 城市 id | id of the city
// returns: n | 企业数 | number of companies
// returns: disputed | 其中总部有矛盾的企业（列表） | those with disputed headquarters (list)
// returns: n_dated | 成立年份有记载的企业数 | companies with a recorded founding year
// returns: oldest | 最早的成立年份 | earliest founding year
// returns: youngest | 最晚的成立年份 | latest founding year
// returns: stage | 记载的融资阶段（列表） | recorded financing stages (list)
// returns: n_no_stage | 融资阶段未见记载的企业数 | companies without a recorded stage
// returns: n_listed | 记载为已上市的企业数 | companies recorded as listed
// returns: companies | 企业名称（列表） | their names (list)
// returns: sources | 出处 | sources
// codes: stage | @financing_stage
// needs: Company
// example: city=深圳市
// example: segment=智能机器人
// example: source=图表3,图表4,图表5
// empty.zh: 未见企业的记载
// empty.en: no company is recorded

MATCH (c:Company)
WHERE from_source(c.sources)
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(named)-[up:PART_OF*0..3]->(asked:ChainSegment)
WHERE asked.id = $segment
  AND from_source(r.sources)
  AND way_from_source(up)
WITH c, asked.id AS segment_id, r.sources + [step IN up | step.id] AS said
WITH c, count(segment_id) AS trades, collect(said) AS trade_parts
WHERE $segment = '' OR trades > 0
OPTIONAL MATCH (c)-[h:HAS_EVENT]->(v:Event)
WHERE v.kind = 'listing'
  AND from_source(h.sources)
WITH c, trade_parts, v.id AS listing, h.sources AS said
WITH c, trade_parts, count(listing) AS listings, collect(said) AS listing_parts
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH c, listings, [c.sources, trade_parts, listing_parts] AS parts, k.id AS city_id, k.name AS city, at.role AS role,
  at.sources + [step IN cu | step.id] AS said
WITH c, listings, parts, city_id, city, collect(role) AS roles, collect(said) AS city_parts
WITH c, listings, parts, collect({id: city_id, city: city, roles: roles, parts: city_parts}) AS seats
// Headquarters in two cities are a contradiction that the graph keeps on both edges.
WITH c, listings, parts, seats, size([x IN seats WHERE 'headquarters' IN x.roles]) > 1 AS in_doubt
UNWIND seats AS seat
WITH seat.id AS id, seat.city AS city, c.id AS firm, c.name AS name, c.founded_year AS year, c.financing_stage AS phase,
  [parts, seat.parts] AS parts, CASE WHEN in_doubt THEN c.name END AS doubtful,
  CASE WHEN listings > 0 OR c.listed = true OR c.financing_stage = '已上市' THEN 1 END AS is_listed
WHERE $city = '' OR id = $city
WITH id, city, count(DISTINCT firm) AS n, collect(DISTINCT doubtful) AS disputed, count(year) AS n_dated, min(year) AS oldest,
  max(year) AS youngest, collect(DISTINCT phase) AS stage, count(CASE WHEN phase IS NULL THEN 1 END) AS n_no_stage,
  count(is_listed) AS n_listed, collect(DISTINCT name) AS companies, collect(parts) AS parts
RETURN city, id, n, disputed, n_dated, oldest, youngest, stage, n_no_stage, n_listed, companies, parts AS sources
ORDER BY CASE WHEN id IS NULL THEN 1 ELSE 0 END, n DESC, city, id
