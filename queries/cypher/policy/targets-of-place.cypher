// name: targets-of-place
// theme: policy
// title.zh: 地方的目标
// title.en: Goals of a place
// question.zh: 某市、省、区域或国家（含其下级）定了哪些目标与规划数，何时到期，出自哪项政策？
// question.en: Which goals and planned figures has a city, province, region or country (with the places in it), when are they due,
//   and of which policy are they?
// method.zh: 每个目标一行，先到期者在前，到期未写明者在末。policy target：政策的目标；target：来源写作目标、未写明政策；planned：规划数；既写作规划又写作
//   目标的按目标计。目标属于某地，是因为来源就该地写出，或其政策适用于该地、由该地发布。算力中心的规划算力见 compute-by-region；预测不是目标，不计。
//   comparator 只有政策的目标才有；其余的措辞见 text。
// method.en: One row per goal, the soonest first, those without a recorded date last. policy target: a goal of a policy. target: a source
//   calls it a goal and names no policy. planned: a planned figure. A goal is the place's because a source states it of the place, or because its
//   policy applies to the place or is issued by it. For planned power of compute centres see compute-by-region; forecasts are no goals and do not
//   count. Only goals of policies have a comparator; for the others see the wording in text.
// parameter: city | text | | City | 城市 | city
// parameter: province | text | 浙江省 | Province | 省 | province
// parameter: region | text | | Region | 区域 | region
// parameter: country | text | | Country | 国家 | country
// choice: city, province, region, country
// parameter: source
// returns: asked | 所问的地方 | the place asked for
// returns: period | 到期，空为未写明 | due; null where not stated
// returns: name | 目标的措辞 | what the goal is about, as written
// returns: id | 目标 id | id of the goal
// returns: indicator | 指标表中的名称，空为未列入 | indicator of the list; null where it is not in the list
// returns: comparator | 目标与数值的关系 | how the goal relates to the value
// returns: value | 数值，范围取下限 | value, of a range the lower end
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: text | 来源所写的数值 | value as written
// returns: basis | 依据：policy target 政策目标，target 目标，planned 规划数 | basis: policy target, target or planned
// returns: level | 层级：own 本级，below 下级 | level: own, or below (of a place inside)
// returns: place | 目标所属的地方、区县、园区（列表） | places, districts or parks that it is a goal of (list)
// returns: about | 所涉的环节、行业、群体等（列表） | segments, industries, groups … that it is stated of (list)
// returns: policy | 所属的政策（列表），空列表为未写明 | policies that it belongs to (list); empty where none is stated
// returns: sources | 出处 | sources
// codes: comparator | @comparator
// codes: basis | policy target = 政策目标, target = 目标, planned = 规划数
// codes: level | own = 本级, below = 下级
// needs: OBSERVED
// example: country=中国
// example: city=成都
// example: province=江苏省
// empty.zh: 未见该地方目标的记载
// empty.en: no goal of this place is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources). A ministry sits in a city, but does not speak for it.
MATCH (owner:City|District|Park|Province|Region|Country)-[up:PART_OF|LOCATED_IN*0..4]->(t)
WHERE t.id IN [$city, $province, $region, $country]
  AND way_from_source(up)
WITH t.id AS asked_id, t.name AS asked, owner, [step IN up | step.id] AS steps
CALL (owner) {
  MATCH (owner)-[r:OBSERVED]->(g:PolicyTarget|Observation)
  WHERE (g:PolicyTarget OR 'target' IN g.qualifier OR 'planned' IN g.qualifier)
    AND from_source(r.sources)
  RETURN g, r.sources AS said
  UNION ALL
  MATCH (g:PolicyTarget)<-[r:TARGETS]-(d:Policy)-[o:APPLIES_TO|ISSUED_BY]->(owner)
  WHERE from_source(r.sources) AND from_source(o.sources)
  RETURN g, r.sources + o.sources AS said
}
WITH asked_id, asked, g, collect(DISTINCT owner.id) AS owners, collect(DISTINCT owner.name) AS place,
  collect(said) AS parts, collect(steps) AS step_parts
OPTIONAL MATCH (d:Policy)-[r:TARGETS|OBSERVED]->(g)
WHERE from_source(r.sources)
WITH asked_id, asked, g, owners, place, parts, step_parts, collect(DISTINCT d.name) AS policy, collect(r.sources) AS policy_parts
OPTIONAL MATCH (x)-[r:OBSERVED]->(g)
WHERE NOT (x:City OR x:District OR x:Park OR x:Province OR x:Region OR x:Country OR x:Policy)
  AND from_source(r.sources)
WITH asked_id, asked, g, owners, place, policy, parts + policy_parts + step_parts AS parts, collect(DISTINCT x.name) AS about,
  collect(r.sources) AS about_parts
RETURN asked, coalesce(g.due, g.period) AS period, g.name AS name, g.id AS id, g.indicator AS indicator,
  CASE WHEN g:PolicyTarget THEN g.comparator END AS comparator, g.value AS value, g.value_max AS value_max, g.unit AS unit,
  g.value_text AS text,
  CASE WHEN g:PolicyTarget THEN 'policy target' WHEN 'target' IN g.qualifier THEN 'target' ELSE 'planned' END AS basis,
  CASE WHEN asked_id IN owners THEN 'own' ELSE 'below' END AS level, place, about, policy, parts + about_parts AS sources
ORDER BY coalesce(g.due, g.period, '9999'), name, value, id
