// name: supply-chain
// theme: supply
// title.zh: 企业的供应链
// title.en: Supply chain of a company
// question.zh: 某企业的各级供应商与客户是谁，供应什么？
// question.en: Who are the suppliers and customers of a company, tier by tier, and what is delivered?
// method.zh: 沿 SUPPLIES 逐级列出，每条写明的供应关系一行，级数取最短的路；至多 steps 级，最多 5。第 2 级起是把几处写明的供应连起来，
//   不表示同一批货物一路流到该企业。
// method.en: SUPPLIES is followed tier by tier; one row per stated delivery, at the tier of the shortest way, at most `steps` tiers (up to 5). From tier 2 on
//   deliveries stated in several places are joined, which does not mean that the same goods flow to the company.
// parameter: company | text | 华为 | Company | 企业名称、别名或 id | name, alias or id of the company
// parameter: id | text | | Company | 企业 id，与 company 二选一 | id of the company, instead of company
// choice: company, id
// parameter: steps | integer | 3 | | 至多几级，最多 5 | at most so many tiers, up to 5
// parameter: source
// returns: company | 所问的企业 | the company asked for
// returns: direction | 方向：supplier 供应商，customer 客户 | direction: supplier or customer
// returns: tier | 级数，1 为直接 | tier; 1 is direct
// returns: name | 该级的企业 | company of this tier
// returns: id | 其 id | its id
// returns: partner | 与其交易的前一级企业 | company of the tier before with which it deals
// returns: product | 产品，空为未见记载 | product; null where not recorded
// returns: share | 份额，空为未见记载 | share; null where not recorded
// returns: year | 年份，空为未见记载 | year; null where not recorded
// returns: city | 该级企业的城市（列表），空列表为未见记载 | its cities (list); empty where not recorded
// returns: sources | 该供应关系的出处 | sources of the delivery
// returns: sources_city | 其城市的出处 | sources of its cities
// codes: direction | supplier = 供应商, customer = 客户
// needs: SUPPLIES
// example: company=华为 steps=1
// empty.zh: 未见该企业的供应商或客户的记载
// empty.en: no supplier or customer of this company is recorded

MATCH (me:Company)
WHERE me.id IN [$company, $id]
WITH me.id AS my_id, me.name AS company
CALL (my_id) {
  MATCH (x:Company)-[steps:SUPPLIES*1..5]->(me:Company)
  WHERE me.id = my_id AND x.id <> my_id AND size(steps) <= $steps
    AND way_from_source(steps)
  WITH x, steps[0] AS delivery, size(steps) AS step
  WITH x.id AS id, x.name AS name, delivery, min(step) AS tier
  RETURN 'supplier' AS direction, tier, id, name, endNode(delivery).name AS partner, delivery.id AS delivery_id, delivery.product AS product,
    delivery.share AS share, delivery.year AS year
  UNION ALL
  MATCH (me:Company)-[steps:SUPPLIES*1..5]->(x:Company)
  WHERE me.id = my_id AND x.id <> my_id AND size(steps) <= $steps
    AND way_from_source(steps)
  WITH x, steps[size(steps) - 1] AS delivery, size(steps) AS step
  WITH x.id AS id, x.name AS name, delivery, min(step) AS tier
  RETURN 'customer' AS direction, tier, id, name, startNode(delivery).name AS partner, delivery.id AS delivery_id, delivery.product AS product,
    delivery.share AS share, delivery.year AS year
}
WITH company, direction, tier, id, name, partner, delivery_id, product, share, year
CALL (id) {
  // LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
  WHERE c.id = id
    AND from_source(at.sources)
    AND way_from_source(cu)
  RETURN collect(DISTINCT k.name) AS city, collect(at.sources + [step IN cu | step.id]) AS city_parts
}
RETURN company, direction, tier, name, id, partner, product, share, year, city, [delivery_id] AS sources, city_parts AS sources_city
ORDER BY direction DESC, tier, partner, name, product, year, id, delivery_id
