// name: policy-issuers
// theme: policy
// title.zh: 政策的发布者
// title.en: Issuers of policies
// question.zh: 哪些部门与地方发布了多少项政策，是哪些类别，最早与最近在哪一年？
// question.en: Which bodies and places issued how many policies, of which kinds, and when were the first and the last?
// method.zh: 每个发布者一行，政策按 id 去重；几家联合发布的各计一次，发布者未见记载的政策单列（空）。年份只取写明日期的政策，n_undated 是未写明的。
//   政府与其地方是两个发布者（浙江省政府、浙江省），按来源所写。
// method.en: One row per issuer; distinct policies, one issued by several bodies counts for each of them. Policies without a recorded issuer have a row of their own (null).
//   First and last year are those of dated policies, n_undated counts the others. A government and its place are two issuers, as sources write them.
// parameter: country | text | | Country | 只计用于此国（含其省市）的政策，默认各国 | only policies for this country and places in it; all by default
// parameter: source
// returns: name | 发布者，空为未见记载 | issuer; null where not recorded
// returns: id | 发布者 id | id of the issuer
// returns: label | 发布者的标签 | label of the issuer
// returns: n | 政策数 | number of policies
// returns: kind | 类别（列表） | kinds (list)
// returns: first_year | 最早年份，空为未见记载 | year of the first; null where not recorded
// returns: last_year | 最近年份，空为未见记载 | year of the last; null where not recorded
// returns: n_undated | 年份未见记载的政策数 | policies without a recorded year
// returns: policies | 政策名称（列表） | their names (list)
// returns: sources | 出处 | sources
// codes: label | @label
// codes: kind | @policy_kind
// needs: Policy
// example: country=中国
// example: source=图表15
// empty.zh: 未见政策的记载
// empty.en: no policy is recorded

MATCH (d:Policy)
WHERE from_source(d.sources)
OPTIONAL MATCH (d)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..5]->(k:Country)
WHERE from_source(r.sources)
  AND way_from_source(up)
WITH d, collect(DISTINCT k.id) AS countries, collect(CASE WHEN k.id = $country THEN [r.sources, [step IN up | step.id]] END) AS place_parts
WHERE $country = '' OR $country IN countries
OPTIONAL MATCH (d)-[r:ISSUED_BY]->(issuer)
WHERE from_source(r.sources)
WITH issuer.id AS id, issuer.name AS name, head(labels(issuer)) AS label, d, [r.sources, d.sources, place_parts] AS said
WITH id, name, label, count(DISTINCT d.id) AS n, collect(DISTINCT d.kind) AS kind, min(d.issued_year) AS first_year, max(d.issued_year) AS last_year,
  count(DISTINCT CASE WHEN d.issued_year IS NULL THEN d.id END) AS n_undated, collect(DISTINCT d.name) AS policies, collect(said) AS parts
RETURN name, id, label, n, kind, first_year, last_year, n_undated, policies, parts AS sources
ORDER BY CASE WHEN id IS NULL THEN 1 ELSE 0 END, n DESC, name, id
