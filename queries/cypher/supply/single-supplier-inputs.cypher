// name: single-supplier-inputs
// theme: supply
// title.zh: 只知一家供应商的投入
// title.en: Inputs with one known supplier
// question.zh: 哪些企业的哪种产品只记载了一家供应商，别处还有谁供应同类产品？
// question.en: Which companies have a product for which only one supplier is recorded, and who else supplies it elsewhere?
// method.zh: 客户与产品（按来源的写法）相同而供应商只记载一家者，每对列一行，不论年份。“未见其他供应商”不等于没有：可能只是没有记载。
//   产品未见记载的供应不列，因为无从判断是否同一产品。alternatives 为向其他客户供应同名产品的企业。
// method.en: One row per customer and product (as the source writes it) with one recorded supplier, whatever the year. No other is known, which does not mean
//   that there is none. Deliveries without a recorded product are left out, since nobody can say whether the product is the same.
//   alternatives are companies that supply a product of this name to others.
// parameter: company | text | | Company | 只列此客户，默认各企业 | only this customer; all by default
// parameter: source
// returns: name | 客户 | customer
// returns: id | 客户 id | id of the customer
// returns: product | 产品 | product
// returns: supplier | 唯一有记载的供应商 | the only recorded supplier
// returns: supplier_id | 其 id | its id
// returns: state | 其他供应商：no other known | other suppliers: no other known
// returns: share | 记载的最高份额，空为未见记载 | largest recorded share; null where not recorded
// returns: year | 记载的年份（列表），空列表为未见记载 | recorded years (list); empty where not recorded
// returns: n_alternatives | 向他人供应同名产品的企业数，空为未见记载 | companies that supply a product of this name to others; null where not recorded
// returns: alternatives | 这些企业（列表） | their names (list)
// returns: sources | 该供应关系的出处 | sources of the delivery
// returns: sources_alternatives | 向他人供应的出处 | sources of the deliveries to others
// codes: state | no other known = 未见其他供应商
// needs: SUPPLIES
// example: company=华为
// empty.zh: 未见只记载一家供应商的产品
// empty.en: no product with one recorded supplier is recorded

// The deliveries of a product are read once, however many customers it has.
MATCH (s:Company)-[r:SUPPLIES]->(c:Company)
WHERE r.product IS NOT NULL
  AND from_source(r.sources)
WITH r.product AS product, collect({supplier_id: s.id, supplier: s.name, id: c.id, name: c.name, share: r.share, year: r.year, said: r.sources}) AS deliveries
CALL (deliveries) {
  UNWIND deliveries AS one
  WITH one.supplier_id AS maker_id, one.supplier AS maker, collect(one.said) AS said
  RETURN collect({id: maker_id, name: maker, said: said}) AS makers
}
CALL (deliveries) {
  UNWIND deliveries AS one
  WITH one
  WHERE $company = '' OR one.id = $company
  WITH one.id AS id, one.name AS name, collect(DISTINCT one.supplier_id) AS suppliers, collect(DISTINCT one.supplier) AS supplier_names,
    max(one.share) AS share, collect(DISTINCT one.year) AS year, collect(one.said) AS parts
  WHERE size(suppliers) = 1
  RETURN id, name, head(suppliers) AS supplier_id, head(supplier_names) AS supplier, share, year, parts
}
WITH product, id, name, supplier_id, supplier, share, year, parts, [x IN makers WHERE x.id <> supplier_id] AS others
RETURN name, id, product, supplier, supplier_id, 'no other known' AS state, share, year,
  CASE WHEN size(others) > 0 THEN size(others) END AS n_alternatives, [x IN others | x.name] AS alternatives, parts AS sources,
  [x IN others | x.said] AS sources_alternatives
ORDER BY size(others), name, product, id
