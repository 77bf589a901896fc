// name: park-figures
// theme: clusters
// title.zh: 园区的指标
// title.en: Figures of parks
// question.zh: 各园区有哪些指标的记载（企业数、产值、投入、人才……），哪些可相互比较？
// question.en: Which figures of parks are recorded (firms, output, investment, talent …), and which of them can be compared?
// method.zh: 每个数一行，不合并、不换算；可比者排在一起：指标（按指标表归一，未归一者按来源的措辞）与单位相同的数，n 为有此指标与单位记载的园区数。时间与口径（scope）不同的数不可直接相比，
//   预测、规划、目标见 qualifier。
// method.en: One row per figure, none merged or converted. Comparable ones stand together: same indicator (of the list of indicators, else as the source words it)
//   and same unit; n is the number of parks with a figure of that indicator and unit. Figures of another time or scope are not directly
//   comparable; forecasts, plans and goals are marked in qualifier.
// parameter: park | text | | Park | 只看此园区，默认各园区 | only this park; all by default
// parameter: city | text | | City | 只看此城市的园区，默认各城市 | only parks of this city; all by default
// parameter: indicator | text | | Observation.indicator | 只看此指标，默认各指标 | only this indicator; all by default
// parameter: source
// returns: indicator | 指标，已归一者为指标表中的名称，否则为来源的措辞 | indicator: name in the list of indicators, else the wording of the source
// returns: name | 来源的措辞 | wording of the source
// returns: n | 有此指标与单位记载的园区数 | number of parks with this indicator and unit
// returns: park | 园区 | park
// returns: id | 园区 id | id of the park
// returns: city | 所在城市（列表） | its cities (list)
// returns: value | 数值，范围时为下限 | value; of a range the lower end
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: period | 时间，空为未写明 | time; null where not stated
// returns: scope | 口径，空为未写明 | scope; null where not stated
// returns: qualifier | 数值的限定（列表） | qualifiers of the value (list)
// returns: about | 同时所指的其他对象（列表） | other things that the figure is about (list)
// returns: sources | 出处 | sources
// codes: qualifier | @qualifier
// needs: Park, OBSERVED
// example: indicator=人工智能企业数量
// example: city=杭州市
// example: park=广州开发区
// empty.zh: 未见园区的指标的记载
// empty.en: no figure of a park is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (p:Park)-[r:OBSERVED]->(o:Observation)
WHERE ($indicator = '' OR o.indicator = $indicator OR o.name = $indicator)
  AND from_source(r.sources)
WITH p, o, coalesce(o.indicator, o.name) AS indicator, r.sources AS said
WITH indicator, o.unit AS unit, collect({park: p, figure: o, said: said}) AS found, count(DISTINCT p.id) AS n
UNWIND found AS one
WITH indicator, unit, n, one.park AS p, one.figure AS o, one.said AS said
WHERE $park = '' OR p.id = $park
OPTIONAL MATCH (p)-[at:LOCATED_IN|PART_OF*1..4]->(k:City)
WHERE way_from_source(at)
WITH indicator, unit, n, p, o, said, k.id AS city_id, k.name AS city_name, [step IN at | step.id] AS steps
WITH indicator, unit, n, p, o, said, collect(DISTINCT city_id) AS city_ids, collect(DISTINCT city_name) AS city, collect(steps) AS parts
WHERE $city = '' OR $city IN city_ids
OPTIONAL MATCH (x)-[also:OBSERVED]->(o)
WHERE x.id <> p.id
  AND from_source(also.sources)
WITH indicator, unit, n, p, o, said, city, parts, collect(DISTINCT x.name) AS about
RETURN indicator, o.name AS name, n, p.name AS park, p.id AS id, city, o.value AS value, o.value_max AS value_max, unit, o.period AS period,
  o.scope AS scope, o.qualifier AS qualifier, about, [said] + parts AS sources
ORDER BY n DESC, indicator, unit, park, id, period, value, o.id
