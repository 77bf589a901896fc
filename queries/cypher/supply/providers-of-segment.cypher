// name: providers-of-segment
// theme: supply
// title.zh: 环节或技术的提供者
// title.en: Who provides a segment or technology
// question.zh: 谁提供某环节或技术，份额多少，依据是什么？
// question.en: Who provides a segment or technology, with what share, and on what basis is that said?
// method.zh: 依据由强到弱：来源写明提供（PROVIDES，可有份额与年份）、经营该环节（OPERATES_IN）、为该环节的代表（REPRESENTATIVE_OF）；同一企业、同一对象
//   有几种依据时取最强者。下级概念计入上级。经营某环节不等于向他人供应，故弱依据只可作线索。
// method.en: From strong to weak: stated to provide it (PROVIDES, with share and year where given), works in it (OPERATES_IN), is representative of it
//   (REPRESENTATIVE_OF); of several for one company and thing the strongest is shown. Narrower concepts count for the broader one. To work in a
//   segment is not to supply it, so that the weak ones are only hints.
// parameter: segment | text | 智能芯片 | ChainSegment | 环节 | segment
// parameter: technology | text | | Technology | 技术 | technology
// choice: segment, technology
// parameter: source
// returns: asked | 所问的环节或技术 | the segment or technology asked for
// returns: name | 提供者 | provider
// returns: id | 其 id | its id
// returns: label | 其标签 | its label
// returns: basis | 依据 | basis
// returns: provided | 来源所写的环节或技术 | segment or technology that the source names
// returns: share | 份额，空为未见记载 | share; null where not recorded
// returns: year | 年份，空为未见记载 | year; null where not recorded
// returns: city | 企业的城市（列表），空列表为未见记载 | cities of the company (list); empty where not recorded
// returns: sources | 依据与城市的出处 | sources of the basis and of the cities
// codes: label | @label
// codes: basis | @relation
// example: technology=数字孪生
// example: technology=AR眼镜
// example: segment=生物特征识别 source=图表4
// empty.zh: 未见提供者的记载
// empty.en: no provider is recorded

MATCH (asked:ChainSegment|Technology)
WHERE asked.id IN [$segment, $technology]
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH asked.id AS asked_id, asked.name AS asked
MATCH (named)-[pu:PART_OF*0..3]->(t:ChainSegment|Technology)
WHERE t.id = asked_id
  AND way_from_source(pu)
WITH asked, named, [step IN pu | step.id] AS steps
MATCH (q:Company|Country)-[f:PROVIDES|OPERATES_IN|REPRESENTATIVE_OF]->(named)
WHERE from_source(f.sources)
WITH asked, q.id AS id, q.name AS name, head(labels(q)) AS label, named.id AS provided_id, named.name AS provided, type(f) AS basis, f.share AS share, f.year AS year,
  CASE type(f) WHEN 'PROVIDES' THEN 0 WHEN 'OPERATES_IN' THEN 1 ELSE 2 END AS rank, f.sources AS said, {row: f.sources, steps: steps} AS place
WITH asked, id, name, label, provided_id, provided, min(rank) AS best,
  collect({rank: rank, basis: basis, share: share, year: year, parts: [said, place]}) AS found
UNWIND [x IN found WHERE x.rank = best] AS one
WITH asked, id, name, label, provided_id, provided, best, one.basis AS basis, one.share AS share, one.year AS year, collect(one.parts) AS parts
CALL (id) {
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
  WHERE c.id = id
    AND from_source(at.sources)
    AND way_from_source(cu)
  RETURN collect(DISTINCT k.name) AS city, collect(at.sources + [step IN cu | step.id]) AS city_parts
}
RETURN asked, name, id, label, basis, provided, share, year, city, parts + city_parts AS sources
ORDER BY best, share DESC, name, provided, year, id, provided_id
