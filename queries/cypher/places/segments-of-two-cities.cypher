// name: segments-of-two-cities
// theme: places
// title.zh: 两城环节对比
// title.en: Segments of two cities
// question.zh: 两座城市各在哪些环节有企业，哪些环节两城都有，哪些只有一城有？
// question.en: In which segments have two cities firms: which have both, and which only one of them?
// method.zh: 每个环节一行，只列至少一城有企业记载者；按企业直接写明的环节计，企业按 id 去重，根概念“人工智能”不计。state 为 city 或 other 时，另一城未见记载，不等于没有。总部有矛盾的企业在其各城市都计入。
// method.en: One row per segment in which at least one of the two has a recorded firm. Segments are those stated of the firm, distinct firms are counted, the root
//   人工智能 is left out. With state city or other nothing is recorded for the other city, which does not mean that there is nothing. A firm
//   with disputed headquarters counts in each of its cities.
// parameter: city | text | 深圳市 | City | 城市 | city
// parameter: other | text | 北京市 | City | 另一城市 | the other city
// parameter: source
// returns: segment | 环节 | segment
// returns: id | 环节 id | its id
// returns: state | 哪一城有 | which of the cities has it
// returns: n | 城市的企业数，空为未见记载 | firms of the city; null where none is recorded
// returns: companies | 城市的企业（列表） | firms of the city (list)
// returns: n_other | 另一城市的企业数，空为未见记载 | firms of the other city; null where none is recorded
// returns: companies_other | 另一城市的企业（列表） | firms of the other city (list)
// returns: sources | 出处 | sources
// codes: state | both = 两城都有, city = 仅 city 有, other = 仅 other 有
// needs: Company, ChainSegment
// example: city=广州市 other=杭州市
// example: city=深圳市 other=上海市 source=图表3,图表4,图表5
// empty.zh: 两城都未见企业的环节的记载
// empty.en: no segment of a firm in either city is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE k.id IN [$city, $other]
  AND from_source(at.sources)
  AND way_from_source(cu)
WITH c, k.id AS city_id, at.sources + [step IN cu | step.id] AS said
WITH c, city_id, collect(said) AS parts
MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
  AND from_source(r.sources)
WITH s, c.id AS firm, c.name AS name, city_id = $city AS is_city, city_id = $other AS is_other, parts + [r.sources] AS parts
WITH s, collect(DISTINCT CASE WHEN is_city THEN firm END) AS firms, collect(DISTINCT CASE WHEN is_city THEN name END) AS companies,
  collect(DISTINCT CASE WHEN is_other THEN firm END) AS firms_other, collect(DISTINCT CASE WHEN is_other THEN name END) AS companies_other,
  collect(parts) AS parts
WITH s, companies, companies_other, parts, size(firms) AS n, size(firms_other) AS n_other,
  CASE WHEN size(firms) > 0 AND size(firms_other) > 0 THEN 'both' WHEN size(firms) > 0 THEN 'city' ELSE 'other' END AS state
RETURN s.name AS segment, s.id AS id, state, CASE WHEN n > 0 THEN n END AS n, companies, CASE WHEN n_other > 0 THEN n_other END AS n_other,
  companies_other, parts AS sources
ORDER BY CASE state WHEN 'both' THEN 0 WHEN 'city' THEN 1 ELSE 2 END, coalesce(n, 0) + coalesce(n_other, 0) DESC, segment, id
