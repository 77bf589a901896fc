// name: ranks-of-place
// theme: indicators
// title.zh: 地方的名次
// title.en: Ranks of places
// question.zh: 来源写明了各地方哪些名次，在谁之中排第几？
// question.en: Which ranks do sources state of places, among whom, and which place is it?
// method.zh: 单位为“位”的数值：名次（rank），其较前一期的变化（change，正为上升），以及写作目标的名次（target）。among 是来源所写的范围，名次只在该范围内有意义。
//   同时说到几级地方的归最小一级，其余列于 about；企业、机构、算力中心、政策的名次不列。由数值算出的名次见 indicator-ranking。
// method.en: Values in the unit 位: ranks (rank), their change since the period before (change, up is positive), and ranks that are a goal (target). among is as the source writes it, a rank means something only
//   there. What names places of several levels is of the smallest one, the others stand in about. Ranks of firms, institutions, compute centres and policies are not listed. For ranks computed from values see indicator-ranking.
// parameter: city | text | | City | 只列此城市 | only this city
// parameter: province | text | | Province | 只列此省 | only this province
// parameter: region | text | | Region | 只列此区域 | only this region
// parameter: country | text | | Country | 只列此国家 | only this country
// choice: city, province, region, country
// parameter: indicator | text | | Observation.indicator | 只列此指标，默认各指标 | only this indicator; all by default
// parameter: source
// returns: indicator | 指标，未列入指标表的为来源的措辞 | indicator, or the wording where it is not in the list
// returns: place | 地方（列表，合计的名次有几个） | place (list: a joint rank has several)
// returns: id | 名次的 id | id of the rank
// returns: value | 第几位；变化时为升降的位数 | rank, or places up or down
// returns: unit | 单位 | unit
// returns: state | 类别 | kind: rank, change or target
// returns: among | 在谁之中，空为未写明 | among whom; null where not stated
// returns: period | 时期，空为未写明 | period; null where not stated
// returns: about | 所涉的其他对象（列表） | what else it is stated of (list)
// returns: sources | 出处 | sources
// codes: state | rank = 名次, change = 变化, target = 目标
// needs: Observation
// example: city=深圳市
// example: indicator=社会融资规模增量排名
// example: province=广东省 source=图表45
// empty.zh: 未见地方名次的记载
// empty.en: no rank of a place is recorded

MATCH (s)-[r:OBSERVED]->(o:Observation)
WHERE o.unit = '位' AND o.value IS NOT NULL AND ($indicator = '' OR o.indicator = $indicator OR o.indicator_text = $indicator OR o.name = $indicator)
  AND from_source(r.sources)
WITH o, s, r.sources AS said,
  CASE
    WHEN s:Park THEN 6
    WHEN s:District THEN 5
    WHEN s:City THEN 4
    WHEN s:Province THEN 3
    WHEN s:Region THEN 2
    WHEN s:Country THEN 1
  END AS depth
ORDER BY s.id
WITH o, max(depth) AS deepest, collect({id: s.id, name: s.name, depth: depth,
  is_other: s:Company OR s:University OR s:Institution OR s:ComputeCenter OR s:Policy}) AS of, collect(said) AS said
WITH o, said, [x IN of WHERE x.depth = deepest] AS places, [x IN of WHERE x.depth IS NULL OR x.depth < deepest | x.name] AS about, [x IN of WHERE x.is_other] AS others
// The rank of a firm, institution, centre or policy is not that of the place that is named with it.
WHERE size(places) > 0 AND size(others) = 0
  AND ([$city, $province, $region, $country] = ['', '', '', ''] OR any(x IN places WHERE x.id IN [$city, $province, $region, $country]))
WITH o, said, about, [x IN places | x.name] AS place, reduce(line = '', x IN places | line + x.id + ' ') AS place_ids,
  CASE WHEN 'target' IN o.qualifier THEN 'target' WHEN o.name ENDS WITH '变化' THEN 'change' ELSE 'rank' END AS state
RETURN coalesce(o.indicator, o.name) AS indicator, place, o.id AS id, o.value AS value, o.unit AS unit, state, o.scope AS among, o.period AS period, about, said AS sources
ORDER BY indicator, among, CASE state WHEN 'change' THEN -value ELSE value END, place_ids, id
