// name: firms-in-two-cities
// theme: companies
// title.zh: 记载于多座城市的企业
// title.en: Companies recorded in several cities
// question.zh: 哪些企业记载于两座以上城市，是总部有矛盾，还是另有场所？
// question.en: Which companies are recorded in two or more cities: are the headquarters disputed, or is it another site?
// method.zh: 每家企业、每座城市列一行，出处为该城市的出处。state：disputed 为总部记载于两座以上城市，sites 为总部只有一座（其他为场所或
//   未写明角色），not recorded 为总部未见记载。园区、区县的企业计入其城市。
// method.en: One row per company and city, with the sources of this city. state: disputed where headquarters are recorded in several
//   cities, sites where they are in one (the others are sites or of no stated role), not recorded where no headquarters are
//   recorded. Companies in parks and districts count for their city.
// parameter: city | text | | City | 只列也记载于此城市的企业，默认不限 | only companies also recorded in this city; all by default
// parameter: source
// returns: name | 企业名称 | company
// returns: id | 企业 id | id of the company
// returns: n | 记载的城市数 | number of cities recorded
// returns: state | 总部的状态：disputed、sites、not recorded | state of its headquarters: disputed, sites, or not recorded
// returns: city | 城市 | city
// returns: role | 在该城市的角色，空为来源未写明 | role there; null where the source does not say
// returns: sources | 该城市的出处 | sources of this city
// codes: state | disputed = 总部有矛盾, sites = 总部一处，另有他处, not recorded = 总部未见记载
// codes: role | @role
// needs: Company, LOCATED_IN
// example: city=广州市
// example: source=图表3,图表4,图表5
// empty.zh: 未见记载于两座以上城市的企业
// empty.en: no company is recorded in several cities

// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH c.id AS id, c.name AS name, k.id AS city_id, k.name AS city, at.role AS role, at.sources + [step IN cu | step.id] AS said
WITH id, name, city_id, city, collect(DISTINCT role) AS roles, collect(said) AS parts
WITH id, name, collect({id: city_id, city: city, roles: roles, parts: parts}) AS seats
WITH id, name, seats, size(seats) AS n, size([seat IN seats WHERE 'headquarters' IN seat.roles]) AS heads,
  size([seat IN seats WHERE $city = '' OR seat.id = $city]) AS wanted
WHERE n > 1 AND wanted > 0
UNWIND seats AS seat
WITH id, name, n, heads, seat.city AS city, seat.roles AS roles, seat.parts AS parts
RETURN name, id, n, CASE WHEN heads > 1 THEN 'disputed' WHEN heads = 1 THEN 'sites' ELSE 'not recorded' END AS state, city,
  CASE WHEN 'headquarters' IN roles THEN 'headquarters' ELSE head(roles) END AS role, parts AS sources
ORDER BY CASE state WHEN 'disputed' THEN 0 WHEN 'sites' THEN 1 ELSE 2 END, name, id, city
