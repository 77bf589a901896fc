// name: recorded-properties
// theme: evidence
// title.zh: 属性的记载程度
// title.en: How fully properties are recorded
// question.zh: 企业的成立时间、融资阶段、所在地，园区的级别，政策的发布日期等，有多少有记载？
// question.en: How often are key properties recorded: founding date, stage and seat of companies, level of parks, date of policies …?
// method.zh: 每个标签的每项主要属性或关系一行：n_recorded 有记载，n_not_recorded 未见记载（不等于没有），share = n_recorded ÷ n。限定来源时，n 是所问来源提到的；属性值只在实体的出处全部来自所问来源时
//   才算有记载，其余有值而不知出自何处的列于 n_open。园区等以 HOSTS 写明的企业、中心等也算有所在地（LOCATED_IN），只写为某环节或层的代表企业也算写明环节（OPERATES_IN）。出处只列前 10 个的。
// method.en: One row for each key property or relation of a label: n_recorded have it, of n_not_recorded it is not recorded, which does not mean that there is none; share = n_recorded ÷ n. With `source` n counts what the asked
//   sources name; a value counts as recorded only if all sources of its node are asked for, the others, of which nobody knows whence their value is, are counted in n_open. What a park HOSTS has its place recorded too (LOCATED_IN), and who is
//   REPRESENTATIVE_OF a segment or layer its trade (OPERATES_IN). Sources are those of the first 10.
// parameter: label | text | | @label | 只列此标签，如 Company，默认各标签 | only this label, such as Company; all by default
// parameter: source
// returns: label | 标签 | label
// returns: property | 属性或关系类型 | property or relation type
// returns: n | 实体数 | number of things
// returns: n_recorded | 有记载的 | with the property recorded
// returns: n_open | 有值而出处未分的 | with a value whose source is open
// returns: n_not_recorded | 未见记载的 | not recorded
// returns: share | 有记载的比例 | share recorded
// returns: id | 第一个有记载者的 id，没有时为空 | id of the first one with it; null where there is none
// returns: sources | 前 10 个有记载者的出处；没有时为前 10 个实体的出处 | sources of the first 10 with it, or of the first 10 things where there are none
// codes: label | @label
// codes: property | @property
// example: label=Company
// example: label=Policy source=图表15
// empty.zh: 未见该标签的实体的记载
// empty.en: nothing of this label is recorded

MATCH (x:Company|Park|Policy|Institution|ComputeCenter|ChainSegment|Technology|ApplicationScenario|Event|Observation)
WHERE ($label = '' OR head(labels(x)) = $label)
  AND from_source(x.sources)
OPTIONAL MATCH (x)-[r:LOCATED_IN|HOSTS|OPERATES_IN|REPRESENTATIVE_OF|FOCUSES_ON|ISSUED_BY|APPLIES_TO|PART_OF]-(y)
WHERE (startNode(r) = x OR type(r) = 'HOSTS') AND (type(r) <> 'REPRESENTATIVE_OF' OR y:ChainSegment OR y:ChainLayer)
  AND from_source(r.sources)
WITH x, head(labels(x)) AS label, collect(DISTINCT type(r)) AS kinds, only_from_source(x.sources) AS sure
WITH x, label, sure, CASE label
    WHEN 'Company' THEN [{of: 'LOCATED_IN', has: any(k IN kinds WHERE k IN ['LOCATED_IN', 'HOSTS'])}, {of: 'OPERATES_IN', has: any(k IN kinds WHERE k IN ['OPERATES_IN', 'REPRESENTATIVE_OF'])},
      {of: 'founded', has: x.founded IS NOT NULL}, {of: 'financing_stage', has: x.financing_stage IS NOT NULL}, {of: 'listed', has: x.listed IS NOT NULL},
      {of: 'uscc', has: x.uscc IS NOT NULL}, {of: 'legal_name', has: x.legal_name IS NOT NULL}]
    WHEN 'Park' THEN [{of: 'LOCATED_IN', has: any(k IN kinds WHERE k IN ['LOCATED_IN', 'PART_OF'])}, {of: 'FOCUSES_ON', has: 'FOCUSES_ON' IN kinds},
      {of: 'kind', has: x.kind IS NOT NULL}, {of: 'level', has: x.level IS NOT NULL}]
    WHEN 'Policy' THEN [{of: 'ISSUED_BY', has: 'ISSUED_BY' IN kinds}, {of: 'APPLIES_TO', has: 'APPLIES_TO' IN kinds}, {of: 'FOCUSES_ON', has: 'FOCUSES_ON' IN kinds},
      {of: 'issued', has: x.issued IS NOT NULL}, {of: 'kind', has: x.kind IS NOT NULL}, {of: 'level', has: x.level IS NOT NULL}]
    WHEN 'Institution' THEN [{of: 'LOCATED_IN', has: any(k IN kinds WHERE k IN ['LOCATED_IN', 'HOSTS'])}, {of: 'kind', has: x.kind IS NOT NULL}]
    WHEN 'ComputeCenter' THEN [{of: 'LOCATED_IN', has: any(k IN kinds WHERE k IN ['LOCATED_IN', 'HOSTS'])}, {of: 'capacity_value', has: x.capacity_value IS NOT NULL}]
    WHEN 'ChainSegment' THEN [{of: 'PART_OF', has: 'PART_OF' IN kinds}, {of: 'lifecycle', has: x.lifecycle IS NOT NULL}]
    WHEN 'Technology' THEN [{of: 'PART_OF', has: 'PART_OF' IN kinds}, {of: 'lifecycle', has: x.lifecycle IS NOT NULL}]
    WHEN 'ApplicationScenario' THEN [{of: 'PART_OF', has: 'PART_OF' IN kinds}, {of: 'LOCATED_IN', has: any(k IN kinds WHERE k IN ['LOCATED_IN', 'HOSTS'])},
      {of: 'maturity', has: x.maturity IS NOT NULL}]
    WHEN 'Event' THEN [{of: 'date', has: x.date IS NOT NULL}, {of: 'amount', has: x.amount IS NOT NULL}, {of: 'currency', has: x.currency IS NOT NULL}]
    ELSE [{of: 'indicator', has: x.indicator IS NOT NULL}, {of: 'period', has: x.period IS NOT NULL}, {of: 'unit', has: x.unit IS NOT NULL}, {of: 'scope', has: x.scope IS NOT NULL}]
  END AS facts
UNWIND facts AS fact
// A relation has sources of its own; of a value a node does not say where it comes from.
WITH label, fact.of AS property, x.id AS one, x.sources AS said, CASE WHEN NOT fact.has THEN 'no' WHEN sure OR toUpper(fact.of) = fact.of THEN 'yes' ELSE 'open' END AS state
ORDER BY one
WITH label, property, count(one) AS n, sum(CASE WHEN state = 'yes' THEN 1 ELSE 0 END) AS n_recorded, sum(CASE WHEN state = 'open' THEN 1 ELSE 0 END) AS n_open,
  sum(CASE WHEN state = 'no' THEN 1 ELSE 0 END) AS n_not_recorded, min(CASE WHEN state = 'yes' THEN one END) AS id,
  collect(CASE WHEN state = 'yes' THEN said END) AS own, collect(said) AS parts
RETURN label, property, n, n_recorded, n_open, n_not_recorded, n_recorded * 1.0 / n AS share, id,
  CASE WHEN n_recorded > 0 THEN own[0..10] ELSE parts[0..10] END AS sources
ORDER BY label, share DESC, property, id
