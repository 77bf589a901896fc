// name: policy-levels
// theme: policy
// title.zh: 政策的层级与类别
// title.en: Policies by level and kind
// question.zh: 各国（含其省市）的政策在各层级、各类别各有多少项？
// question.en: How many policies of each level and kind does each country, with its provinces and cities, have?
// method.zh: 每国、每层级、每类别一行，政策按 id 去重。层级与类别按来源记载；未见记载者单列（空），不按发布者推定。share 是占该国全部政策的百分比。
//   欧盟等不属于任何一国的政策单列（国家为空）。
// method.en: One row per country, level and kind; distinct policies. Level and kind as recorded; where they are not, there are rows of their own (null), nothing is inferred from the
//   issuer. share is the percentage of the country's policies. Policies of no country (such as those of the EU) have rows of their own (country null).
// parameter: country | text | | Country | 只计此国，默认各国 | only this country; all by default
// parameter: source
// returns: country | 国家，空为不属任何一国或未见记载 | country; null where it is none or not recorded
// returns: id | 国家 id | id of the country
// returns: level | 层级，空为未见记载 | level; null where not recorded
// returns: kind | 类别，空为未见记载 | kind; null where not recorded
// returns: n | 政策数 | number of policies
// returns: n_country | 该国政策总数 | policies of the country in all
// returns: share | 占该国政策的百分比 | percentage of the country's policies
// returns: policies | 政策名称（列表） | their names (list)
// returns: sources | 出处 | sources
// codes: level | @level
// codes: kind | @policy_kind
// needs: Policy
// example: country=中国
// example: source=图表15
// empty.zh: 未见政策的记载
// empty.en: no policy is recorded

MATCH (d:Policy)
WHERE from_source(d.sources)
// A ministry sits in a city, but its policies are not that city's; they are its country's.
OPTIONAL MATCH (d)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..5]->(k:Country)
WHERE from_source(r.sources)
  AND way_from_source(up)
WITH d.id AS policy, d.name AS name, d.level AS level, d.kind AS kind, k.id AS id, k.name AS country,
  [d.sources, r.sources, [step IN up | step.id]] AS said
WHERE $country = '' OR id = $country
WITH policy, name, level, kind, id, country, collect(said) AS parts
WITH id, country, count(policy) AS n_country, collect({name: name, level: level, kind: kind, parts: parts}) AS found
UNWIND found AS one
WITH id, country, n_country, one.level AS level, one.kind AS kind, count(*) AS n, collect(one.name) AS policies, collect(one.parts) AS parts
RETURN country, id, level, kind, n, n_country, 100.0 * n / n_country AS share, policies, parts AS sources
ORDER BY CASE WHEN id IS NULL THEN 1 ELSE 0 END, n_country DESC, country, id,
  CASE level WHEN 'national' THEN 0 WHEN 'provincial' THEN 1 WHEN 'municipal' THEN 2 WHEN 'district' THEN 3 ELSE 9 END, level, n DESC, kind
