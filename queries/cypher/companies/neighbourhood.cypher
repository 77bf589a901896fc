// name: neighbourhood
// theme: companies
// title.zh: 企业的全部关系
// title.en: Everything around a company
// question.zh: 图中与某企业直接相连的有什么？
// question.en: What is directly connected with a company in the graph?
// parameter: company | text | 奥比中光 | Company | 企业名称、别名或 id | name, alias or id of the company
// parameter: id | text | | Company | 企业 id，与 company 二选一 | id of the company, instead of company
// choice: company, id
// parameter: source
// returns: company | 所问的企业 | the company asked for
// returns: relation | 关系类型 | relation type
// returns: direction | 方向：out 由该企业出发，in 指向该企业 | direction: out (from the company), in (to it)
// returns: name | 另一端的名称 | name of the other end
// returns: id | 另一端的 id | its id
// returns: label | 另一端的标签 | its label
// returns: sources | 出处 | sources
// codes: relation | @relation
// codes: direction | out = 由该企业出发, in = 指向该企业
// codes: label | @label
// needs: Company
// example: company=商汤科技
// example: id=company:华为
// example: company=奥比中光 source=图表31
// empty.zh: 未见该企业的关系的记载
// empty.en: no relation of this company is recorded

MATCH (me:Company)
WHERE me.id IN [$company, $id]
MATCH (me)-[r]-(other)
WHERE from_source(r.sources)
RETURN me.name AS company, type(r) AS relation, CASE WHEN startNode(r).id = me.id THEN 'out' ELSE 'in' END AS direction,
  other.name AS name, other.id AS id, head(labels(other)) AS label, r.sources AS sources
ORDER BY relation, direction, name, id
