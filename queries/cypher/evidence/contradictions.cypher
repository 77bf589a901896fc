// name: contradictions
// theme: evidence
// title.zh: 矛盾之处
// title.en: Contradictions
// question.zh: 来源在哪些事实上互相矛盾？
// question.en: On which facts do the sources disagree?
// method.zh: 每对取值一行，按原文；“—”是来源中的短横，不是取值。hard 不能同时为真，soft 可由口径、时间或留空解释，alias 只是写法不同。
//   限定来源时，双方都须出自所问来源；chosen 只在采用的是双方之一时写出。
// method.en: One row per pair of values as written; — is a dash in the source and no value. hard: cannot both be true. soft: scope, time or
//   a blank may explain it. alias: only written differently. With `source` both sides must come from the asked sources; chosen
//   is shown where one of the two was chosen.
// parameter: source
// returns: name | 所涉对象 | of what
// returns: id | 其 id | its id
// returns: label | 其标签 | its label
// returns: property | 属性或关系类型 | property or relation type
// returns: kind | 矛盾类别 | kind
// returns: severity | 严重程度：hard、soft、alias | severity: hard, soft or alias
// returns: period | 时期，空为不限 | period; null where it has none
// returns: value_a | 一方的取值 | value of one side
// returns: source_a | 一方的出处（列表） | its sources (list)
// returns: value_b | 另一方的取值 | value of the other side
// returns: source_b | 另一方的出处（列表） | its sources (list)
// returns: chosen | 图中采用的取值 | value that the graph shows
// returns: sources | 双方的出处 | sources of both
// codes: label | @label
// codes: property | @property
// codes: kind | @conflict_kind
// codes: severity | @severity
// example: source=图表4
// empty.zh: 图中的记载未见互相矛盾之处
// empty.en: no two recorded statements contradict each other

MATCH (n)-[:HAS_CONFLICT]->(x:Conflict)
UNWIND range(0, size(x.values) - 2) AS i
UNWIND range(i + 1, size(x.values) - 1) AS j
WITH n, x, x.values[i] AS value_a, x.values[j] AS value_b,
  split(x.value_sources[i], ', ') AS said_a, split(x.value_sources[j], ', ') AS said_b
WHERE from_source(said_a) AND from_source(said_b)
RETURN n.name AS name, n.id AS id, head(labels(n)) AS label, x.property AS property, x.kind AS kind,
  x.severity AS severity, x.period AS period, value_a, said_a AS source_a, value_b, said_b AS source_b,
  CASE WHEN x.chosen IN [value_a, value_b] THEN x.chosen END AS chosen, said_a + said_b AS sources
ORDER BY CASE severity WHEN 'hard' THEN 0 WHEN 'soft' THEN 1 ELSE 2 END, name, property, value_a, value_b, id, x.id
