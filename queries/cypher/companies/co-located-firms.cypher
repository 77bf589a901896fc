// name: co-located-firms
// theme: companies
// title.zh: 同城企业
// title.en: Companies in the same city
// question.zh: 哪些企业与某企业同城，有哪些共同环节？
// question.en: Which companies are in the same city as a company, and which segments do they share?
// method.zh: 每家企业、每座共同城市列一行；总部有矛盾的企业在其各城市都列出，并标 disputed。
// method.en: One row per company and shared city; a company with disputed headquarters stands under each of its cities and is
//   marked disputed.
// parameter: company | text | 奥比中光 | Company | 企业名称、别名或 id | name, alias or id of the company
// parameter: id | text | | Company | 企业 id，与 company 二选一 | id of the company, instead of company
// choice: company, id
// parameter: source
// returns: company | 所问的企业 | the company asked for
// returns: name | 同城企业 | company in the same city
// returns: id | 其 id | its id
// returns: city | 共同的城市 | the shared city
// returns: segment | 其环节（列表） | its segments (list)
// returns: shared | 共同的环节（列表） | segments that both work in (list)
// returns: disputed | 其总部是否记载于多座城市 | whether its headquarters are recorded in several cities
// returns: sources | 出处 | sources
// needs: Company, LOCATED_IN
// example: company=阿里云
// example: id=company:旷视科技
// example: company=汇顶科技 source=图表4
// empty.zh: 未见同城企业的记载
// empty.en: no other company is recorded in the same city

MATCH (me:Company)
WHERE me.id IN [$company, $id]
OPTIONAL MATCH (me)-[g:OPERATES_IN|REPRESENTATIVE_OF]->(mine:ChainSegment)
WHERE mine.id <> 'segment:人工智能'
  AND from_source(g.sources)
WITH me, collect(DISTINCT mine.id) AS own_ids, collect({id: mine.id, said: g.sources}) AS trades
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
MATCH (me)-[a:LOCATED_IN|HOSTS]-(my_spot)-[mu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(a.sources)
  AND way_from_source(mu)
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH me.id AS my_id, me.name AS company, own_ids, trades, k.id AS city_id, k.name AS city, a.sources + [step IN mu | step.id] AS said
WITH my_id, company, own_ids, trades, city_id, city, collect(said) AS my_parts
MATCH (c:Company)-[b:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE k.id = city_id AND c.id <> my_id
  AND from_source(b.sources)
  AND way_from_source(cu)
WITH my_id, company, own_ids, trades, city_id, city, my_parts, c, b.sources + [step IN cu | step.id] AS said
WITH company, own_ids, trades, city_id, city, my_parts, c, collect(said) AS parts
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
WHERE from_source(r.sources)
WITH company, trades, city_id, city, my_parts + parts AS parts, c, s.id AS named, s.name AS segment_name, r.sources AS said,
  s.id IN own_ids AS both
WITH company, trades, city_id, city, parts, c, collect(DISTINCT segment_name) AS segment, collect(said) AS trade_parts,
  collect(DISTINCT CASE WHEN both THEN named END) AS shared_ids, collect(DISTINCT CASE WHEN both THEN segment_name END) AS shared
WITH company, city_id, city, c, segment, shared, parts + trade_parts + [x IN trades WHERE x.id IN shared_ids | x.said] AS parts
OPTIONAL MATCH (c)-[h:LOCATED_IN]->(seat)-[hu:PART_OF|LOCATED_IN*0..4]->(seat_city:City)
WHERE h.role = 'headquarters'
  AND from_source(h.sources)
  AND way_from_source(hu)
WITH company, city_id, city, c, segment, shared, parts, seat_city.id AS seat_id
WITH company, city_id, city, c.id AS id, c.name AS name, segment, shared, parts, count(DISTINCT seat_id) > 1 AS disputed
RETURN company, name, id, city, segment, shared, disputed, parts AS sources
ORDER BY size(shared) DESC, name, city, id
