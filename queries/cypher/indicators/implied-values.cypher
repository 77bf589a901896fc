// name: implied-values
// theme: indicators
// title.zh: 占比推得的数值
// title.en: Values that shares imply
// question.zh: 来源写明的占比乘以总量是多少？与该部分自己的记载比较如何？
// question.en: What does a stated share amount to, given the stated total, and how does it compare with a stated value of the part?
// method.zh: 指标“X占比”与“X”或“X数量”相配。整体是占比所说的最大一级地方；总量须只就该整体写出，时期相同（都未写明也算相同）。推得的数 = 占比 ÷ 100 × 总量，
//   不是任何来源写出的；来源未必写明占的是哪个总量（当年、累计），有几个就各列一行，口径见 scope。该部分自己的数须时期、口径、单位与总量相同；ratio = 自己的数 ÷ 推得的数。占比或总量写作超过、不足、约的，推得的数也只是界限或近似，见 bounds。
// method.en: The indicator X占比 is matched with X or X数量. The whole is the widest place that the share names; the total must be stated of the whole alone and for the same
//   period (also where neither states one). Implied value = share ÷ 100 × total; no source states it, nor always of which total (of the year, ever) the share is: each has a row, see scope. A stated value of the part must have the total's period,
//   scope and unit; ratio = stated ÷ implied. Where the share or total is stated as over, under or about, the implied value is a bound or an estimate too, see bounds.
// parameter: indicator | text | | Observation.indicator | 只列此占比指标，默认各指标 | only this indicator of a share; all by default
// parameter: source
// returns: part | 占比所说的部分（列表） | the part that the share is of (list)
// returns: whole | 整体 | the whole
// returns: indicator | 总量的指标 | indicator of the total
// returns: period | 时期，空为未写明 | period; null where not stated
// returns: share | 占比（%） | share in %
// returns: total | 总量 | total
// returns: scope | 总量的口径，空为未写明 | scope of the total; null where not stated
// returns: value | 推得的数值 = 占比 ÷ 100 × 总量 | implied value = share ÷ 100 × total
// returns: unit | 单位 | unit
// returns: bounds | 占比与总量的限定（列表） | how share and total are qualified (list)
// returns: stated | 该部分自己记载的数，空为未见记载 | stated value of the part; null where not recorded
// returns: ratio | 自己的数 ÷ 推得的数 | stated ÷ implied
// returns: id | 占比的 id | id of the share
// returns: source_share | 占比的出处 | sources of the share
// returns: source_total | 总量的出处 | sources of the total
// returns: source_stated | 该部分自己的数的出处 | sources of the stated value of the part
// returns: sources | 以上各数的出处 | sources of all of these
// codes: bounds | @qualifier
// needs: Observation
// example: indicator=人工智能发明专利申请量占比
// empty.zh: 未见占比与其总量都有记载之处
// empty.en: nowhere are a share and its total both recorded

MATCH (o:Observation)
WHERE o.unit = '%' AND o.value IS NOT NULL AND o.indicator ENDS WITH '占比' AND ($indicator = '' OR o.indicator = $indicator)
  AND none(x IN o.qualifier WHERE x IN ['forecast', 'planned', 'target', 'peak'])
MATCH (s)-[r:OBSERVED]->(o)
WHERE NOT s.id IN ['segment:人工智能', 'group:全球']
  AND from_source(r.sources)
WITH o, s, r.sources AS said, CASE WHEN s:Country THEN 1 WHEN s:Region THEN 2 WHEN s:Province THEN 3 WHEN s:City THEN 4 WHEN s:District THEN 5 WHEN s:Park THEN 6 END AS depth
ORDER BY o.id, s.id
WITH o, min(depth) AS widest, collect({id: s.id, name: s.name, depth: depth}) AS of, collect(said) AS share_said
ORDER BY o.id
// Equal shares that differ in nothing but the root of the chain are one.
WITH o.indicator AS share_indicator, o.period AS period, o.value AS share, o.qualifier AS share_bounds, widest, of, head(collect(o)) AS o, collect(share_said) AS share_said
UNWIND [x IN of WHERE x.depth = widest] AS at
WITH o, share_indicator, period, share, share_bounds, share_said, at.id AS whole_id, at.name AS whole,
  [x IN of WHERE x.id <> at.id | x.id] AS part_ids, [x IN of WHERE x.id <> at.id | x.name] AS part,
  substring(share_indicator, 0, size(share_indicator) - 2) AS stem
WHERE size(part_ids) > 0
CALL (o, whole_id, stem, period) {
  MATCH (o)<-[:OBSERVED]-(at)-[:OBSERVED]->(total:Observation)
  WHERE at.id = whole_id AND total.indicator IN [stem, stem + '数量'] AND total.value IS NOT NULL AND coalesce(total.period, '') = coalesce(period, '')
    AND none(x IN total.qualifier WHERE x IN ['forecast', 'planned', 'target', 'peak'])
  WITH total, whole_id
  MATCH (w)-[tr:OBSERVED]->(total)
  WHERE NOT w.id IN ['segment:人工智能', 'group:全球']
    AND from_source(tr.sources)
  WITH total, whole_id, collect(w.id) AS named, collect(tr.sources) AS said
  WHERE named = [whole_id]
  WITH total.indicator AS indicator, total.unit AS unit, total.scope AS scope, total.value AS amount, total.qualifier AS total_bounds, collect(said) AS total_said
  RETURN indicator, unit, scope, amount, total_bounds, total_said
}
CALL (o, indicator, unit, scope, period, whole_id, part_ids) {
  MATCH (o)<-[:OBSERVED]-(at)-[:OBSERVED]->(v:Observation)
  WHERE at.id = part_ids[0] AND v.indicator = indicator AND v.unit = unit AND v.value IS NOT NULL AND coalesce(v.period, '') = coalesce(period, '')
    AND coalesce(v.scope, '') = coalesce(scope, '')
    AND none(x IN v.qualifier WHERE x IN ['forecast', 'planned', 'target', 'peak'])
  WITH v, whole_id, part_ids
  MATCH (s)-[vr:OBSERVED]->(v)
  WHERE NOT s.id IN ['segment:人工智能', 'group:全球', whole_id]
    AND from_source(vr.sources)
  WITH v, part_ids, s.id AS named, vr.sources AS said
  ORDER BY named
  WITH v, part_ids, collect(named) AS named, collect(said) AS said
  WHERE named = part_ids
  WITH v.value AS stated, collect(said) AS said
  ORDER BY stated DESC
  RETURN collect({value: stated, said: said}) AS own
}
UNWIND CASE WHEN size(own) = 0 THEN [null] ELSE own END AS mine
WITH part, whole, indicator, period, share, amount, scope, unit, share_bounds, total_bounds, o.id AS id, share_said, total_said, mine.value AS stated, mine.said AS own_said,
  share * amount / 100 AS implied
RETURN part, whole, indicator, period, share, amount AS total, scope, implied AS value, unit,
  share_bounds + [x IN total_bounds WHERE NOT x IN share_bounds] AS bounds, stated, CASE WHEN implied <> 0 THEN stated / implied END AS ratio, id,
  share_said AS source_share, total_said AS source_total, own_said AS source_stated, share_said + total_said + coalesce(own_said, []) AS sources
ORDER BY indicator, whole, period, value DESC, total DESC, stated DESC, id
