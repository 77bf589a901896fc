// name: disputed-subjects
// theme: evidence
// title.zh: 矛盾最多的对象
// title.en: Most disputed things
// question.zh: 哪些企业、地方、政策等矛盾最多，在哪些属性上？
// question.en: Which companies, places, policies … have the most contradictions, and on which properties?
// method.zh: 每个对象一行，先按不能同时为真的矛盾数，再按全部矛盾数。限定来源时，一个矛盾须至少有两个取值出自所问来源。矛盾多也可能只因写到的多。
// method.en: One row per thing, by contradictions that cannot both be true, then by all. With `source` at least two values of a contradiction must come from the asked sources.
//   Many contradictions may only mean that much is written about it.
// parameter: label | text | | @label | 只列此标签的对象，如 Company，默认各标签 | only things of this label, such as Company; all by default
// parameter: least | integer | 2 | | 至少有这么多矛盾 | at least so many contradictions
// parameter: source
// returns: name | 对象 | thing
// returns: id | 其 id | its id
// returns: label | 其标签 | its label
// returns: n | 矛盾数 | number of contradictions
// returns: n_hard | 其中不能同时为真的 | of these that cannot both be true
// returns: n_soft | 其中可由口径、时间或留空解释的 | of these that scope, time or a blank may explain
// returns: n_alias | 其中只是写法不同的 | of these that are only written differently
// returns: properties | 属性或关系类型（列表） | properties or relation types (list)
// returns: sources | 各方的出处 | sources of all sides
// codes: label | @label
// codes: properties | @property
// example: label=Company least=1
// example: least=1 source=图表4
// empty.zh: 未见有这么多矛盾的对象
// empty.en: nothing has so many contradictions

MATCH (n)-[:HAS_CONFLICT]->(x:Conflict)
WHERE $label = '' OR head(labels(n)) = $label
UNWIND range(0, size(x.values) - 1) AS i
WITH n, x, i, split(x.value_sources[i], ', ') AS said
WHERE from_source(said)
WITH n, x, count(i) AS sides, collect(said) AS parts
WHERE sides > 1
WITH n.name AS name, n.id AS id, head(labels(n)) AS label, count(x.id) AS n, sum(CASE WHEN x.severity = 'hard' THEN 1 ELSE 0 END) AS n_hard,
  sum(CASE WHEN x.severity = 'soft' THEN 1 ELSE 0 END) AS n_soft, sum(CASE WHEN x.severity = 'alias' THEN 1 ELSE 0 END) AS n_alias,
  collect(DISTINCT x.property) AS properties, collect(parts) AS sources
WHERE n >= $least
RETURN name, id, label, n, n_hard, n_soft, n_alias, properties, sources
ORDER BY n_hard DESC, n DESC, name, id
