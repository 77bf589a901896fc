// name: growth
// theme: indicators
// title.zh: 指标的变化
// title.en: Change of values over time
// question.zh: 同一对象的同一指标在两个时期的实际值变化了多少，年均增速是多少？
// question.en: How much did the actual value of an indicator change between two periods, and at what yearly rate?
// method.zh: 只比较对象、指标（未列入指标表的按措辞）、单位、口径（首个逗号之前）、限定（等于、超过……）都相同而年份不同的实际值；相邻两个年份一行。
//   change = 后值 − 前值；ratio = 后值 ÷ 前值；yearly = (ratio 的 1/年数 次方 − 1) × 100，单位 %，前值不为正时为空。来源自己写出的增速见 indicator-values。
// method.en: Only actual values of the same subjects, indicator (wording, where it is not in the list), unit, scope (up to its first comma) and qualifier (exact, over …) in different
//   years are compared; one row per two successive years. change = later − earlier; ratio = later ÷ earlier; yearly = (ratio ^ (1 ÷ years) − 1) × 100 in %, null where the
//   earlier value is not positive. For growth that sources state themselves see indicator-values.
// parameter: indicator | text | | Observation.indicator | 只列此指标，默认各指标 | only this indicator; all by default
// parameter: source
// returns: subject | 所说的对象（列表） | of whom or what (list)
// returns: indicator | 指标，未列入指标表的为来源的措辞 | indicator, or the wording where it is not in the list
// returns: scope | 口径，空为未写明 | scope; null where not stated
// returns: period | 后一时期 | later period
// returns: value | 后一时期的值 | later value
// returns: since | 前一时期 | earlier period
// returns: value_since | 前一时期的值 | earlier value
// returns: unit | 单位 | unit
// returns: qualifier | 二者共同的限定（列表） | qualifier of both (list)
// returns: change | 变化 | change
// returns: ratio | 后值 ÷ 前值 | later ÷ earlier
// returns: yearly | 年均增速（%） | yearly growth in %
// returns: id | 后一值的 id | id of the later value
// returns: sources | 两个值的出处 | sources of both values
// codes: qualifier | @qualifier
// needs: Observation
// example: indicator=人工智能发明专利申请量
// empty.zh: 未见同一指标在两个时期的实际值的记载
// empty.en: of no indicator are actual values of two periods recorded

MATCH (s)-[r:OBSERVED]->(o:Observation)
WHERE o.value IS NOT NULL AND o.period IS NOT NULL AND ($indicator = '' OR o.indicator = $indicator OR o.indicator_text = $indicator OR o.name = $indicator)
  AND none(x IN o.qualifier WHERE x IN ['forecast', 'planned', 'target', 'peak', 'range'])
  AND from_source(r.sources)
WITH o, s, r.sources AS said
ORDER BY s.id
WITH o, collect({id: s.id, name: s.name}) AS named, collect(said) AS said
WITH o, said, [x IN named WHERE x.id <> 'segment:人工智能' OR size(named) = 1] AS of
WITH [x IN of | x.id] AS ids, [x IN of | x.name] AS subject, coalesce(o.indicator, o.name) AS what, o.unit AS unit,
  CASE WHEN o.scope IS NULL THEN '' ELSE split(o.scope, '，')[0] END AS whole, o.qualifier AS qualifier,
  toInteger(substring(o.period, 0, 4)) AS year, o.period AS period, o.value AS value, min(o.id) AS id, collect(said) AS said
ORDER BY year, period, value, id
WITH ids, subject, what, unit, whole, qualifier, count(DISTINCT year) AS years, collect({year: year, period: period, value: value, id: id, said: said}) AS figures
WHERE years > 1
UNWIND range(0, size(figures) - 1) AS i
UNWIND range(0, size(figures) - 1) AS j
WITH subject, what, unit, whole, qualifier, figures, figures[i] AS before, figures[j] AS after
WHERE before.year < after.year AND none(x IN figures WHERE before.year < x.year AND x.year < after.year)
WITH subject, what, unit, whole, qualifier, before, after, CASE WHEN before.value > 0 THEN after.value / before.value END AS ratio, after.year - before.year AS years
RETURN subject, what AS indicator, CASE WHEN whole <> '' THEN whole END AS scope, after.period AS period, after.value AS value,
  before.period AS since, before.value AS value_since, unit, qualifier, after.value - before.value AS change, ratio,
  CASE WHEN ratio >= 0 THEN (ratio ^ (1.0 / years) - 1) * 100 END AS yearly, after.id AS id, before.said + after.said AS sources
ORDER BY indicator, scope, period DESC, value DESC, id, value_since
