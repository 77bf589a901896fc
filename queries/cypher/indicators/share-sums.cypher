// name: share-sums
// theme: indicators
// title.zh: 占比之和
// title.en: Do shares add up
// question.zh: 来源给出同一整体各部分占比的，加起来是不是 100%？
// question.en: Where sources state shares of several parts of one whole, do they add up to 100 %?
// method.zh: 单位为 %、口径（首个逗号之前，即“占什么的”）、时期、指标、所说的整体都相同的占比归为一组；部分以其余对象和措辞区分，至少两个。
//   同一部分有几个数时，low 取最小、high 取最大之和。与 100 相差 0.5 以内为 complete；high 仍不足为 below，其余部分未见记载，不等于为零；low 已超过为 above：
//   部分之间有重叠（如可同时具备的特征），或来源有误。来源并不写明各部分是否互斥。写作超过、不足、约的部分数见 n_bounds。未写口径的占比不计。
// method.en: Shares in % of the same scope (up to its first comma: of what), period, indicator and whole are one group; parts differ in their other subjects and
//   wording, at least two. Where one part has several values, low adds the smallest and high the largest ones. complete: within 0.5 of 100. below: even high falls short,
//   the other parts are not recorded, which does not mean that they are nothing. above: low exceeds it, the parts overlap or a source errs. Sources do not say
//   whether parts exclude each other. n_bounds counts parts stated as over, under or about. Shares without a scope do not count.
// parameter: indicator | text | | Observation.indicator | 只列此指标，默认各指标 | only this indicator; all by default
// parameter: source
// returns: whole | 所说的整体（列表） | the whole (list)
// returns: id | 整体中第一个对象的 id | id of the first subject of the whole
// returns: scope | 口径：占什么的 | scope: share of what
// returns: indicator | 指标表中的名称，空为未列入 | indicator of the list; null where it is not in the list
// returns: period | 时期，空为未写明 | period; null where not stated
// returns: n | 部分数 | number of parts
// returns: parts | 各部分及其占比（列表） | the parts with their shares (list)
// returns: low | 和：各部分取最小值 | sum with the smallest values
// returns: high | 和：各部分取最大值 | sum with the largest values
// returns: unit | 单位 | unit
// returns: n_bounds | 写作超过、不足、约的部分数 | number of parts with a bound or an estimate (over, under, about)
// returns: state | 状态 | state: complete, below or above
// returns: sources | 出处 | sources
// codes: state | complete = 合为整体, below = 不足整体, above = 超过整体
// needs: Observation
// example: indicator=泛人工智能企业占比
// empty.zh: 未见同一整体多个部分的占比的记载
// empty.en: no shares of several parts of one whole are recorded

MATCH (o:Observation)
WHERE o.unit = '%' AND o.value IS NOT NULL AND o.scope IS NOT NULL AND ($indicator = '' OR o.indicator = $indicator)
  AND any(ending IN ['占比', '比重', '份额', '比例'] WHERE coalesce(o.indicator, o.name) ENDS WITH ending)
  AND none(x IN o.qualifier WHERE x IN ['forecast', 'planned', 'target', 'peak'])
MATCH (s)-[r:OBSERVED]->(o)
WHERE s.id <> 'segment:人工智能'
  AND from_source(r.sources)
WITH o, s, r.sources AS said
ORDER BY s.id
WITH o, collect({id: s.id, name: s.name}) AS of, collect(said) AS said
UNWIND of AS anchor
// Whoever is named with several of the shares is the whole; what is left tells the parts apart.
WITH anchor.id AS anchor_id, anchor.name AS anchor, split(o.scope, '，')[0] AS scope, o.indicator AS indicator, o.period AS period,
  [x IN of WHERE x.id <> anchor.id | x.name] AS others, o.name AS wording, o, said
WITH anchor_id, anchor, scope, indicator, period, others, wording, min(o.value) AS least, max(coalesce(o.value_max, o.value)) AS most,
  max(CASE WHEN any(x IN o.qualifier WHERE x IN ['over', 'under', 'approx', 'range']) THEN 1 ELSE 0 END) AS bound, min(o.id) AS part, collect(said) AS said
ORDER BY part
WITH anchor_id, anchor, scope, indicator, period, count(part) AS n, collect(part) AS part_ids, sum(least) AS low, sum(most) AS high, sum(bound) AS n_bounds,
  collect({others: others, wording: wording, least: least, most: most}) AS shares, collect(said) AS sources
WHERE n > 1
// The same parts with several subjects in common are one group.
WITH anchor_id, anchor, scope, indicator, period, n, part_ids, low, high, n_bounds, shares, sources
ORDER BY anchor_id
WITH scope, indicator, period, part_ids, n, low, high, n_bounds, collect(anchor) AS whole, min(anchor_id) AS id, head(collect(shares)) AS shares, collect(sources) AS sources
WITH scope, indicator, period, n, low, high, n_bounds, whole, id, sources,
  [x IN shares | {wording: x.wording, least: x.least, most: x.most, others: [y IN x.others WHERE NOT y IN whole]}] AS shares
WITH scope, indicator, period, n, low, high, n_bounds, whole, id, sources, [x IN shares |
    CASE WHEN size(x.others) = 0 OR indicator IS NULL THEN x.wording ELSE x.others[0] + reduce(line = '', y IN tail(x.others) | line + '、' + y) END
    + ' ' + toString(x.least) + CASE WHEN x.most > x.least THEN '–' + toString(x.most) ELSE '' END] AS parts
RETURN whole, id, scope, indicator, period, n, parts, low, high, '%' AS unit, n_bounds,
  CASE WHEN high < 99.5 THEN 'below' WHEN low > 100.5 THEN 'above' ELSE 'complete' END AS state, sources
ORDER BY CASE state WHEN 'above' THEN 0 WHEN 'complete' THEN 1 ELSE 2 END, n DESC, scope, period, id
