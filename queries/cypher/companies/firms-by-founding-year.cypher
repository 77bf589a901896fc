// name: firms-by-founding-year
// theme: companies
// title.zh: 各年成立的企业
// title.en: Companies by founding year
// question.zh: 各年成立了多少家企业，是哪些？
// question.en: How many companies were founded in each year, and which?
// method.zh: 企业按 id 去重，按记载的成立年份计数；年份未见记载的企业单列（空），给出 since、until 时也列出，因为它们可能属于任何一年。
//   下级环节的企业计入上级环节。成立日期有矛盾的企业按图中采用的日期计数，列于 disputed。
// method.en: Distinct companies by recorded founding year. Those without a recorded year have a row of their own (null), also with since or
//   until given, because they may belong to any year. Companies of narrower segments count for the broader one. A company with a
//   disputed founding date counts in the year that the graph shows, and is listed in disputed.
// parameter: city | text | | City | 只计此城市的企业，默认不限 | only companies of this city; all by default
// parameter: segment | text | | ChainSegment | 只计此环节的企业，默认不限 | only companies of this segment; all by default
// parameter: since | integer | 0 | Company.founded_year | 自此年起，0 为不限 | from this year on; 0 for no limit
// parameter: until | integer | 0 | Company.founded_year | 至此年止，0 为不限 | up to this year; 0 for no limit
// parameter: source
// returns: period | 成立年份，空为未见记载 | founding year; null where not recorded
// returns: n | 企业数 | number of companies
// returns: companies | 企业名称（列表） | their names (list)
// returns: disputed | 其中成立日期有矛盾的企业（列表） | those with a disputed founding date (list)
// returns: n_source_open | 其中年份可能出自所问来源以外的企业数 | companies whose year may come from a source not asked for
// returns: sources | 出处 | sources
// needs: Company
// example: city=深圳市 since=2014
// example: segment=计算机视觉
// example: since=2010 until=2016 source=图表3,图表4,图表5
// empty.zh: 未见企业的记载
// empty.en: no company is recorded

MATCH (c:Company)
WHERE from_source(c.sources)
  AND (c.founded_year IS NULL OR (($since = 0 OR c.founded_year >= $since) AND ($until = 0 OR c.founded_year <= $until)))
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE k.id = $city
  AND from_source(at.sources)
  AND way_from_source(cu)
WITH c, k.id AS city_id, at.sources + [step IN cu | step.id] AS said
WITH c, count(city_id) AS seats, collect(said) AS parts
WHERE $city = '' OR seats > 0
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(named)-[up:PART_OF*0..3]->(s:ChainSegment)
WHERE s.id = $segment
  AND from_source(r.sources)
  AND way_from_source(up)
WITH c, parts, s.id AS segment_id, r.sources + [step IN up | step.id] AS said
WITH c, parts, count(segment_id) AS trades, collect(said) AS trade_parts
WHERE $segment = '' OR trades > 0
// A contradiction stands between the asked sources only if two of its sides come from them.
OPTIONAL MATCH (c)-[:HAS_CONFLICT]->(x:Conflict)
WHERE x.property = 'founded' AND x.severity <> 'alias'
UNWIND CASE WHEN x IS NULL THEN [null] ELSE x.value_sources END AS side
WITH c, parts + trade_parts AS parts, x.id AS conflict, split(side, ', ') AS said
WITH c, parts, conflict, count(CASE WHEN said IS NOT NULL AND from_source(said) THEN 1 END) AS sides
WITH c, parts, max(sides) > 1 AS in_doubt
WITH toString(c.founded_year) AS id, c.id AS firm, c.name AS name, c.sources AS own, parts,
  CASE WHEN in_doubt THEN c.name END AS doubtful,
  CASE WHEN c.founded_year IS NOT NULL AND NOT only_from_source(c.sources) THEN 1 END AS is_open
WITH id, count(DISTINCT firm) AS n, collect(DISTINCT name) AS companies, collect(DISTINCT doubtful) AS disputed,
  count(is_open) AS n_source_open, collect([own, parts]) AS said
RETURN id AS period, n, companies, disputed, n_source_open, said AS sources
ORDER BY CASE WHEN id IS NULL THEN 1 ELSE 0 END, id
