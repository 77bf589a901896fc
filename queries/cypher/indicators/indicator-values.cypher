// name: indicator-values
// theme: indicators
// title.zh: 一个指标的全部数值
// title.en: All values of an indicator
// question.zh: 某指标有哪些数值：说的是谁、何时、什么口径、单位，是实际值还是预计值？
// question.en: Which values of an indicator are recorded: of whom, when, of what scope, in which unit, actual or expected?
// method.zh: 所问的可以是指标表中的名称，也可以是来源的措辞。对象、时期、口径、单位、数值都相同的记载并为一行。范围 value 为下限、value_max 为上限。
//   单位与口径按来源所写，不换算、不相加。根概念“人工智能”只在没有别的对象时列为对象。
// method.en: An indicator of the list or a wording of a source is asked for. Records with the same subjects, period, scope, unit and value are one
//   row. Of a range value is the lower end and value_max the upper one. Units and scopes are as sources write them: nothing is converted or
//   added up. The root 人工智能 is shown as a subject only where there is no other.
// parameter: indicator | text | 泛人工智能企业数量 | Observation.indicator | 指标名称，或来源的措辞 | name of an indicator, or a wording of a source
// parameter: unit | text | | Observation.unit | 只列此单位，默认各单位 | only this unit; all by default
// parameter: source
// returns: subject | 所说的对象（列表） | of whom or what (list)
// returns: period | 时期，空为未写明 | period; null where not stated
// returns: value | 数值，范围取下限 | value, of a range the lower end
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: state | 状态 | state: actual, forecast, planned, target or peak
// returns: qualifier | 限定：等于、超过、不足、约等（列表） | how the source qualifies the value (list): exact, over, under, approx …
// returns: scope | 口径，空为未写明 | scope: share of what, in which year …; null where not stated
// returns: text | 来源所写的数值 | value as written
// returns: name | 来源的措辞（列表） | wordings of the sources (list)
// returns: id | 指标值 id（相同记载中的第一个） | id of the value, of equal records the first one
// returns: n | 相同的记载数 | number of equal records
// returns: sources | 出处 | sources
// codes: state | actual = 实际, forecast = 预计, planned = 规划, target = 目标, peak = 峰值
// codes: qualifier | @qualifier
// needs: Observation
// example: indicator=算力 unit=PFLOPS
// example: indicator=人才缺口
// example: indicator=算力 source=图表50
// empty.zh: 未见该指标的数值的记载
// empty.en: no value of this indicator is recorded

MATCH (s)-[r:OBSERVED]->(o:Observation)
WHERE (o.indicator = $indicator OR o.indicator_text = $indicator OR o.name = $indicator) AND ($unit = '' OR o.unit = $unit)
  AND from_source(r.sources)
WITH o, s, r
ORDER BY s.id
WITH o, collect(s.id) AS ids, collect(s.name) AS names, collect(r.sources) AS said
WITH o, said, [i IN range(0, size(ids) - 1) WHERE ids[i] <> 'segment:人工智能' OR size(ids) = 1 | ids[i]] AS ids,
  [i IN range(0, size(ids) - 1) WHERE ids[i] <> 'segment:人工智能' OR size(ids) = 1 | names[i]] AS subject,
  CASE
    WHEN 'planned' IN o.qualifier THEN 'planned'
    WHEN 'target' IN o.qualifier THEN 'target'
    WHEN 'forecast' IN o.qualifier THEN 'forecast'
    WHEN 'peak' IN o.qualifier THEN 'peak'
    ELSE 'actual'
  END AS state
WITH ids, subject, o.period AS period, o.value AS value, o.value_max AS value_max, o.unit AS unit, state, o.qualifier AS qualifier,
  o.scope AS scope, min(o.value_text) AS text, collect(DISTINCT o.name) AS name, min(o.id) AS id, count(o.id) AS n, collect(said) AS sources
WITH subject, period, value, value_max, unit, state, qualifier, scope, text, name, id, n, sources,
  reduce(line = '', x IN subject | line + x + ' ') AS shown
RETURN subject, period, value, value_max, unit, state, qualifier, scope, text, name, id, n, sources
ORDER BY unit, CASE state WHEN 'actual' THEN 0 WHEN 'planned' THEN 1 WHEN 'target' THEN 2 WHEN 'forecast' THEN 3 ELSE 4 END,
  shown, period DESC, value DESC, id
