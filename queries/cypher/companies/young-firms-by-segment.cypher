// name: young-firms-by-segment
// theme: companies
// title.zh: 各环节的新企业
// title.en: Young companies by segment
// question.zh: 各环节有多少企业成立于某年以后，最早和最晚成立于何年？
// question.en: How many companies of each segment were founded since a year, and when were its first and last founded?
// method.zh: 年份取图中采用的成立日期；n 为自 since 年起成立的企业数，n_dated 为成立年份有记载的企业数，n_undated 为未见记载的企业数，
//   其中也可能有新企业。下级环节的企业计入上级环节，根概念人工智能不列；只列有新企业的环节。
// method.en: By the founding date that the graph shows: n founded in or after `since`, n_dated with a recorded year, n_undated without one,
//   which may be young as well. Companies of narrower segments count for the broader one; the root 人工智能 is left out, and so are
//   segments without a young company.
// parameter: since | integer | 2015 | Company.founded_year | 自此年起算新企业 | founded in or after this year
// parameter: city | text | | City | 只计此城市的企业，默认不限 | only companies of this city; all by default
// parameter: least | integer | 0 | | 至少有几家新企业，0 为不限 | least number of young companies; 0 for no limit
// parameter: source
// returns: segment | 环节 | segment
// returns: id | 环节 id | id of the segment
// returns: n | 新企业数 | young companies
// returns: n_dated | 成立年份有记载的企业数 | companies with a recorded founding year
// returns: n_undated | 成立年份未见记载的企业数 | companies without one
// returns: oldest | 最早的成立年份 | earliest founding year
// returns: youngest | 最晚的成立年份 | latest founding year
// returns: companies | 新企业（列表） | the young companies (list)
// returns: sources | 出处 | sources
// needs: Company, OPERATES_IN
// example: since=2017
// example: city=深圳市 since=2015 least=2
// example: source=图表3,图表4,图表5
// empty.zh: 未见此年以后成立的企业的记载
// empty.en: no company is recorded that was founded since

MATCH (s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
WITH s.id AS id, s.name AS segment
MATCH (named:ChainSegment|Technology)-[up:PART_OF*0..3]->(s:ChainSegment)
WHERE s.id = id
  AND way_from_source(up)
WITH id, segment, named.id AS named_id, [step IN up | step.id] AS steps
MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(named:ChainSegment|Technology)
WHERE named.id = named_id
  AND from_source(r.sources)
WITH id, segment, c, r.sources AS said, {row: r.sources, steps: steps} AS place
WITH id, segment, c, [collect(said), collect(place), c.sources] AS parts
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE k.id = $city
  AND from_source(at.sources)
  AND way_from_source(cu)
WITH id, segment, c, parts, k.id AS city_id, at.sources + [step IN cu | step.id] AS said
WITH id, segment, c, parts, count(city_id) AS seats, collect(said) AS seat_parts
WHERE $city = '' OR seats > 0
WITH id, segment, c.founded_year AS year, c.name AS name, [parts, seat_parts] AS parts
WITH id, segment, count(CASE WHEN year >= $since THEN 1 END) AS n, count(year) AS n_dated, count(CASE WHEN year IS NULL THEN 1 END) AS n_undated,
  min(year) AS oldest, max(year) AS youngest, collect(DISTINCT CASE WHEN year >= $since THEN name END) AS companies, collect(parts) AS parts
WHERE n >= $least AND n > 0
RETURN segment, id, n, n_dated, n_undated, oldest, youngest, companies, parts AS sources
ORDER BY n DESC, segment, id
