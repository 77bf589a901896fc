// name: tables-of-document
// theme: evidence
// title.zh: 文件的图表与正文
// title.en: Tables and prose of a document
// question.zh: 各文件读了哪些图表与正文，每处得到多少实体和关系？
// question.en: Which tables and which prose of each document were read, and how many things and relations came from each?
// method.zh: 按出处里的图表号分组，没有图表号的是正文。n = n_nodes + n_relations；出处涉及几处，就在几处各计一次。from_line、to_line 是被引用的首末行（行号按文件的换行）。
//   未列出的图表没有得到任何事实，不等于文件里没有。出处只列每行的前 10 条。
// method.en: Grouped by the table that citations name; those without a table are prose. n = n_nodes + n_relations; what several places state counts in each. from_line and to_line are the first and
//   the last line cited. A table that is not listed gave no fact, which does not mean that the document lacks it. Only the first 10 citations of each row are listed.
// parameter: other_source | text | | Source | 只列此文件，默认各文件 | only this document; all by default
// parameter: source
// returns: document | 文件 | document
// returns: id | 文件 id | id of the document
// returns: table | 图表，空为正文 | table; null for prose
// returns: n | 实体与关系数 | number of things and relations
// returns: n_nodes | 实体数 | number of things
// returns: n_relations | 关系数 | number of relations
// returns: n_lines | 被引用的行数 | number of lines cited
// returns: from_line | 首行 | first line cited
// returns: to_line | 末行 | last line cited
// returns: sources | 出处（前 10 条） | sources (the first 10)
// needs: Source
// example: other_source=2023人工智能发展白皮书
// example: source=图表3,图表4,图表5
// empty.zh: 未见有出处的事实
// empty.en: no fact with a source is recorded

CALL () {
  MATCH (:Source)<-[:STATED_IN]-(x)
  WHERE NOT x:Source AND NOT x:Conflict
    AND from_source(x.sources)
  WITH DISTINCT x
  RETURN 1 AS is_node, x.id AS one, x.sources AS said
  UNION ALL
  MATCH (a:Company|University|Institution|Park|Country|Region|Province|City|District|Group|Policy|Programme|ChainLayer|ChainSegment|Technology|Industry|ApplicationField|ApplicationScenario|ComputeCenter|Event|PolicyTarget|Assessment)-[r:LOCATED_IN|PART_OF|OPERATES_IN|REPRESENTATIVE_OF|SUPPLIES|UPSTREAM_OF|PROVIDES|USES_TECHNOLOGY|FOCUSES_ON|PILLAR_INDUSTRY|HOSTS|ISSUED_BY|APPLIES_TO|PROMOTES|TARGETS|DESIGNATED_AS|HAS_EVENT|OBSERVED|ASSESSED]->()
  WHERE from_source(r.sources)
  RETURN 0 AS is_node, r.id AS one, r.sources AS said
}
UNWIND said AS cited
WITH is_node, one, split(cited, '#') AS place, cited, [cited] AS line
WHERE ($other_source = '' OR place[0] = $other_source)
  AND from_source(line)
WITH is_node, one, place[0] AS document, CASE WHEN size(split(cited, ';')) > 1 THEN split(cited, ';')[1] END AS table, split(place[1], ';')[0] AS line, cited
WITH document, table, is_node, one, toInteger(substring(line, 1)) AS line, cited
ORDER BY line, cited
WITH document, table, count(DISTINCT CASE WHEN is_node = 1 THEN one END) AS n_nodes, count(DISTINCT CASE WHEN is_node = 0 THEN one END) AS n_relations,
  count(DISTINCT line) AS n_lines, min(line) AS from_line, max(line) AS to_line, collect(DISTINCT cited) AS cited
MATCH (d:Source)
WHERE d.id = document
RETURN d.name AS document, d.id AS id, table, n_nodes + n_relations AS n, n_nodes, n_relations, n_lines, from_line, to_line, cited[0..10] AS sources
ORDER BY document, id, CASE WHEN table IS NULL THEN 1 ELSE 0 END, from_line, table
