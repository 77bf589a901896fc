// name: depends-on-source
// theme: evidence
// title.zh: 只靠某一来源的事实
// title.en: What depends on a source
// question.zh: 若去掉某份文件或某张图表，哪些实体和关系就失去依据？
// question.en: If a document or a table were withdrawn, which things and relations would be left without evidence?
// method.zh: 计出处全部来自所问来源（可多个）的实体与关系；出处里还有别处的不计，只由代码表给出的上下级没有出处，也不计。examples 列前 10 个。一个都不给（空列表）时没有行。
// method.en: Nodes and relations are counted whose citations all come from the asked sources (one or several); what is also cited elsewhere does not count, nor do ancestors that only the
//   code table gives, which cite nothing. examples shows the first 10. Without any source there are no rows.
// parameter: source | list | 图表31 | source | 所问的来源：文件标题或 id、图表号，可多个 | the sources asked for: title or id of a document, number of a table; several
// returns: label | 实体的标签，关系则为空 | label of the things; empty for relations
// returns: relation | 关系类型，实体则为空 | type of the relations; empty for things
// returns: n | 只靠所问来源的个数 | how many depend on the sources
// returns: total | 所问来源提到的总数 | how many the sources state at all
// returns: examples | 其中前 10 个（列表） | the first 10 of those that depend (list)
// returns: id | 其中第一个的 id，没有时为空 | id of the first of them; null where there is none
// returns: sources | 出处；没有只靠所问来源者时为提到者的出处 | sources of those that depend, or of what is stated where none does
// codes: label | @label
// codes: relation | @relation
// example: source=图表50
// example: source=图表3,图表4,图表5
// empty.zh: 所问的来源什么也没有写出
// empty.en: the asked sources state nothing

CALL () {
  MATCH (:Source)<-[:STATED_IN]-(x)
  WHERE size($source) > 0
    AND from_source(x.sources)
  WITH DISTINCT x
  WHERE NOT x:Source AND NOT x:Conflict
  RETURN head(labels(x)) AS label, '' AS relation, x.id AS one, x.name AS name, x.sources AS said, only_from_source(x.sources) AS alone
  UNION ALL
  MATCH (a:Company|University|Institution|Park|Country|Region|Province|City|District|Group|Policy|Programme|ChainLayer|ChainSegment|Technology|Industry|ApplicationField|ApplicationScenario|ComputeCenter|Event|PolicyTarget|Assessment)-[r:LOCATED_IN|PART_OF|OPERATES_IN|REPRESENTATIVE_OF|SUPPLIES|UPSTREAM_OF|PROVIDES|USES_TECHNOLOGY|FOCUSES_ON|PILLAR_INDUSTRY|HOSTS|ISSUED_BY|APPLIES_TO|PROMOTES|TARGETS|DESIGNATED_AS|HAS_EVENT|OBSERVED|ASSESSED]->(b)
  WHERE size($source) > 0 AND size(r.sources) > 0
    AND from_source(r.sources)
  RETURN '' AS label, type(r) AS relation, r.id AS one, a.name + ' → ' + b.name AS name, r.sources AS said, only_from_source(r.sources) AS alone
}
WITH label, relation, one, name, said, alone
ORDER BY name, one
WITH label, relation, sum(CASE WHEN alone THEN 1 ELSE 0 END) AS n, count(one) AS total, collect(CASE WHEN alone THEN name END) AS names, min(CASE WHEN alone THEN one END) AS id,
  collect(CASE WHEN alone THEN said END) AS own, collect(said) AS parts
RETURN label, relation, n, total, names[0..10] AS examples, id, CASE WHEN n > 0 THEN own ELSE parts END AS sources
ORDER BY relation <> '', n DESC, total DESC, label, relation, id
