// name: similar-firms
// theme: companies
// title.zh: 业务相近的企业
// title.en: Companies in the same lines of business
// question.zh: 哪些企业与某企业共有的环节和技术最多？
// question.en: Which companies share most segments and technologies with a company?
// method.zh: 比较来源直接写明的环节与技术（经营、代表、提供），人工智能总类不计；n 为共有数，n_own 为对方的数，n_asked 为所问企业的数。
//   只比较有记载的业务，记载少的企业看上去不相近。
// method.en: Compares the segments and technologies that sources state of both (operates in, representative of, provides), without
//   the root 人工智能: n shared, n_own of the other company, n_asked of the company asked for. Only what is recorded can be
//   compared: a company of which little is recorded looks unlike.
// parameter: company | text | 百度 | Company | 企业名称、别名或 id | name, alias or id of the company
// parameter: id | text | | Company | 企业 id，与 company 二选一 | id of the company, instead of company
// choice: company, id
// parameter: least | integer | 0 | | 至少共有几个，0 为不限 | least number shared; 0 for no limit
// parameter: source
// returns: company | 所问的企业 | the company asked for
// returns: name | 相近的企业 | company alike
// returns: id | 其 id | its id
// returns: n | 共有的环节与技术数 | number of segments and technologies shared
// returns: shared | 共有的环节与技术（列表） | those shared (list)
// returns: n_own | 对方的环节与技术数 | those of the other company
// returns: n_asked | 所问企业的环节与技术数 | those of the company asked for
// returns: city | 对方的城市（列表） | its cities (list)
// returns: sources | 出处 | sources
// needs: Company, OPERATES_IN
// example: company=平安科技
// example: id=company:小米 least=2
// example: company=旷视科技 source=图表4
// empty.zh: 未见与其共有环节或技术的企业
// empty.en: no other company is recorded in a segment or technology of this one

MATCH (me:Company)-[g:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(s:ChainSegment|Technology)
WHERE me.id IN [$company, $id] AND s.id <> 'segment:人工智能'
  AND from_source(g.sources)
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH me.id AS my_id, me.name AS company, s.id AS thing_id, collect(g.sources) AS said
WITH my_id, company, collect({id: thing_id, said: said}) AS trades
UNWIND trades AS trade
WITH my_id, company, size(trades) AS n_asked, trade.id AS thing_id, trade.said AS my_said
MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(s:ChainSegment|Technology)
WHERE s.id = thing_id AND c.id <> my_id
  AND from_source(r.sources)
WITH company, n_asked, c, thing_id, s.name AS thing, my_said, r.sources AS said
WITH company, n_asked, c, count(DISTINCT thing_id) AS n, collect(DISTINCT thing) AS shared, collect([my_said, said]) AS parts
WHERE n >= $least
MATCH (c)-[o:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(own:ChainSegment|Technology)
WHERE own.id <> 'segment:人工智能'
  AND from_source(o.sources)
WITH company, n_asked, c, n, shared, parts, own.id AS own_id, o.sources AS said
WITH company, n_asked, c, n, shared, parts, count(DISTINCT own_id) AS n_own, collect(said) AS own_parts
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH company, n_asked, c, n, shared, parts, n_own, own_parts, k.name AS city_name, at.sources + [step IN cu | step.id] AS said
WITH company, n_asked, c, n, shared, parts, n_own, own_parts, collect(DISTINCT city_name) AS city, collect(said) AS seat_parts
RETURN company, c.name AS name, c.id AS id, n, shared, n_own, n_asked, city, [parts, own_parts, seat_parts] AS sources
ORDER BY n DESC, n_own, name, id
