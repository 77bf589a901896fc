// name: company-profile
// theme: companies
// title.zh: 企业档案
// title.en: Profile of a company
// question.zh: 关于某企业记载了哪些事实，哪些未见记载？
// question.en: Which facts of a company are recorded, and which are not?
// method.zh: 每个事实一行：属性、地点、环节、代表、供给、事件、试点、指标、矛盾。成立日期、融资阶段、城市、环节未见记载时也各列一行。
//   所列属性取图中采用的取值；限定来源而企业另有其他来源时，属性可能出自其他来源，标 source open。
// method.en: One row per fact: properties, places, segments, what it stands for or provides, events, programmes, figures, contradictions.
//   Founding date, financing stage, city and segment have a row also where they are not recorded. Properties are those that
//   the graph shows; with `source` given, and the company named by other sources as well, they may come from these: source open.
// parameter: company | text | 商汤科技 | Company | 企业名称、别名或 id | name, alias or id of the company
// parameter: id | text | | Company | 企业 id，与 company 二选一 | id of the company, instead of company
// choice: company, id
// parameter: source
// returns: company | 所问的企业 | the company asked for
// returns: fact | 事实：属性或关系 | fact: property or relation
// returns: name | 取值，或关系另一端的名称 | value, or name of the other end
// returns: id | 另一端的 id，属性为该企业的 id | id of the other end; that of the company for properties
// returns: label | 其标签；未见记载时为所缺的标签 | its label; of what is missing where not recorded
// returns: detail | 补充：角色、产品、金额原文、矛盾各方 | more of it: role, product, amount as written, sides of a contradiction
// returns: period | 时间 | time
// returns: state | 状态：recorded、disputed、source open、not recorded | state: recorded, disputed, source open or not recorded
// returns: sources | 出处；未见记载时为该企业的出处 | sources; those of the company where a fact is not recorded
// blank: detail, period
// codes: fact | @property
// codes: label | @label
// codes: detail | @role
// codes: state | recorded = 有记载, disputed = 有矛盾, source open = 出处未分, not recorded = 未见记载
// needs: Company
// example: company=奥比中光
// example: id=company:创新奇智
// example: company=华为 source=图表5
// empty.zh: 未见该企业的记载
// empty.en: nothing is recorded of this company

MATCH (me:Company)
WHERE me.id IN [$company, $id]
  AND from_source(me.sources)
// A contradiction stands between the asked sources only if two of its sides come from them.
OPTIONAL MATCH (me)-[:HAS_CONFLICT]->(x:Conflict)
WHERE x.severity <> 'alias'
UNWIND CASE WHEN x IS NULL THEN [null] ELSE x.value_sources END AS side
WITH me, x, split(side, ', ') AS said
WITH me, x.id AS conflict, x.property AS property, count(CASE WHEN said IS NOT NULL AND from_source(said) THEN 1 END) AS sides
WITH me, collect(CASE WHEN sides > 1 THEN property END) AS in_doubt
WITH me.id AS my_id, me.name AS company, in_doubt
CALL (my_id) {
  MATCH (c:Company)
  WHERE c.id = my_id
  UNWIND [
    {position: 1, fact: 'legal_name', shown: c.legal_name}, {position: 2, fact: 'uscc', shown: c.uscc},
    {position: 3, fact: 'founded', shown: c.founded}, {position: 4, fact: 'financing_stage', shown: c.financing_stage},
    {position: 5, fact: 'listed', shown: CASE WHEN c.listed = true THEN '已上市' WHEN c.listed = false THEN '未上市' END}
  ] AS row
  WITH row.position AS position, row.fact AS fact, row.shown AS shown, c.sources AS own,
    CASE WHEN only_from_source(c.sources) THEN 'recorded' ELSE 'source open' END AS state
  WHERE shown IS NOT NULL
  RETURN position, fact, shown, my_id AS id, 'Company' AS label, null AS detail, null AS period, state, own AS said
  UNION ALL
  MATCH (c:Company)-[at:LOCATED_IN|HOSTS]-(spot)
  WHERE c.id = my_id
    AND from_source(at.sources)
  RETURN 6 AS position, 'LOCATED_IN' AS fact, spot.name AS shown, spot.id AS id, head(labels(spot)) AS label, at.role AS detail,
    null AS period, 'recorded' AS state, at.sources AS said
  UNION ALL
  MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES|SUPPLIES]->(thing)
  WHERE c.id = my_id
    AND from_source(r.sources)
  RETURN 7 AS position, type(r) AS fact, thing.name AS shown, thing.id AS id, head(labels(thing)) AS label, r.product AS detail,
    toString(r.year) AS period, 'recorded' AS state, r.sources AS said
  UNION ALL
  MATCH (c:Company)-[r:HAS_EVENT]->(v:Event)
  WHERE c.id = my_id
    AND from_source(r.sources)
  RETURN 8 AS position, type(r) AS fact, v.name AS shown, v.id AS id, 'Event' AS label, v.amount_text AS detail,
    v.date AS period, 'recorded' AS state, r.sources AS said
  UNION ALL
  MATCH (c:Company)-[r:DESIGNATED_AS]->(g:Programme)
  WHERE c.id = my_id
    AND from_source(r.sources)
  RETURN 9 AS position, type(r) AS fact, g.name AS shown, g.id AS id, 'Programme' AS label, null AS detail,
    toString(r.year) AS period, 'recorded' AS state, r.sources AS said
  UNION ALL
  MATCH (c:Company)-[r:OBSERVED]->(o:Observation)
  WHERE c.id = my_id
    AND from_source(r.sources)
  RETURN 10 AS position, type(r) AS fact, o.name AS shown, o.id AS id, 'Observation' AS label,
    o.value_text AS detail, o.period AS period, 'recorded' AS state, r.sources AS said
  UNION ALL
  MATCH (c:Company)-[:HAS_CONFLICT]->(x:Conflict)
  WHERE c.id = my_id
  UNWIND x.value_sources AS side
  WITH x, split(side, ', ') AS said
  WHERE from_source(said)
  WITH x, count(said) AS sides, collect(said) AS parts
  WHERE sides > 1
  RETURN 11 AS position, 'HAS_CONFLICT' AS fact, x.name AS shown, x.id AS id, 'Conflict' AS label,
    reduce(line = '', value IN x.values | line + CASE WHEN line = '' THEN '' ELSE ' / ' END + value) AS detail,
    x.period AS period, 'recorded' AS state, parts AS said
  UNION ALL
  // What a profile should hold and nobody states.
  MATCH (c:Company)
  WHERE c.id = my_id
  OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
  WHERE from_source(at.sources)
    AND way_from_source(cu)
  WITH c, count(k) AS cities
  OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
  WHERE s.id <> 'segment:人工智能'
    AND from_source(r.sources)
  WITH c, cities, count(s) AS trades
  UNWIND [
    {position: 3, fact: 'founded', label: 'Company', own: c.sources, open: c.founded IS NULL},
    {position: 4, fact: 'financing_stage', label: 'Company', own: c.sources, open: c.financing_stage IS NULL},
    {position: 6, fact: 'LOCATED_IN', label: 'City', own: c.sources, open: cities = 0},
    {position: 7, fact: 'OPERATES_IN', label: 'ChainSegment', own: c.sources, open: trades = 0}
  ] AS row
  WITH row
  WHERE row.open
  RETURN row.position AS position, row.fact AS fact, null AS shown, null AS id, row.label AS label, null AS detail, null AS period,
    'not recorded' AS state, row.own AS said
}
RETURN company, fact, shown AS name, id, label, detail, period,
  CASE WHEN state <> 'not recorded' AND fact IN in_doubt AND (fact <> 'LOCATED_IN' OR detail = 'headquarters') THEN 'disputed' ELSE state END AS state,
  said AS sources
ORDER BY position, fact, period, name, id
