// name: listings-of-year
// theme: companies
// title.zh: 某年上市的企业
// title.en: Listings of a year
// question.zh: 某年有哪些企业上市，融资多少？
// question.en: Which companies were listed in a year, and how much did they raise?
// method.zh: 每次上市一行，同一企业可有多次。金额以完整货币单位表示，不换算币种；未透露为空，原文见 amount_text。
// method.en: One row per listing; a company may have several. Amounts are in full units of their currency and never converted; null
//   where not disclosed, see amount_text.
// parameter: year | integer | 2022 | Event.date_year | 年份 | year
// parameter: source
// returns: name | 企业名称 | company
// returns: id | 企业 id | id of the company
// returns: period | 上市日期 | date of the listing
// returns: value | 融资金额，未透露为空 | amount raised; null where not disclosed
// returns: unit | 币种（ISO 4217） | currency (ISO 4217)
// returns: amount_text | 金额原文 | amount as written
// returns: segment | 企业的环节（列表） | segments of the company (list)
// returns: sources | 出处 | sources
// needs: Event, HAS_EVENT
// example: year=2022 source=图表31
// empty.zh: 未见该年上市的记载
// empty.en: no listing is recorded in this year

MATCH (c:Company)-[h:HAS_EVENT]->(v:Event)
WHERE v.kind = 'listing' AND v.date_year = $year
  AND from_source(h.sources)
OPTIONAL MATCH (c)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s:ChainSegment)
WHERE from_source(r.sources)
WITH c, v, h.sources + v.sources AS said, collect(DISTINCT s.name) AS segment, collect(r.sources) AS parts
RETURN c.name AS name, c.id AS id, v.date AS period, v.amount AS value, v.currency AS unit, v.amount_text AS amount_text, segment, parts + [said] AS sources
ORDER BY period, name, v.id
