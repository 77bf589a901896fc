// name: place-against-country
// theme: places
// title.zh: 地方与全国的占比对比
// title.en: A place against its country
// question.zh: 按来源公布的占比，某地在哪些层、环节或领域高于全国，哪些低于全国？
// question.en: By published shares, in which layers, segments or fields does a place have more than its country, and in which less?
// method.zh: 只用来源公布的占比：同一指标（按指标表归一）、同一层、环节、技术、领域或行业，一个写的是该地，一个写的是其所在国家，单位都是 %。ratio = 该地占比 ÷ 全国占比，
//   即区位商（Haig，1926）；大于 1 为高于全国。增速等不是占比的百分数不比，预测、规划与目标不比；同一数由多处写明的合为一行。两数的时间与口径并列，不同者不可直接相比。
// method.en: Only shares that sources publish: the same indicator (of the list of indicators) of the same layer, segment, technology, field or industry, one stated of
//   the place and one of its country, both in %. ratio is the share of the place divided by that of the country, the location quotient (Haig,
//   1926); above 1 the place has more. Percentages that are no shares (growth) are not compared, nor forecasts, plans and goals; a figure stated in several places is one
//   row. Times and scopes of both stand side by side: where they differ the two are not directly comparable.
// parameter: city | text | 深圳市 | City | 城市 | city
// parameter: province | text | | Province | 省 | province
// parameter: region | text | | Region | 区域 | region
// choice: city, province, region
// parameter: source
// returns: place | 地方 | place
// returns: country | 国家 | country
// returns: indicator | 指标 | indicator
// returns: name | 层、环节、技术、领域或行业 | layer, segment, technology, field or industry
// returns: id | 其 id | its id
// returns: value | 该地的占比 | share of the place
// returns: value_country | 全国的占比 | share of the country
// returns: unit | 单位 | unit
// returns: ratio | 该地占比 ÷ 全国占比 | share of the place divided by that of the country
// returns: period | 该地之数的时间，空为未写明 | time of the place's figure; null where not stated
// returns: period_country | 全国之数的时间，空为未写明 | time of the country's figure; null where not stated
// returns: scope | 该地之数的口径（列表） | scope of the place's figure (list)
// returns: scope_country | 全国之数的口径（列表） | scope of the country's figure (list)
// returns: sources | 该地之数的出处 | sources of the place's figure
// returns: sources_country | 全国之数的出处 | sources of the country's figure
// needs: Observation
// example: city=深圳
// empty.zh: 未见该地与全国同一指标、同一对象的占比的记载
// empty.en: no share of this place is recorded together with the same share of its country

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (t:City|Province|Region)-[up:PART_OF*1..4]->(y:Country)
WHERE t.id IN [$city, $province, $region]
  AND way_from_source(up)
WITH DISTINCT t, y
MATCH (t)-[r:OBSERVED]->(o:Observation)
WHERE o.unit = '%' AND (o.indicator CONTAINS '占比' OR o.indicator CONTAINS '比重' OR o.indicator CONTAINS '份额')
  AND none(q IN coalesce(o.qualifier, []) WHERE q IN ['forecast', 'planned', 'target'])
  AND from_source(r.sources)
MATCH (o)<-[d:OBSERVED]-(x:ChainLayer|ChainSegment|Technology|ApplicationField|Industry)
WHERE x.id <> 'segment:人工智能'
  AND from_source(d.sources)
MATCH (x)-[e:OBSERVED]->(v:Observation)
WHERE v.indicator = o.indicator AND v.unit = o.unit AND v.value > 0
  AND none(q IN coalesce(v.qualifier, []) WHERE q IN ['forecast', 'planned', 'target'])
  AND from_source(e.sources)
MATCH (v)<-[g:OBSERVED]-(y)
WHERE from_source(g.sources)
// A share of the country that the place holds (占全国) is stated of both: it is no share of the place's own.
WITH t, y, x, o, v, r.sources + d.sources AS said, e.sources + g.sources AS said_country
WHERE NOT EXISTS { MATCH (y)-[:OBSERVED]->(o) } AND NOT EXISTS { MATCH (t)-[:OBSERVED]->(v) }
WITH t.name AS place, y.name AS country, o.indicator AS indicator, x.name AS name, x.id AS id, o.value AS value, v.value AS value_country,
  o.unit AS unit, o.period AS period, v.period AS period_country, collect(DISTINCT o.scope) AS scope, collect(DISTINCT v.scope) AS scope_country,
  collect(said) AS parts, collect(said_country) AS country_parts
RETURN place, country, indicator, name, id, value, value_country, unit, value / value_country AS ratio, period, period_country, scope,
  scope_country, parts AS sources, country_parts AS sources_country
ORDER BY indicator, ratio DESC, name, period, period_country, place, country, id
