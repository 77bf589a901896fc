// name: policies-of-place
// theme: policy
// title.zh: 地方的政策
// title.en: Policies of a place
// question.zh: 某市、省、区域或国家有哪些政策，重点是什么？
// question.en: Which policies does a city, province, region or country have, and what do they focus on?
// method.zh: 计入适用于该地方或由其发布的政策（own），以及其下级市、区县、园区的政策（below）。
// method.en: Policies that apply to the place or are issued by it (own), and those of the cities, districts and parks in it (below).
// parameter: city | text | 杭州市 | City | 城市 | city
// parameter: province | text | | Province | 省 | province
// parameter: region | text | | Region | 区域 | region
// parameter: country | text | | Country | 国家 | country
// choice: city, province, region, country
// parameter: source
// returns: asked | 所问的地方 | the place asked for
// returns: name | 政策名称 | policy
// returns: id | 政策 id | id of the policy
// returns: place | 适用或发布的地方（列表） | places that it applies to or is issued by (list)
// returns: level | 层级：own 本级，below 下级 | level: own, or below (of a place inside)
// returns: relation | 关系类型（列表） | relation types (list)
// returns: period | 发布日期，可只到年月，空为未见记载 | date of issue, may stop at year or month; null where not recorded
// returns: focus | 政策重点（列表） | what it focuses on (list)
// returns: sources | 出处 | sources
// codes: level | own = 本级, below = 下级
// codes: relation | @relation
// needs: Policy
// example: city=北京
// example: province=浙江省
// example: country=英国 source=图表19
// empty.zh: 未见该地方政策的记载
// empty.en: no policy of this place is recorded

// A ministry sits in a city, but its policies are not that city's. Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (d:Policy)-[r:APPLIES_TO|ISSUED_BY]->(owner)-[up:PART_OF|LOCATED_IN*0..4]->(t)
WHERE t.id IN [$city, $province, $region, $country] AND NOT owner:Institution
  AND from_source(r.sources)
  AND way_from_source(up)
WITH d, t.id AS asked_id, t.name AS asked, owner.id AS owner_id, owner.name AS owner_name, type(r) AS kind,
  r.sources + d.sources + [step IN up | step.id] AS said
WITH d, asked_id, asked, collect(DISTINCT owner_id) AS owners, collect(DISTINCT owner_name) AS place,
  collect(DISTINCT kind) AS relation, collect(said) AS parts
OPTIONAL MATCH (d)-[f:FOCUSES_ON]->(x)
WHERE from_source(f.sources)
WITH d, asked_id, asked, owners, place, relation, parts, x.name AS focused, f.sources AS said
WITH d, asked_id, asked, owners, place, relation, parts, collect(DISTINCT focused) AS focus, collect(said) AS focus_parts
RETURN asked, d.name AS name, d.id AS id, place, CASE WHEN asked_id IN owners THEN 'own' ELSE 'below' END AS level,
  relation, d.issued AS period, focus, parts + focus_parts AS sources
ORDER BY level DESC, period DESC, name, id
