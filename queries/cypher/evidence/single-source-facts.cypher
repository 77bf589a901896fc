// name: single-source-facts
// theme: evidence
// title.zh: 只有一处出处的事实
// title.en: Facts that rest on one source
// question.zh: 关于某市、企业、园区或政策的事实，有多少只有一份文件、一处引文支持？
// question.en: How many of the facts about a city, company, park or policy rest on one document or on one passage only?
// method.zh: 按关系类型计与该对象直接相连的关系（出处、矛盾以及只由代码表给出的上下级除外），n 为总数。one_document：出处都在同一份文件；one_citation：出处只有一条（一行或一格）；
//   other 列出只有一份文件支持的另一端。share = n_one_document ÷ n。同一文件内重复不算另有佐证；一份文件支持也不等于有误。
// method.en: Relations that touch it directly, by type (without provenance, contradictions and ancestors that only the code table gives); n counts all. n_one_document: all citations are of one document.
//   n_one_citation: there is one citation (a line or cell) only. other lists the far ends of those with one document. share = n_one_document ÷ n.
//   A document that repeats itself corroborates nothing; to rest on one document does not mean to be wrong.
// parameter: city | text | 深圳市 | City | 城市 | city
// parameter: company | text | | Company | 企业 | company
// parameter: park | text | | Park | 园区 | park
// parameter: policy | text | | Policy | 政策 | policy
// parameter: segment | text | | ChainSegment | 环节 | segment
// choice: city, company, park, policy, segment
// parameter: source
// returns: name | 所问的对象 | what is asked for
// returns: id | 其 id | its id
// returns: relation | 关系类型 | relation type
// returns: n | 关系数 | number of relations
// returns: n_one_document | 其中只有一份文件支持的 | of these resting on one document
// returns: n_one_citation | 其中只有一条出处的 | of these resting on one citation
// returns: share | 只有一份文件支持的比例 | share of those resting on one document
// returns: other | 只有一份文件支持的另一端（列表） | far ends of those resting on one document (list)
// returns: sources | 只有一份文件支持者的出处；没有这样的关系时为各关系的出处 | sources of those resting on one document, or of all where there are none
// codes: relation | @relation
// example: company=商汤科技
// example: segment=智能芯片
// example: city=深圳市 source=图表3,图表4
// empty.zh: 未见关于该对象的关系的记载
// empty.en: no relation of it is recorded

MATCH (x:City|Company|Park|Policy|ChainSegment)-[r:LOCATED_IN|PART_OF|OPERATES_IN|REPRESENTATIVE_OF|SUPPLIES|UPSTREAM_OF|PROVIDES|USES_TECHNOLOGY|FOCUSES_ON|PILLAR_INDUSTRY|HOSTS|ISSUED_BY|APPLIES_TO|PROMOTES|TARGETS|DESIGNATED_AS|HAS_EVENT|OBSERVED|ASSESSED]-(y)
WHERE x.id IN [$city, $company, $park, $policy, $segment] AND size(r.sources) > 0
  AND from_source(r.sources)
WITH x.id AS id, x.name AS name, type(r) AS relation, y.name AS other, r.id AS one, r.sources AS said, [cited IN r.sources | split(cited, '#')[0]] AS documents
WITH id, name, relation, other, one, said, size(said) AS citations, size([d IN documents WHERE d <> documents[0]]) AS elsewhere
WITH id, name, relation, count(one) AS n, sum(CASE WHEN elsewhere = 0 THEN 1 ELSE 0 END) AS n_one_document,
  sum(CASE WHEN citations = 1 THEN 1 ELSE 0 END) AS n_one_citation, collect(DISTINCT CASE WHEN elsewhere = 0 THEN other END) AS other,
  collect(CASE WHEN elsewhere = 0 THEN said END) AS single, collect(said) AS parts
RETURN name, id, relation, n, n_one_document, n_one_citation, n_one_document * 1.0 / n AS share, other,
  CASE WHEN n_one_document > 0 THEN single ELSE parts END AS sources
ORDER BY n DESC, relation, id
