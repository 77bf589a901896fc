// name: facts-by-method
// theme: evidence
// title.zh: 各方法得到的事实
// title.en: Facts by method
// question.zh: 图中的实体和关系各有多少来自表格、句式、人工整理、代码表，可信度如何？
// question.en: How many things and relations come from tables, patterns of sentences, curation and the code table, and how sure are they?
// method.zh: 按方法与标签或关系类型计数；confidence 为平均可信度，low 为最低。由多条记载合成的实体，方法与可信度取其中一条。出处只列前 10 个的；代码表给出的上下级，来源也写到的有出处，其余没有，限定来源时不计。
// method.en: Counted by method and label or relation type; confidence is the mean, low the lowest. What several records were folded into shows the method and confidence of one of them. Sources are those of the first
//   10. Ancestors from the code table cite sources only where these state them too; the others do not count
//   where sources are asked for.
// parameter: kind | text | relation | =node,relation | node（实体）或 relation（关系） | nodes (node) or relations (relation)
// parameter: source
// returns: method | 方法 | method
// returns: label | 实体的标签，关系则为空 | label of the things; empty for relations
// returns: relation | 关系类型，实体则为空 | type of the relations; empty for things
// returns: count | 个数 | how many
// returns: share | 占该标签或类型的比例 | share of all of that label or type
// returns: confidence | 平均可信度 | mean confidence
// returns: low | 最低可信度 | lowest confidence
// returns: id | 第一个的 id | id of the first
// returns: sources | 其中前 10 个的出处 | sources of the first 10
// codes: method | @method
// codes: label | @label
// codes: relation | @relation
// example: kind=node
// example: source=图表3
// empty.zh: 未见事实的记载
// empty.en: no fact is recorded

CALL () {
  MATCH (:Source)<-[:STATED_IN]-(x)
  WHERE $kind = 'node' AND NOT x:Source AND NOT x:Conflict
    AND from_source(x.sources)
  WITH DISTINCT x
  RETURN head(labels(x)) AS label, '' AS relation, x.id AS one, x.sources AS said, x.method AS method, x.confidence AS sure
  UNION ALL
  MATCH (a:Company|University|Institution|Park|Country|Region|Province|City|District|Group|Policy|Programme|ChainLayer|ChainSegment|Technology|Industry|ApplicationField|ApplicationScenario|ComputeCenter|Event|PolicyTarget|Assessment)-[r:LOCATED_IN|PART_OF|OPERATES_IN|REPRESENTATIVE_OF|SUPPLIES|UPSTREAM_OF|PROVIDES|USES_TECHNOLOGY|FOCUSES_ON|PILLAR_INDUSTRY|HOSTS|ISSUED_BY|APPLIES_TO|PROMOTES|TARGETS|DESIGNATED_AS|HAS_EVENT|OBSERVED|ASSESSED]->()
  WHERE $kind = 'relation'
    AND from_source(r.sources)
  RETURN '' AS label, type(r) AS relation, r.id AS one, r.sources AS said, r.method AS method, r.confidence AS sure
}
WITH label, relation, one, said, method, sure
ORDER BY said[0], one
WITH label, relation, method, count(one) AS n, avg(sure) AS confidence, min(sure) AS low, min(one) AS id, collect(said) AS cited
WITH label, relation, sum(n) AS total, collect({method: method, n: n, confidence: confidence, low: low, id: id, cited: cited}) AS rows
UNWIND rows AS row
RETURN row.method AS method, label, relation, row.n AS count, row.n * 1.0 / total AS share, row.confidence AS confidence, row.low AS low, row.id AS id, row.cited[0..10] AS sources
ORDER BY label, relation, count DESC, method, id
