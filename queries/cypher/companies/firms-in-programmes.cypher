// name: firms-in-programmes
// theme: companies
// title.zh: 入选试点专项的企业
// title.en: Companies designated in programmes
// question.zh: 哪些企业入选试点、专项或国家平台，何时入选？
// question.en: Which companies are designated in programmes and national platforms, and when?
// method.zh: 每家企业、每个专项、每个记载的年份一行；n 为该专项中有记载的企业数，不等于入选企业的全部名单。
// method.en: One row per company, programme and recorded year; n is the number of companies recorded in the programme, which need not
//   be its whole list.
// parameter: programme | text | | Programme | 只列此专项，默认各专项 | only this programme; all by default
// parameter: city | text | | City | 只列此城市的企业，默认不限 | only companies of this city; all by default
// parameter: source
// returns: programme | 试点或专项 | programme
// returns: n | 其中有记载的企业数 | companies recorded in it
// returns: name | 企业名称 | company
// returns: id | 企业 id | id of the company
// returns: period | 入选年份，空为未见记载 | year of designation; null where not recorded
// returns: segment | 企业的环节（列表） | segments of the company (list)
// returns: city | 企业的城市（列表） | cities of the company (list)
// returns: sources | 出处 | sources
// needs: Company, DESIGNATED_AS
// example: programme=国家新一代人工智能开放创新平台
// example: city=杭州市
// empty.zh: 未见企业入选试点专项的记载
// empty.en: no company is recorded in a programme

MATCH (c:Company)-[d:DESIGNATED_AS]->(g:Programme)
WHERE ($programme = '' OR g.id = $programme)
  AND from_source(d.sources)
WITH c, g, d
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH c, g, d, k.id AS city_id, k.name AS city_name, at.sources + [step IN cu | step.id] AS said
WITH c, g, d, collect(DISTINCT city_id) AS city_ids, collect(DISTINCT city_name) AS city, collect(said) AS parts
WHERE $city = '' OR $city IN city_ids
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
  AND from_source(r.sources)
WITH c, g, d, city, parts, s.name AS segment_name, r.sources AS said
WITH c, g, d, city, parts, collect(DISTINCT segment_name) AS segment, collect(said) AS trade_parts
WITH g.id AS programme_id, g.name AS programme, count(DISTINCT c.id) AS n,
  collect({id: c.id, name: c.name, year: d.year, segment: segment, city: city, parts: [d.sources, parts, trade_parts]}) AS found
UNWIND found AS one
RETURN programme, n, one.name AS name, one.id AS id, toString(one.year) AS period, one.segment AS segment, one.city AS city,
  one.parts AS sources
ORDER BY n DESC, programme, programme_id, period, name, id
