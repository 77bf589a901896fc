// name: representative-firms
// theme: companies
// title.zh: 被列为代表的企业
// title.en: Companies named as representative
// question.zh: 哪些企业被哪份文件列为某层、某环节或某地的代表？
// question.en: Which companies are named as representative of a layer, segment or place, and by which document?
// method.zh: 每家企业、每个所代表的对象一行，n 为同一对象的代表企业数。代表是来源的说法，不是排名，也不是全部企业。
// method.en: One row per company and what it stands for; n is the number of companies named for the same. To be representative is
//   what a source says, neither a rank nor a complete list.
// parameter: layer | text | | ChainLayer | 只列此层的代表 | only those of this layer
// parameter: segment | text | | ChainSegment | 只列此环节的代表 | only those of this segment
// parameter: place | text | | City,Province,Region,Country | 只列此地的代表 | only those of this place
// parameter: company | text | | Company | 只列此企业 | only this company
// parameter: source
// returns: of | 所代表的层、环节或地方 | layer, segment or place that it stands for
// returns: label | 其标签 | its label
// returns: n | 被列为其代表的企业数 | companies named for it
// returns: name | 企业名称 | company
// returns: id | 企业 id | id of the company
// returns: documents | 这样说的文件（列表） | documents that say so (list)
// returns: sources | 出处 | sources
// codes: label | @label
// needs: Company, REPRESENTATIVE_OF
// example: place=英国
// example: layer=技术层 source=图表4
// example: company=华为
// empty.zh: 未见被列为代表的企业的记载
// empty.en: no company is recorded as representative of this

MATCH (c:Company)-[r:REPRESENTATIVE_OF]->(t)
WHERE (($layer = '' AND $segment = '' AND $place = '') OR t.id IN [$layer, $segment, $place])
  AND from_source(r.sources)
UNWIND CASE WHEN size(coalesce(r.sources, [])) = 0 THEN [null] ELSE r.sources END AS cited
WITH c, t, r, cited, [cited] AS said
WITH c, t, r, CASE WHEN from_source(said) THEN head(split(cited, '#')) END AS document_id
OPTIONAL MATCH (d:Source)
WHERE d.id = document_id
WITH c, t, collect(DISTINCT d.name) AS documents, collect(r.sources) AS parts
WITH t.id AS thing_id, t.name AS thing, head(labels(t)) AS label,
  collect({id: c.id, name: c.name, documents: documents, parts: parts}) AS found
WITH thing_id, thing, label, found, size(found) AS n
UNWIND found AS one
WITH thing_id, thing, label, n, one
WHERE $company = '' OR one.id = $company
RETURN thing AS of, label, n, one.name AS name, one.id AS id, one.documents AS documents, one.parts AS sources
ORDER BY CASE label WHEN 'ChainLayer' THEN 0 WHEN 'ChainSegment' THEN 1 ELSE 2 END, label, n DESC, of, thing_id, name, id
