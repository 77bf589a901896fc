// name: countries-abroad
// theme: places
// title.zh: 各国对照
// title.en: Countries side by side
// question.zh: 各国有多少政策、企业、机构与指标的记载，可作国际比较？
// question.en: What is recorded of each country for an international comparison: policies, firms, institutions, figures?
// method.zh: 每个国家一行，本国也列出以便对照（abroad 为 false）。均按 id 去重计数，含其省、市，政策含其部委的政策；代表企业为来源称为该国或其城市代表的企业。n 为有记载的指标值数，n_indicators 为归一后的指标数。空为未见记载，不等于没有。
// method.en: One row per country; the home country is listed too, for comparison (abroad is false). Distinct ids are counted, those of provinces and cities inside and policies of ministries included;
//   representative firms are those that a source calls so for the country or a city of it. n counts the figures recorded, n_indicators the
//   indicators of the list of indicators. Null where nothing is recorded, which does not mean that there is nothing.
// parameter: country | text | 中国 | Country | 本国 | the home country
// parameter: source
// returns: name | 国家 | country
// returns: id | 国家 id | its id
// returns: abroad | 是否外国 | whether it is abroad
// returns: n_policies | 政策数 | policies
// returns: policies | 政策名称（列表） | their names (list)
// returns: n_firms | 企业数 | firms
// returns: n_representative | 代表企业数 | representative firms
// returns: representative | 代表企业（列表） | their names (list)
// returns: n_institutions | 高校与机构数 | universities and institutions
// returns: n | 指标值数 | figures recorded
// returns: n_indicators | 指标数 | indicators recorded
// returns: n_assessments | 评价数 | assessments recorded
// returns: cities | 有记载的城市（列表） | cities recorded (list)
// returns: sources | 出处 | sources
// needs: Country
// example: country=美国
// example: source=图表19
// empty.zh: 未见国家的记载
// empty.en: nothing is recorded of any country

MATCH (y:Country)
// Each measure finds its own things: hubs go on as ids, and relations as ids too (the answer cites their sources).
CALL (y) {
  MATCH (d:Policy)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..4]->(y)
  WHERE from_source(r.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT d.id) AS n_policies, collect(DISTINCT d.name) AS policies,
    collect(DISTINCT r.id) + collect(DISTINCT [step IN up | step.id]) AS policy_parts
}
CALL (y) {
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the country.
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(y)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT c.id) AS n_firms, collect(DISTINCT at.id) + collect(DISTINCT [step IN up | step.id]) AS firm_parts
}
CALL (y) {
  MATCH (c:Company)-[r:REPRESENTATIVE_OF]->(spot:Country|Province|Region|City)-[up:PART_OF*0..4]->(y)
  WHERE from_source(r.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT c.id) AS n_representative, collect(DISTINCT c.name) AS representative,
    collect(DISTINCT r.id) + collect(DISTINCT [step IN up | step.id]) AS shown_parts
}
CALL (y) {
  MATCH (c:University|Institution)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(y)
  WHERE from_source(at.sources)
    AND way_from_source(up)
  RETURN count(DISTINCT c.id) AS n_institutions, collect(DISTINCT at.id) + collect(DISTINCT [step IN up | step.id]) AS institution_parts
}
CALL (y) {
  MATCH (y)-[r:OBSERVED]->(o:Observation)
  WHERE from_source(r.sources)
  RETURN count(DISTINCT o.id) AS n, count(DISTINCT o.indicator) AS n_indicators, collect(r.id) AS figure_parts
}
CALL (y) {
  MATCH (y)-[r:ASSESSED]->(a:Assessment)
  WHERE from_source(r.sources)
  RETURN count(DISTINCT a.id) AS n_assessments, collect(r.id) AS assessed_parts
}
CALL (y) {
  MATCH (k:City)-[up:PART_OF*1..4]->(y)
  WHERE from_source(k.sources)
    AND way_from_source(up)
  RETURN collect(DISTINCT k.name) AS cities, collect(DISTINCT [step IN up | step.id]) AS city_parts
}
WITH y, n_policies, policies, n_firms, n_representative, representative, n_institutions, n, n_indicators, n_assessments, cities,
  policy_parts + firm_parts + shown_parts + institution_parts + figure_parts + assessed_parts + city_parts AS parts
WHERE size(parts) > 0
RETURN y.name AS name, y.id AS id, y.id <> $country AS abroad, CASE WHEN n_policies > 0 THEN n_policies END AS n_policies, policies,
  CASE WHEN n_firms > 0 THEN n_firms END AS n_firms, CASE WHEN n_representative > 0 THEN n_representative END AS n_representative, representative,
  CASE WHEN n_institutions > 0 THEN n_institutions END AS n_institutions, CASE WHEN n > 0 THEN n END AS n,
  CASE WHEN n_indicators > 0 THEN n_indicators END AS n_indicators, CASE WHEN n_assessments > 0 THEN n_assessments END AS n_assessments, cities,
  parts AS sources
ORDER BY abroad DESC, coalesce(n, 0) DESC, name, id
