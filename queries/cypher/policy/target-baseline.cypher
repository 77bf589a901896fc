// name: target-baseline
// theme: policy
// title.zh: 目标与现状
// title.en: Goals against what is recorded
// question.zh: 各项目标离最近一次记载的实际数还有多远，每年须增长多少？
// question.en: How far are the goals from the latest recorded value, and what yearly growth do they need?
// method.zh: 每个目标一行。baseline 是同一对象、同一指标、同一单位的最近一次实际数（不是目标、规划、预测、峰值）：对象须全部相同（地方、环节、群体等，政策除外），
//   指标表未列的按措辞相同计；同期有几个不同的数时各列一行。distance = 目标 − 实际，ratio = 目标 ÷ 实际，n_years = 到期年份 − 实际的年份（整年），
//   growth = (ratio 的 1/n_years 次方 − 1) × 100，即年均复合增长率，只在两数皆正且年数大于零时给出。state：reached 实际已满足目标，open 尚未，above 目标写作“等于”
//   或没有比较词而实际更高（升高是好是坏未写明），no baseline recorded 未见可比的实际数，不等于没有进展。没有政策的目标写作“超、以上、突破”的按不低于计。口径（scope）由来源各自写明，未必相同。
// method.en: One row per goal. baseline: the latest actual value (no goal, plan, forecast or peak) of the same things, indicator and unit. The things must all be
//   the same (places, segments, groups …, policies aside); an indicator that is not in the list is compared by its wording. Several values of one time
//   have a row each. distance = goal − value, ratio = goal ÷ value, n_years = year due − year of the value (whole years), growth = (ratio^(1/n_years) − 1) × 100, the compound
//   yearly growth that is needed; only where both are positive and there are years left. state: reached: the value already satisfies the goal. open: not yet.
//   above: the goal says `equal` or nothing and the value is higher (whether higher is better is not stated). no baseline recorded: nothing to compare with, which
//   does not mean no progress. A goal without a policy that is written `over` counts as `at least`. Scopes are as the sources state them and may differ.
// parameter: indicator | text | | PolicyTarget.indicator | 只看此指标，默认各指标 | only this indicator; all by default
// parameter: place | text | | City,Province,Region,Country,District,Park | 只看此地方的目标，默认不限 | only goals of this place; all by default
// parameter: source
// returns: name | 目标的措辞 | what the goal is about, as written
// returns: id | 目标 id | id of the goal
// returns: about | 目标的对象（列表） | what it is a goal of (list)
// returns: comparator | 目标与数值的关系，只有政策的目标才有 | how the goal relates to the value; only of goals of policies
// returns: value | 目标值 | value of the goal
// returns: unit | 单位 | unit
// returns: text | 目标的数值原文 | goal's value as written
// returns: scope | 目标的口径 | scope of the goal
// returns: period | 到期，空为未写明 | due; null where not stated
// returns: state | 状态：reached、open、above、no baseline recorded | state: reached, open, above or no baseline recorded
// returns: baseline | 最近一次实际数 | latest actual value
// returns: baseline_text | 实际数原文 | actual value as written
// returns: baseline_period | 实际数的时期，空为未写明 | its time; null where not stated
// returns: baseline_scope | 实际数的口径 | its scope
// returns: distance | 目标减实际 | goal minus value
// returns: ratio | 目标除以实际 | goal divided by value
// returns: n_years | 自实际数至到期的年数 | years from the value to the date due
// returns: growth | 所需的年均增长率（%） | yearly growth needed (%)
// returns: sources | 目标与实际数的出处 | sources of the goal and of the value
// codes: comparator | @comparator
// codes: state | reached = 已达到, open = 尚未, above = 高于目标, no baseline recorded = 未见实际数
// needs: OBSERVED
// example: place=成都
// example: indicator=5G网络覆盖率
// empty.zh: 未见目标的记载
// empty.en: no goal is recorded

MATCH (x)-[r:OBSERVED]->(g:PolicyTarget|Observation)
WHERE (g:PolicyTarget OR 'target' IN g.qualifier OR 'planned' IN g.qualifier)
  AND g.value IS NOT NULL
  AND ($indicator = '' OR $indicator IN [g.indicator, g.name])
  AND from_source(r.sources)
WITH g, collect(DISTINCT x.id) AS all_ids, collect(DISTINCT x.name) AS about,
  collect(DISTINCT CASE WHEN NOT x:Policy THEN x.id END) AS things, collect(r.sources) AS parts
WHERE $place = '' OR $place IN all_ids
OPTIONAL MATCH (d:Policy)-[r:TARGETS]->(g)
WHERE from_source(r.sources)
WITH g.id AS id, g, about, things, parts, collect(r.sources) AS policy_parts
CALL (g, things) {
  MATCH (g)<-[:OBSERVED]-(x)-[r:OBSERVED]->(o:Observation)
  WHERE x.id = head(things)
    AND o.value IS NOT NULL
    AND o.unit = g.unit
    AND coalesce(o.indicator, o.name) = coalesce(g.indicator, g.name)
    AND none(code IN ['target', 'planned', 'forecast', 'peak'] WHERE code IN o.qualifier)
    AND from_source(r.sources)
  WITH DISTINCT o, things
  MATCH (y)-[r:OBSERVED]->(o)
  WHERE NOT y:Policy
    AND from_source(r.sources)
  WITH o, things, collect(DISTINCT y.id) AS others, collect(r.sources) AS said
  WHERE size(others) = size(things) AND all(one IN others WHERE one IN things)
  WITH coalesce(o.period, '') AS taken, collect({value: o.value, text: o.value_text, period: o.period, scope: o.scope, id: o.id, said: said}) AS values
  ORDER BY taken DESC
  RETURN collect(values) AS by_time
}
WITH id, g, about, parts + policy_parts AS parts, CASE WHEN size(by_time) = 0 THEN [null] ELSE head(by_time) END AS latest
UNWIND latest AS one
WITH id, g, about, parts, one, g.value AS value, one.value AS baseline, coalesce(g.due, g.period) AS period,
  CASE
    WHEN g:PolicyTarget THEN g.comparator
    WHEN 'over' IN g.qualifier THEN '>='
    WHEN 'under' IN g.qualifier THEN '<='
  END AS relation
WITH id, g, about, parts, one, value, baseline, period, relation,
  toInteger(substring(split(period, '/')[-1], 0, 4)) - toInteger(substring(split(one.period, '/')[-1], 0, 4)) AS n_years,
  CASE WHEN baseline <> 0 THEN value / baseline END AS ratio
RETURN g.name AS name, id, about, CASE WHEN g:PolicyTarget THEN relation END AS comparator, value, g.unit AS unit,
  g.value_text AS text, CASE WHEN g:Observation THEN g.scope END AS scope, period,
  CASE
    WHEN baseline IS NULL THEN 'no baseline recorded'
    WHEN relation = '>' AND baseline > value THEN 'reached'
    WHEN relation = '>=' AND baseline >= value THEN 'reached'
    WHEN relation = '<' AND baseline < value THEN 'reached'
    WHEN relation = '<=' AND baseline <= value THEN 'reached'
    WHEN relation IN ['>', '>=', '<', '<='] THEN 'open'
    WHEN baseline = value THEN 'reached'
    WHEN baseline > value THEN 'above'
    ELSE 'open'
  END AS state,
  baseline, one.text AS baseline_text, one.period AS baseline_period, one.scope AS baseline_scope, value - baseline AS distance, ratio, n_years,
  CASE WHEN n_years > 0 AND value > 0 AND baseline > 0 THEN (ratio ^ (1.0 / n_years) - 1) * 100 END AS growth,
  parts + [one.said] AS sources
ORDER BY CASE WHEN baseline IS NULL THEN 1 ELSE 0 END, period, name, value, baseline, id, one.id
