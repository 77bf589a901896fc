// name: policies-by-year
// theme: policy
// title.zh: 各年政策数
// title.en: Policies by year
// question.zh: 各国（含其省市）每年发布了多少项政策？
// question.en: How many policies did each country, with its provinces and cities, issue per year?
// method.zh: 政策按 id 去重，按发布年份计数；年份未见记载者单列（空）。
// method.en: Distinct policies by year of issue; those without a recorded year have a row of their own (null).
// parameter: country | text | | Country | 只计此国，默认各国 | only this country; all by default
// parameter: source
// returns: country | 国家 | country
// returns: id | 国家 id | id of the country
// returns: period | 年份，空为未见记载 | year; null where not recorded
// returns: n | 政策数 | number of policies
// returns: policies | 政策名称（列表） | their names (list)
// returns: sources | 出处 | sources
// needs: Policy
// example: country=中国
// example: source=图表15
// empty.zh: 未见政策的记载
// empty.en: no policy is recorded

// A ministry sits in a city, but its policies are not that city's. Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (d:Policy)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..5]->(k:Country)
WHERE NOT owner:Institution AND ($country = '' OR k.id = $country)
  AND from_source(r.sources)
  AND way_from_source(up)
WITH k.id AS id, k.name AS country, d.issued_year AS issued, d.id AS policy, d.name AS name,
  r.sources + d.sources + [step IN up | step.id] AS said
WITH id, country, issued, count(DISTINCT policy) AS n, collect(DISTINCT name) AS policies, collect(said) AS parts
RETURN country, id, toString(issued) AS period, n, policies, parts AS sources
ORDER BY country, id, period
