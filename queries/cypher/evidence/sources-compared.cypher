// name: sources-compared
// theme: evidence
// title.zh: 文件之间的异同
// title.en: Documents compared
// question.zh: 两份文件在哪些属性上互相矛盾，就同一对象各给出什么数值，又共同写到了什么？
// question.en: On which properties do two documents contradict each other, which figures does each give of the same thing, and what do they state in common?
// method.zh: 每对文件列四类，限定来源时双方都须出自所问来源。contradict：图中登记的、双方各执一值的矛盾（按属性）；figures of both：双方都就同一对象写出的指标（按指标），
//   时期、口径、单位可以不同，不同不等于矛盾；stated by both：都写出的关系（按类型）；named by both：都写到的实体（按标签），写到同一实体不等于所写一致。examples 列前 10 个，前两类写作
//   “对象：甲方的值 / 乙方的值”。没有 contradict 的行，只是没有登记，不等于一致。矛盾的细节见 contradictions。
// method.en: Four kinds of rows for each pair of documents; with `source` both sides must come from the asked sources. contradict: contradictions of the graph in which each has a value of its own (by
//   property). figures of both: indicators that both state of the same subjects; period, scope and unit may differ, which is no contradiction. stated by both: relations (by type). named by
//   both: things (by label); to name the same thing is not to agree on it. examples shows the first 10, of the first two kinds as thing: value of the one / value of the other. No row
//   `contradict` means that none is recorded, not that they agree. For details of contradictions see `contradictions`.
// parameter: other_source | text | | Source | 只列与此文件的对比，默认各文件两两对比 | only pairs with this document; all pairs by default
// parameter: source
// returns: document | 一方的文件 | one document
// returns: other | 另一方的文件 | the other document
// returns: kind | 类别 | kind: contradict, figures of both, stated by both or named by both
// returns: label | 都写到的实体的标签，其他类别为空 | label of the things named by both; empty for other kinds
// returns: property | 关系类型、属性或指标，都写到的实体则为空 | relation type, property or indicator; empty for things named by both
// returns: n | 个数 | how many
// returns: examples | 前 10 个（列表） | the first 10 (list)
// returns: id | 第一个的 id | id of the first
// returns: sources | 双方的出处 | sources of both
// codes: kind | contradict = 矛盾, figures of both = 都有数值, stated by both = 都写出, named by both = 都写到
// codes: label | @label
// codes: property | @property
// needs: Source
// example: other_source=苏浙竞逐AI新赛道
// empty.zh: 未见两份文件共同写到的事实或互相的矛盾
// empty.en: no two documents state anything in common or contradict each other

CALL () {
  MATCH (:Source)<-[:STATED_IN]-(x)
  WHERE NOT x:Source AND NOT x:Conflict AND any(cited IN x.sources WHERE split(cited, '#')[0] <> split(x.sources[0], '#')[0])
    AND from_source(x.sources)
  WITH DISTINCT x
  RETURN 'named by both' AS kind, head(labels(x)) AS label, '' AS property, x.id AS one, x.name AS example,
    [cited IN x.sources | {value: null, document: split(cited, '#')[0], cited: cited}] AS sides
  UNION ALL
  MATCH (a:Company|University|Institution|Park|Country|Region|Province|City|District|Group|Policy|Programme|ChainLayer|ChainSegment|Technology|Industry|ApplicationField|ApplicationScenario|ComputeCenter|Event|PolicyTarget|Assessment)-[r:LOCATED_IN|PART_OF|OPERATES_IN|REPRESENTATIVE_OF|SUPPLIES|UPSTREAM_OF|PROVIDES|USES_TECHNOLOGY|FOCUSES_ON|PILLAR_INDUSTRY|HOSTS|ISSUED_BY|APPLIES_TO|PROMOTES|TARGETS|DESIGNATED_AS|HAS_EVENT|OBSERVED|ASSESSED]->(b)
  WHERE any(cited IN r.sources WHERE split(cited, '#')[0] <> split(r.sources[0], '#')[0])
    AND from_source(r.sources)
  RETURN 'stated by both' AS kind, '' AS label, type(r) AS property, r.id AS one, a.name + ' → ' + b.name AS example,
    [cited IN r.sources | {value: null, document: split(cited, '#')[0], cited: cited}] AS sides
  UNION ALL
  MATCH (n)-[:HAS_CONFLICT]->(x:Conflict)
  UNWIND range(0, size(x.values) - 1) AS i
  UNWIND split(x.value_sources[i], ', ') AS cited
  WITH n, x, collect({value: x.values[i], document: split(cited, '#')[0], cited: cited}) AS sides
  RETURN 'contradict' AS kind, '' AS label, x.property AS property, x.id AS one, n.name AS example, sides
  UNION ALL
  MATCH (s)-[:OBSERVED]->(o:Observation)
  WHERE o.indicator IS NOT NULL AND s.id <> 'segment:人工智能'
  WITH o, s
  ORDER BY s.id
  WITH o, collect(s.id) AS ids, collect(s.name) AS names
  UNWIND o.sources AS cited
  WITH ids, names, o.indicator AS property, min(o.id) AS one, collect({cited: cited, document: split(cited, '#')[0],
    value: coalesce(o.value_text, toString(o.value)) + CASE WHEN o.period IS NULL THEN '' ELSE '（' + o.period + '）' END}) AS sides
  WHERE any(side IN sides WHERE side.document <> sides[0].document)
  RETURN 'figures of both' AS kind, '' AS label, property, one, names[0] + reduce(line = '', x IN tail(names) | line + '、' + x) AS example, sides
}
UNWIND sides AS side
WITH kind, label, property, one, example, side.document AS document, side.value AS value, [side.cited] AS cited
WHERE from_source(cited)
WITH kind, label, property, one, example, document, value, collect(cited) AS said
ORDER BY document, value
WITH kind, label, property, one, example, document, collect(value) AS values, collect(said) AS said
ORDER BY document
WITH kind, label, property, one, example, collect({document: document, values: values, said: said}) AS found
UNWIND range(0, size(found) - 2) AS i
UNWIND range(i + 1, size(found) - 1) AS j
WITH kind, label, property, one, example, found[i] AS a, found[j] AS b
// Two documents contradict each other where they do not give the same values.
WHERE ($other_source = '' OR $other_source IN [a.document, b.document]) AND (kind <> 'contradict' OR a.values <> b.values)
WITH kind, label, property, one, a, b, example + CASE WHEN size(a.values) > 0 THEN '：' + a.values[0]
  + reduce(line = '', v IN tail(a.values) | line + '、' + v) + ' / ' + b.values[0] + reduce(line = '', v IN tail(b.values) | line + '、' + v) ELSE '' END AS shown
ORDER BY shown, one
WITH a.document AS document_id, b.document AS other_id, kind, label, property, count(one) AS n, collect(shown) AS shown, min(one) AS id, collect(a.said) + collect(b.said) AS sources
MATCH (d:Source)
WHERE d.id = document_id
WITH d.name AS document, other_id, kind, label, property, n, shown[0..10] AS examples, id, sources
MATCH (e:Source)
WHERE e.id = other_id
RETURN document, e.name AS other, kind, label, property, n, examples, id, sources
ORDER BY document, other, CASE kind WHEN 'contradict' THEN 0 WHEN 'figures of both' THEN 1 WHEN 'stated by both' THEN 2 ELSE 3 END, n DESC, label, property, id
