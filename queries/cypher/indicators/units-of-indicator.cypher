// name: units-of-indicator
// theme: indicators
// title.zh: 指标所用的单位
// title.en: Units of indicators
// question.zh: 各指标的数值用了哪些单位，各有多少，哪些指标不止一种单位？
// question.en: In which units are the values of each indicator recorded, how many in each, and which indicators have several units?
// method.zh: 指标按指标表，未列入的按来源的措辞。单位按来源所写：同一指标单位不止一种的，数值不能直接比较。n 为数值个数，n_subjects 为对象数（根概念“人工智能”不计）。
// method.en: Indicators of the list, wordings where it lacks them. Units as sources write them: values of an indicator with several units cannot be compared as they are.
//   n counts values, n_subjects their subjects (without the root 人工智能).
// parameter: indicator | text | | Observation.indicator | 只列此指标，默认各指标 | only this indicator; all by default
// parameter: least | integer | 2 | | 至少用到这么多种单位的指标；给出 1 列出全部 | indicators with at least so many units; 1 lists all
// parameter: source
// returns: indicator | 指标，未列入指标表的为来源的措辞 | indicator, or the wording where it is not in the list
// returns: n_units | 该指标的单位种数 | number of units of the indicator
// returns: unit | 单位，空为未写明 | unit; null where none is stated
// returns: n | 数值个数 | number of values
// returns: n_subjects | 对象数 | number of subjects
// returns: low | 最小值 | smallest value
// returns: high | 最大值 | largest value
// returns: id | 第一个数值的 id | id of the first value
// returns: sources | 出处 | sources
// needs: Observation
// example: indicator=社会融资规模增量
// example: least=1 source=图表50
// empty.zh: 未见单位这么多的指标的记载
// empty.en: no indicator with so many units is recorded

MATCH (s)-[r:OBSERVED]->(o:Observation)
WHERE ($indicator = '' OR o.indicator = $indicator OR o.indicator_text = $indicator OR o.name = $indicator) AND o.value IS NOT NULL
  AND from_source(r.sources)
WITH coalesce(o.indicator, o.name) AS what, o.unit AS unit, o.id AS figure, o.value AS lowest, coalesce(o.value_max, o.value) AS highest,
  CASE WHEN s.id <> 'segment:人工智能' THEN s.id END AS named, r.sources AS said
WITH what, unit, count(DISTINCT figure) AS n, count(DISTINCT named) AS n_subjects, min(lowest) AS low, max(highest) AS high, min(figure) AS id, collect(said) AS sources
WITH what, count(id) AS n_units, collect({unit: unit, n: n, n_subjects: n_subjects, low: low, high: high, id: id, sources: sources}) AS units
WHERE n_units >= $least OR $indicator <> ''
UNWIND units AS row
RETURN what AS indicator, n_units, row.unit AS unit, row.n AS n, row.n_subjects AS n_subjects, row.low AS low, row.high AS high, row.id AS id, row.sources AS sources
ORDER BY n_units DESC, indicator, n DESC, unit, id
