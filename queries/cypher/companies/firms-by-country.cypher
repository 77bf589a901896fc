// name: firms-by-country
// theme: companies
// title.zh: 各国的企业
// title.en: Companies by country
// question.zh: 各国有哪些企业，分布在哪些城市和环节？
// question.en: Which companies does each country have, in which cities and segments?
// method.zh: 企业按 id 去重，经园区、区县、城市、省计入国家；国家未见记载的企业单列（空）。记载于几国的企业在各国都计入。
//   数目是来源所列企业的数目，不是各国企业的总数，不能据此比较各国产业规模。
// method.en: Distinct companies, by parks, districts, cities and provinces; those without a recorded country have a row of their own
//   (null), those recorded in several count in each. The numbers are those of companies that the sources name and no totals
//   of the countries: they do not compare the size of their industries.
// parameter: country | text | | Country | 只列此国，默认各国 | only this country; all by default
// parameter: segment | text | | ChainSegment | 只计此环节的企业，默认不限 | only companies of this segment; all by default
// parameter: source
// returns: country | 国家，空为未见记载 | country; null where not recorded
// returns: id | 国家 id | id of the country
// returns: n | 企业数 | number of companies
// returns: n_no_city | 其中城市未见记载的企业数 | those whose city is not recorded
// returns: n_no_segment | 其中环节未见记载的企业数 | those whose segment is not recorded
// returns: city | 城市（列表） | cities (list)
// returns: segment | 环节（列表） | segments (list)
// returns: companies | 企业名称（列表） | their names (list)
// returns: sources | 出处 | sources
// needs: Company
// example: country=美国
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
WITH c, count(segment_id) AS trades, collect(said) AS asked_parts
WHERE $segment = '' OR trades > 0
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
  AND from_source(r.sources)
WITH c, asked_parts, s.name AS segment_name, r.sources AS said
WITH c, asked_parts, collect(DISTINCT segment_name) AS segments, collect(said) AS trade_parts
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)
WHERE from_source(at.sources)
WITH spot.id AS spot_id, collect({firm: c.id, name: c.name, segments: segments, own: [c.sources, asked_parts, trade_parts], said: at.sources}) AS firms
// The ways from a place to its country are many, by way of the regions of a city, and the same for all its companies: each is
// walked once, and each step of them is cited once. Hubs go on as ids, and relations as ids too (the answer cites their sources).
OPTIONAL MATCH way = (spot:Park|District|City|Province|Region|Country)-[cu:PART_OF|LOCATED_IN*0..5]->(k:Country)
WHERE spot.id = spot_id
  AND way_from_source(cu)
WITH spot_id, firms, k.id AS country_id, k.name AS country, head([member IN nodes(way) WHERE member:City | member.name]) AS city_name,
  [step IN cu | step.id] AS steps
WITH spot_id, firms, country_id, country, collect(DISTINCT city_name) AS cities, collect(steps) AS ways
WITH firms, CASE WHEN country_id IS NOT NULL THEN {id: country_id, country: country, cities: cities,
  steps: reduce(flat = [], steps IN ways | flat + [x IN steps WHERE NOT x IN flat])} END AS place
UNWIND firms AS one
WITH one.firm AS firm, one.name AS name, one.segments AS segments, one.own AS own, one.said AS said, place
WITH firm, name, segments, own, collect(CASE WHEN place IS NOT NULL THEN {id: place.id, country: place.country, cities: place.cities,
  said: [said, place.steps]} END) AS places
UNWIND CASE WHEN size(places) = 0 THEN [null] ELSE places END AS place
WITH firm, name, segments, own, place.id AS country_id, place.country AS country, collect(place.said) AS place_parts, collect(place.cities) AS lists
WHERE $country = '' OR country_id = $country
WITH country_id AS id, country, firm, name, segments, reduce(flat = [], some IN lists | flat + some) AS cities, [own, place_parts] AS parts
WITH id, country, count(DISTINCT firm) AS n, count(CASE WHEN size(cities) = 0 THEN 1 END) AS n_no_city,
  count(CASE WHEN size(segments) = 0 THEN 1 END) AS n_no_segment, collect(DISTINCT name) AS companies,
  collect(segments) AS segment_lists, collect(cities) AS city_lists, collect(parts) AS parts
RETURN country, id, n, n_no_city, n_no_segment,
  reduce(flat = [], some IN city_lists | flat + [x IN some WHERE NOT x IN flat]) AS city,
  reduce(flat = [], some IN segment_lists | flat + [x IN some WHERE NOT x IN flat]) AS segment, companies, parts AS sources
ORDER BY CASE WHEN id IS NULL THEN 1 ELSE 0 END, n DESC, country, id
