// name: facts-by-source
// theme: evidence
// title.zh: 各文件贡献的事实
// title.en: What each document contributes
// question.zh: 每份文件写出了多少实体和关系，其中多少只有它写出？
// question.en: How many things and relations of each kind does each document state, and how many does it alone state?
// method.zh: 一个实体或关系的出处涉及几份文件，就在几份文件下各计一次；n_only 只计出处全在该文件的。只由代码表给出的上下级没有出处，不计。出处只列每行前 10 个的，其余用 aikg why 查。
// method.en: A thing or relation counts under each document that it cites; n_only counts those that cite no other. Ancestors that only the code table gives cite nothing and do not count. Sources are those of the
//   first 10 of each row; aikg why shows the others.
// parameter: kind | text | | =node,relation | 只列 node（实体）或 relation（关系），默认都列 | only nodes (node) or relations (relation); both by default
// parameter: source
// returns: document | 文件 | document
// returns: id | 文件 id | id of the document
// returns: label | 实体的标签，关系则为空 | label of the things; empty for relations
// returns: relation | 关系类型，实体则为空 | type of the relations; empty for things
// returns: n | 个数 | how many
// returns: n_only | 其中只有该文件写出的 | of these stated by this document alone
// returns: sources | 其中前 10 个的出处 | sources of the first 10
// codes: label | @label
// codes: relation | @relation
// needs: Source
// example: kind=relation
// example: kind=node source=图表15
// empty.zh: 未见有出处的事实
// empty.en: no fact with a source is recorded

CALL () {
  MATCH (:Source)<-[:STATED_IN]-(x)
  WHERE $kind IN ['', 'node'] AND NOT x:Source AND NOT x:Conflict
    AND from_source(x.sources)
  WITH DISTINCT x
  RETURN head(labels(x)) AS label, '' AS relation, x.id AS one, x.sources AS said
  UNION ALL
  MATCH (a:Company|University|Institution|Park|Country|Region|Province|City|District|Group|Policy|Programme|ChainLayer|ChainSegment|Technology|Industry|ApplicationField|ApplicationScenario|ComputeCenter|Event|PolicyTarget|Assessment)-[r:LOCATED_IN|PART_OF|OPERATES_IN|REPRESENTATIVE_OF|SUPPLIES|UPSTREAM_OF|PROVIDES|USES_TECHNOLOGY|FOCUSES_ON|PILLAR_INDUSTRY|HOSTS|ISSUED_BY|APPLIES_TO|PROMOTES|TARGETS|DESIGNATED_AS|HAS_EVENT|OBSERVED|ASSESSED]->()
  WHERE $kind IN ['', 'relation']
    AND from_source(r.sources)
  RETURN '' AS label, type(r) AS relation, r.id AS one, r.sources AS said
}
WITH label, relation, one, said, split(said[0], '#')[0] AS first
WITH label, relation, one, said, first, all(cited IN said WHERE cited STARTS WITH first) AS alone
UNWIND CASE
    WHEN alone THEN [first]
    ELSE reduce(seen = [first], cited IN said | CASE WHEN split(cited, '#')[0] IN seen THEN seen ELSE seen + [split(cited, '#')[0]] END)
  END AS document
WITH label, relation, one, document, alone, CASE WHEN alone THEN said ELSE [cited IN said WHERE cited STARTS WITH document] END AS cited
WHERE from_source(cited)
WITH label, relation, one, document, alone, cited
ORDER BY cited[0], one
WITH label, relation, document, count(one) AS n, sum(CASE WHEN alone THEN 1 ELSE 0 END) AS n_only, collect(cited) AS cited
MATCH (d:Source)
WHERE d.id = document
RETURN d.name AS document, d.id AS id, label, relation, n, n_only, cited[0..10] AS sources
ORDER BY document, id, relation <> '', n DESC, label, relation
