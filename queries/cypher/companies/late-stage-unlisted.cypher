// name: late-stage-unlisted
// theme: companies
// title.zh: 后期未上市企业
// title.en: Late-stage companies not recorded as listed
// question.zh: 哪些企业已到融资后期，却未见上市记载，在哪座城市、做什么？
// question.en: Which companies have reached a late round without a recorded listing, where are they and what do they do?
// method.zh: 阶段按本体的融资阶段表，自 stage 起（默认 C 轮）、已上市之前为 late；战略融资与股权融资可在任何时候发生，列为 no order。
//   企业没有记为上市、也没有上市事件时列出；图中只是未见上市的记载，不等于未上市，资料可能早于其上市。被收购的不列。
// method.en: Rounds of the ontology's list from `stage` on (C by default) and before a listing are late; strategic and equity
//   financing may come at any time: no order. Listed are companies that are neither called listed nor have a listing event: the
//   graph only holds no record of a listing, which may have come after the sources were written. Acquired companies are left out.
// parameter: stage | text | C轮 | Company.financing_stage | 自哪一轮起算后期，用本体的写法 | first round that counts as late, as the ontology writes it
// parameter: city | text | | City | 只列此城市的企业，默认不限 | only companies of this city; all by default
// parameter: source
// returns: name | 企业名称 | company
// returns: id | 企业 id | id of the company
// returns: stage | 最后记载的融资阶段 | last recorded financing stage
// returns: state | 状态：late 后期轮次，no order 阶段无先后 | state: late, or no order
// returns: listing | 上市：均为 not recorded | listing: always not recorded
// returns: city | 城市（列表） | its cities (list)
// returns: segment | 环节（列表） | its segments (list)
// returns: founded | 成立日期 | date of founding
// returns: value_open | 阶段是否可能出自所问来源以外 | whether the stage may come from a source not asked for
// returns: sources | 出处 | sources
// codes: stage | @financing_stage
// codes: state | late = 后期轮次, no order = 阶段无先后
// codes: listing | not recorded = 未见记载
// needs: Company
// example: stage=D轮
// example: city=深圳市
// example: source=图表3,图表4,图表5
// empty.zh: 未见后期而无上市记载的企业；stage 须为本体中有先后的轮次（如 B轮、C轮、D轮）
// empty.en: no company in a late round without a recorded listing; stage must be a round with an order (B轮, C轮, D轮 …)

MATCH (c:Company)
WHERE from_source(c.sources)
WITH c, ['未融资', '种子轮', '天使轮', '天使+轮', 'Pre-A轮', 'Pre-A+轮', 'A轮', 'A+轮', 'A++轮', 'Pre-B轮', 'B轮', 'B+轮', 'B++轮', 'Pre-C轮',
  'C轮', 'C+轮', 'C++轮', 'C+++轮', 'D轮', 'D+轮', 'E轮', 'E+轮', 'F轮', 'G轮', 'Pre-IPO'] AS rounds
WITH c, head([at IN range(0, size(rounds) - 1) WHERE rounds[at] = $stage | at]) AS first,
  head([at IN range(0, size(rounds) - 1) WHERE rounds[at] = c.financing_stage | at]) AS reached
WHERE first IS NOT NULL AND (reached >= first OR c.financing_stage IN ['股权融资', '战略融资']) AND coalesce(c.listed, false) = false
OPTIONAL MATCH (c)-[h:HAS_EVENT]->(v:Event)
WHERE v.kind = 'listing'
  AND from_source(h.sources)
WITH c, reached, count(v) AS listings
WHERE listings = 0
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH c, reached, k.id AS city_id, k.name AS city_name, at.sources + [step IN cu | step.id] AS said
WITH c, reached, collect(DISTINCT city_id) AS city_ids, collect(DISTINCT city_name) AS city, collect(said) AS parts
WHERE $city = '' OR $city IN city_ids
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
  AND from_source(r.sources)
WITH c, reached, city, parts, s.name AS segment_name, r.sources AS said
WITH c, reached, city, parts, collect(DISTINCT segment_name) AS segment, collect(said) AS trade_parts
RETURN c.name AS name, c.id AS id, c.financing_stage AS stage, CASE WHEN reached IS NULL THEN 'no order' ELSE 'late' END AS state,
  'not recorded' AS listing, city, segment, c.founded AS founded, NOT only_from_source(c.sources) AS value_open,
  [c.sources, parts, trade_parts] AS sources
ORDER BY CASE WHEN reached IS NULL THEN 1 ELSE 0 END, reached DESC, stage, name, id
