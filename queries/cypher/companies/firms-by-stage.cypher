// name: firms-by-stage
// theme: companies
// title.zh: 各融资阶段的企业
// title.en: Companies by financing stage
// question.zh: 各融资阶段有多少家企业，属于哪些环节和城市？
// question.en: How many companies are in each financing stage, in which segments and cities?
// method.zh: 阶段取图中采用的取值，按本体的融资阶段表排列；股权融资、战略融资和被收购可在任何时候发生，没有先后（no order），列在后面。
//   阶段未见记载的企业单列（空），不等于未融资。n_listed 为其中另有记载已上市或有上市事件的企业。
// method.en: The stage that the graph shows, in the order of the ontology's list; equity and strategic financing and acquisition may come
//   at any time and stand behind (no order). Companies without a recorded stage have a row of their own (null), which does not mean
//   that they are not financed. n_listed are those called listed, or with a listing event.
// parameter: city | text | | City | 只计此城市的企业，默认不限 | only companies of this city; all by default
// parameter: segment | text | | ChainSegment | 只计此环节的企业，默认不限 | only companies of this segment; all by default
// parameter: source
// returns: stage | 融资阶段，空为未见记载 | financing stage; null where not recorded
// returns: state | 状态：in order 有先后，no order 无先后，not recorded 未见记载 | state: in order, no order, or not recorded
// returns: n | 企业数 | number of companies
// returns: n_listed | 其中记载为已上市的企业数 | those recorded as listed
// returns: companies | 企业名称（列表） | their names (list)
// returns: segment | 其环节（列表） | their segments (list)
// returns: city | 其城市（列表） | their cities (list)
// returns: disputed | 其中阶段有矛盾的企业（列表） | those with a disputed stage (list)
// returns: n_source_open | 其中阶段可能出自所问来源以外的企业数 | companies whose stage may come from a source not asked for
// returns: sources | 出处 | sources
// codes: stage | @financing_stage
// codes: state | in order = 有先后, no order = 无先后, not recorded = 未见记载
// needs: Company
// example: city=深圳市
// example: segment=计算机视觉
// example: source=图表3,图表4,图表5
// empty.zh: 未见企业的记载
// empty.en: no company is recorded

MATCH (c:Company)
WHERE from_source(c.sources)
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH c, k.id AS city_id, k.name AS city_name, at.sources + [step IN cu | step.id] AS said
WITH c, collect(DISTINCT city_id) AS city_ids, collect(DISTINCT city_name) AS cities, collect(said) AS parts
WHERE $city = '' OR $city IN city_ids
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(named)-[up:PART_OF*0..3]->(s:ChainSegment)
WHERE s.id = $segment
  AND from_source(r.sources)
  AND way_from_source(up)
WITH c, cities, parts, s.id AS segment_id, r.sources + [step IN up | step.id] AS said
WITH c, cities, parts, count(segment_id) AS trades, collect(said) AS trade_parts
WHERE $segment = '' OR trades > 0
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(own:ChainSegment)
WHERE own.id <> 'segment:人工智能'
  AND from_source(r.sources)
WITH c, cities, parts + trade_parts AS parts, own.name AS segment_name, r.sources AS said
WITH c, cities, parts, collect(DISTINCT segment_name) AS segments, collect(said) AS own_parts
OPTIONAL MATCH (c)-[h:HAS_EVENT]->(v:Event)
WHERE v.kind = 'listing'
  AND from_source(h.sources)
WITH c, cities, segments, parts + own_parts AS parts, v.id AS listing, h.sources AS said
WITH c, cities, segments, parts, count(listing) AS listings, collect(said) AS listing_parts
// A contradiction stands between the asked sources only if two of its sides come from them.
OPTIONAL MATCH (c)-[:HAS_CONFLICT]->(x:Conflict)
WHERE x.property = 'financing_stage' AND x.severity <> 'alias'
UNWIND CASE WHEN x IS NULL THEN [null] ELSE x.value_sources END AS side
WITH c, cities, segments, listings, parts + listing_parts AS parts, x.id AS conflict, split(side, ', ') AS said
WITH c, cities, segments, listings, parts, conflict, count(CASE WHEN said IS NOT NULL AND from_source(said) THEN 1 END) AS sides
WITH c, cities, segments, listings, parts, max(sides) > 1 AS in_doubt
WITH c.financing_stage AS id, c.id AS firm, c.name AS name, cities, segments, [c.sources, parts] AS said,
  CASE WHEN in_doubt THEN c.name END AS doubtful,
  CASE WHEN listings > 0 OR c.listed = true OR c.financing_stage = '已上市' THEN 1 END AS is_listed,
  CASE WHEN c.financing_stage IS NOT NULL AND NOT only_from_source(c.sources) THEN 1 END AS is_open
WITH id, count(DISTINCT firm) AS n, count(is_listed) AS n_listed, count(is_open) AS n_source_open,
  collect(DISTINCT name) AS companies, collect(DISTINCT doubtful) AS disputed, collect(segments) AS segment_lists,
  collect(cities) AS city_lists, collect(said) AS said
WITH id, n, n_listed, n_source_open, companies, disputed, said,
  reduce(flat = [], some IN segment_lists | flat + [x IN some WHERE NOT x IN flat]) AS segment,
  reduce(flat = [], some IN city_lists | flat + [x IN some WHERE NOT x IN flat]) AS city,
  ['未融资', '种子轮', '天使轮', '天使+轮', 'Pre-A轮', 'Pre-A+轮', 'A轮', 'A+轮', 'A++轮', 'Pre-B轮', 'B轮', 'B+轮', 'B++轮', 'Pre-C轮',
  'C轮', 'C+轮', 'C++轮', 'C+++轮', 'D轮', 'D+轮', 'E轮', 'E+轮', 'F轮', 'G轮', 'Pre-IPO', '新三板', '已上市'] AS stages
WITH id, n, n_listed, n_source_open, companies, disputed, segment, city, said,
  head([at IN range(0, size(stages) - 1) WHERE stages[at] = id | at + 1]) AS position
RETURN id AS stage, CASE WHEN id IS NULL THEN 'not recorded' WHEN position IS NULL THEN 'no order' ELSE 'in order' END AS state, n, n_listed, companies,
  segment, city, disputed, n_source_open, said AS sources
ORDER BY CASE WHEN id IS NULL THEN 2 WHEN position IS NULL THEN 1 ELSE 0 END, position, id
