// name: oldest-figures
// theme: evidence
// title.zh: 最旧的最新值
// title.en: Oldest figures still in use
// question.zh: 哪些地方的哪些指标，最新的实际值也已经很旧？
// question.en: For which places and indicators is even the latest actual value old?
// method.zh: 每个地方、指标、单位取最新的实际值（预计、规划、目标、峰值不计），列出不晚于 until 年的。basis：period 为来源写明的时期；document 为未写时期、按文件日期 as_of；
//   二者都没有的无从知其新旧，不列，其个数见 place-indicators 中 age 为空者。同一数值同时说到的地方、群体、环节都列在 subject，算作一个对象。
// method.en: For each place, indicator and unit the latest actual value counts (no forecasts, plans, goals or peaks); those not after the year `until` are listed. basis period: the source states the period;
//   document: it does not, and the date of the document (as_of) counts. Without both nobody knows how old a value is: it is not listed (see place-indicators, where its age is null).
//   All that a value names (places, groups, segments) stand together in subject.
// parameter: until | integer | 2021 | | 最新值不晚于此年 | latest value not after this year
// parameter: indicator | text | | Observation.indicator | 只列此指标，默认各指标 | only this indicator; all by default
// parameter: source
// returns: subject | 所说的对象（列表） | of whom or what (list)
// returns: indicator | 指标，未列入指标表的为来源的措辞 | indicator, or the wording where it is not in the list
// returns: period | 时期；未写明时为文件日期 | period, or the date of the document
// returns: basis | 依据：period 写明的时期，document 文件日期 | basis: period or document
// returns: value | 数值，范围取下限 | value, of a range the lower end
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: scope | 口径，空为未写明 | scope; null where not stated
// returns: id | 指标值 id | id of the value
// returns: sources | 出处 | sources
// codes: basis | period = 写明的时期, document = 文件日期
// needs: Observation
// example: until=2020
// example: until=2023 indicator=算力 source=图表50
// empty.zh: 未见这样旧的最新值的记载
// empty.en: no latest value as old as that is recorded

MATCH (s)-[r:OBSERVED]->(o:Observation)
WHERE o.value IS NOT NULL AND ($indicator = '' OR o.indicator = $indicator OR o.indicator_text = $indicator OR o.name = $indicator)
  AND none(x IN o.qualifier WHERE x IN ['forecast', 'planned', 'target', 'peak'])
  AND from_source(r.sources)
WITH o, s, r.sources AS said
ORDER BY s.id
WITH o, collect({id: s.id, name: s.name}) AS named, collect(said) AS said
WITH o, said, [x IN named WHERE x.id <> 'segment:人工智能' OR size(named) = 1] AS of
WITH [x IN of | x.id] AS ids, [x IN of | x.name] AS subject, coalesce(o.indicator, o.name) AS what, o.unit AS unit,
  coalesce(o.period, o.as_of) AS time, CASE WHEN o.period IS NULL THEN 'document' ELSE 'period' END AS basis, o, said
WHERE time IS NOT NULL
ORDER BY o.id
WITH ids, subject, what, unit, max(time) AS latest, collect({time: time, basis: basis, value: o.value, value_max: o.value_max, scope: o.scope, id: o.id, said: said}) AS figures
WHERE toInteger(substring(latest, 0, 4)) <= $until
UNWIND [x IN figures WHERE x.time = latest] AS row
RETURN subject, what AS indicator, row.time AS period, row.basis AS basis, row.value AS value, row.value_max AS value_max, unit, row.scope AS scope,
  row.id AS id, row.said AS sources
ORDER BY period, indicator, id
