// name: forecasts
// theme: indicators
// title.zh: 预测与规划的数值
// title.en: Forecast and planned values
// question.zh: 哪些数值是预测、规划或目标，到哪一年，说的是谁？
// question.en: Which values are forecasts, plans or goals, for which year, and of whom?
// method.zh: 每个数值一行，按年份；年份未写明者在末。既写作规划又写作预测的按规划计，既写作规划又写作目标的按目标计。政策的目标另见 targets-of-place。
//   actual 是同一对象、指标、单位的最新实际值，时期见 period_actual；二者口径可以不同。
// method.en: One row per value, by year; those without a stated year last. What is called both planned and forecast counts as planned, both planned and a goal as a goal. For goals of policies see
//   targets-of-place. actual is the latest actual value of the same subjects, indicator and unit, of period_actual; its scope may differ.
// parameter: kind | text | | =forecast,planned,target | 只列此类：forecast 预计、planned 规划、target 目标，默认各类 | only this kind (forecast, planned, target); all by default
// parameter: since | integer | 0 | | 只列此年及以后到期的，0 为不限 | only those for this year or later; 0 is no limit
// parameter: indicator | text | | Observation.indicator | 只列此指标，默认各指标 | only this indicator; all by default
// parameter: source
// returns: period | 到期年份，空为未写明 | for when; null where not stated
// returns: state | 类别 | kind: forecast, planned or target
// returns: subject | 所说的对象（列表） | of whom or what (list)
// returns: indicator | 指标表中的名称，空为未列入 | indicator of the list; null where it is not in the list
// returns: name | 来源的措辞 | wording of the source
// returns: value | 数值，范围取下限 | value, of a range the lower end
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: qualifier | 限定（列表） | how the source qualifies the value (list)
// returns: scope | 口径，空为未写明；可含预测者 | scope, which may name who forecasts; null where not stated
// returns: actual | 最新实际值，空为未见记载 | latest actual value; null where not recorded
// returns: period_actual | 其时期 | its period
// returns: id | 指标值 id | id of the value
// returns: sources | 出处 | sources
// returns: source_actual | 实际值的出处 | sources of the actual value
// codes: state | forecast = 预计, planned = 规划, target = 目标
// codes: qualifier | @qualifier
// needs: Observation
// example: kind=planned
// example: since=2025 kind=forecast
// example: source=图表50
// empty.zh: 未见预测或规划的数值的记载
// empty.en: no forecast or planned value is recorded

MATCH (s)-[r:OBSERVED]->(o:Observation)
WHERE o.value IS NOT NULL AND ($indicator = '' OR o.indicator = $indicator OR o.indicator_text = $indicator OR o.name = $indicator)
  AND NOT 'peak' IN o.qualifier
  AND from_source(r.sources)
WITH o, s, r.sources AS said
ORDER BY s.id
WITH o, collect({id: s.id, name: s.name}) AS named, collect(said) AS said
WITH o, said, [x IN named WHERE x.id <> 'segment:人工智能' OR size(named) = 1] AS of,
  CASE
    WHEN 'target' IN o.qualifier THEN 'target'
    WHEN 'planned' IN o.qualifier THEN 'planned'
    WHEN 'forecast' IN o.qualifier THEN 'forecast'
    ELSE 'actual'
  END AS state
WITH o, said, state, [x IN of | x.id] AS ids, [x IN of | x.name] AS subject
ORDER BY coalesce(o.period, '') DESC, o.value DESC, o.id
// Actual and expected values of the same subjects, indicator and unit side by side.
WITH ids, subject, coalesce(o.indicator, o.name) AS what, o.unit AS unit, collect({state: state, id: o.id, indicator: o.indicator, name: o.name, value: o.value,
  value_max: o.value_max, period: o.period, qualifier: o.qualifier, scope: o.scope, said: said}) AS figures
WITH subject, unit, figures, head([x IN figures WHERE x.state = 'actual']) AS now
UNWIND [x IN figures WHERE x.state <> 'actual'] AS row
WITH subject, unit, now, row
WHERE ($kind = '' OR row.state = $kind) AND ($since = 0 OR toInteger(substring(row.period, 0, 4)) >= $since)
RETURN row.period AS period, row.state AS state, subject, row.indicator AS indicator, row.name AS name, row.value AS value, row.value_max AS value_max, unit,
  row.qualifier AS qualifier, row.scope AS scope, now.value AS actual, now.period AS period_actual, row.id AS id, row.said AS sources, now.said AS source_actual
ORDER BY CASE WHEN period IS NULL THEN 1 ELSE 0 END, period, state, name, value DESC, id
