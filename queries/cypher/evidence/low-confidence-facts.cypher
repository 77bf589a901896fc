// name: low-confidence-facts
// theme: evidence
// title.zh: 可信度低的关系
// title.en: Relations of low confidence
// question.zh: 哪些关系的可信度不超过某值，是怎样得到的？
// question.en: Which relations have a confidence of at most so much, and how were they found?
// method.zh: confidence 是读取方法的可信度（表格为 1，句式较低），不是来源可信与否。先列最低的。
// method.en: confidence is that of the method of reading (1 for tables, less for patterns of sentences); it does not tell whether the source is right. The lowest go first.
// parameter: most | number | 0.85 | | 可信度的上限 | confidence at most
// parameter: relation | text | | @relation | 只列此类关系，如 FOCUSES_ON，默认各类 | only relations of this type, such as FOCUSES_ON; all by default
// parameter: source
// returns: confidence | 可信度 | confidence
// returns: method | 方法 | method
// returns: name | 起点 | where it starts
// returns: relation | 关系类型 | relation type
// returns: other | 终点 | where it ends
// returns: id | 关系 id | id of the relation
// returns: as_of | 文件日期，空为未见记载 | date of the document; null where not recorded
// returns: sources | 出处 | sources
// codes: method | @method
// codes: relation | @relation
// example: relation=LOCATED_IN most=0.9
// example: most=0.9
// empty.zh: 未见可信度不超过此值的关系
// empty.en: no relation of so low a confidence is recorded

MATCH (a:Company|University|Institution|Park|Country|Region|Province|City|District|Group|Policy|Programme|ChainLayer|ChainSegment|Technology|Industry|ApplicationField|ApplicationScenario|ComputeCenter|Event|PolicyTarget|Assessment)-[r:LOCATED_IN|PART_OF|OPERATES_IN|REPRESENTATIVE_OF|SUPPLIES|UPSTREAM_OF|PROVIDES|USES_TECHNOLOGY|FOCUSES_ON|PILLAR_INDUSTRY|HOSTS|ISSUED_BY|APPLIES_TO|PROMOTES|TARGETS|DESIGNATED_AS|HAS_EVENT|OBSERVED|ASSESSED]->(b)
WHERE r.confidence <= $most AND ($relation = '' OR type(r) = $relation)
  AND from_source(r.sources)
RETURN r.confidence AS confidence, r.method AS method, a.name AS name, type(r) AS relation, b.name AS other, r.id AS id, r.as_of AS as_of, r.sources AS sources
ORDER BY confidence, relation, name, other, id
