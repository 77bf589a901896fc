// name: conflicts-by-kind
// theme: evidence
// title.zh: 各类矛盾的数目
// title.en: Contradictions by kind
// question.zh: 图中各类矛盾有多少，多严重，涉及哪类对象、多少对象？
// question.en: How many contradictions of each kind are there, how severe are they, and what do they concern?
// method.zh: 按矛盾计数（contradictions 则每对取值一行）。hard 不能同时为真，soft 可由口径、时间或留空解释，alias 只是写法不同。within_document 为各方都出自同一份文件的。
//   限定来源时，至少两个取值须出自所问来源。
// method.en: Contradictions are counted (in `contradictions` each pair of values has a row). hard: cannot both be true. soft: scope, time or a blank may explain it. alias: only written differently.
//   n_within_document counts those whose sides are all of one document. With `source` at least two of the values must come from the asked sources.
// parameter: label | text | | @label | 只计此标签的对象，如 City，默认各标签 | only things of this label, such as City; all by default
// parameter: source
// returns: kind | 矛盾类别 | kind
// returns: severity | 严重程度 | severity: hard, soft or alias
// returns: label | 对象的标签 | label of what they concern
// returns: n | 矛盾数 | number of contradictions
// returns: n_subjects | 对象数 | number of things they concern
// returns: n_within_document | 其中同一份文件内的 | of these within one document
// returns: properties | 属性或关系类型（列表） | properties or relation types (list)
// returns: id | 第一个矛盾的 id | id of the first one
// returns: sources | 出处 | sources
// codes: kind | @conflict_kind
// codes: severity | @severity
// codes: label | @label
// codes: properties | @property
// example: label=City
// example: source=图表3,图表4,图表5
// empty.zh: 图中的记载未见互相矛盾之处
// empty.en: no two recorded statements contradict each other

MATCH (n)-[:HAS_CONFLICT]->(x:Conflict)
WHERE $label = '' OR head(labels(n)) = $label
UNWIND range(0, size(x.values) - 1) AS i
WITH n, x, i, split(x.value_sources[i], ', ') AS said
WHERE from_source(said)
WITH n, x, count(i) AS sides, collect(said) AS parts, x.sources AS cited
WHERE sides > 1
WITH n.id AS subject, head(labels(n)) AS label, x.id AS one, x.kind AS kind, x.severity AS severity, x.property AS property, parts,
  CASE WHEN all(c IN cited WHERE split(c, '#')[0] = split(cited[0], '#')[0]) THEN 1 ELSE 0 END AS within
RETURN kind, severity, label, count(one) AS n, count(DISTINCT subject) AS n_subjects, sum(within) AS n_within_document, collect(DISTINCT property) AS properties,
  min(one) AS id, collect(parts) AS sources
ORDER BY CASE severity WHEN 'hard' THEN 0 WHEN 'soft' THEN 1 ELSE 2 END, n DESC, kind, label, id
