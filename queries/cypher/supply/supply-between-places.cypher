// name: supply-between-places
// theme: supply
// title.zh: 城市间的供应
// title.en: Deliveries between cities
// question.zh: 供应从哪座城市到哪座城市，哪些留在本市，哪些流出？
// question.en: From which city to which city is delivered, and which deliveries stay in the city or leave it?
// method.zh: 每对城市一行，n 为供应关系数（企业、产品、年份各异者各计一条），不是金额。城市未见记载者单列（空），state 为 not recorded。
//   企业记载于几座城市的（总部有矛盾，或另有驻地），其供应在各城市都计入，故各行之和可大于总数。
// method.en: One row per pair of cities; n counts stated deliveries (one each per companies, product and year), not their value. Cities that are not recorded
//   have rows of their own (null), state `not recorded`. A company recorded in several cities (disputed headquarters, other sites) counts in
//   each, so that rows may add up to more than all deliveries.
// parameter: city | text | | City | 只列由此城市出发或到此城市的供应，默认全部 | only deliveries from or to this city; all by default
// parameter: source
// returns: city | 供应商的城市，空为未见记载 | city of the supplier; null where not recorded
// returns: id | 其 id | its id
// returns: other | 客户的城市，空为未见记载 | city of the customer; null where not recorded
// returns: other_id | 其 id | its id
// returns: state | 去向：inside 留在本市，leaves 流出本市，not recorded 有一方的城市未见记载 | where it goes: inside, leaves, or not recorded (a city is not)
// returns: n | 供应关系数 | number of deliveries
// returns: n_suppliers | 供应商数 | number of suppliers
// returns: n_customers | 客户数 | number of customers
// returns: products | 产品（列表） | products (list)
// returns: sources | 供应关系与双方城市的出处 | sources of the deliveries and of the cities of both
// codes: state | inside = 留在本市, leaves = 流出本市, not recorded = 未见记载
// needs: SUPPLIES
// example: city=深圳市
// empty.zh: 未见供应关系的记载
// empty.en: no delivery is recorded

MATCH (s:Company)-[r:SUPPLIES]->(c:Company)
WHERE from_source(r.sources)
WITH s, c, r.id AS delivery, r.product AS product
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
OPTIONAL MATCH (s)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH s.id AS supplier, c, delivery, product, k.id AS id, k.name AS city, at.sources + [step IN cu | step.id] AS said
WITH supplier, c, delivery, product, id, city, collect(said) AS parts
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
WHERE from_source(at.sources)
  AND way_from_source(cu)
WITH supplier, c.id AS customer, delivery, product, id, city, parts, k.id AS other_id, k.name AS other, at.sources + [step IN cu | step.id] AS said
WHERE $city = '' OR id = $city OR other_id = $city
WITH id, city, other_id, other, count(DISTINCT delivery) AS n, count(DISTINCT supplier) AS n_suppliers, count(DISTINCT customer) AS n_customers,
  collect(DISTINCT product) AS products, collect(DISTINCT delivery) AS deliveries, collect(parts) AS parts, collect(said) AS other_parts
RETURN city, id, other, other_id, CASE WHEN id IS NULL OR other_id IS NULL THEN 'not recorded' WHEN id = other_id THEN 'inside' ELSE 'leaves' END AS state,
  n, n_suppliers, n_customers, products, deliveries + parts + other_parts AS sources
ORDER BY CASE WHEN id IS NULL OR other_id IS NULL THEN 1 ELSE 0 END, n DESC, city, other, id, other_id
