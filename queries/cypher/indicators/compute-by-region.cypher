// name: compute-by-region
// theme: indicators
// title.zh: 各区域的算力
// title.en: Computing power by region
// question.zh: 各区域的智算中心有多少算力，其中现有、规划、预计、峰值各多少？
// question.en: How much computing power do the centres of each region have: in operation, planned, forecast and peak?
// method.zh: 每个区域、单位、状态一行。不同单位（PFLOPS、POPS、EOPS、P、次/秒……按来源所写）与不同状态从不相加；精度与口径不明的单位不换算。state：actual 现有，planned 规划，target 目标，
//   forecast 预计，peak 峰值；not recorded 为未见任何算力记载的中心。同一中心同一状态有多个数（短期、远期）时取最大者，现有算力取图中采用的值。
//   一个中心可在多个状态各计一次。来源写作范围（100—200）的，value 按下限、value_max 按上限相加，n_ranges 是这样的中心数。所计之数可出自不同时间，见 period。区域只按来源写明的归属；区域未见记载者单列（空）。
// method.en: One row per region, unit and state. Units (PFLOPS, POPS, EOPS, P, 次/秒 … as sources write them) and states are never added up, nor converted. state: actual, planned, target,
//   forecast, peak; `not recorded` counts the centres of which no figure is recorded. Of several figures of a centre in one
//   state (soon, later) the largest counts, for actual the value that the graph has chosen. A centre may count once in each state. Of a range (100–200) value adds
//   the lower end and value_max the upper one; n_ranges counts such centres. The figures may be of different times, see period. Regions only where
//   a source says so; centres without one have rows of their own (null).
// parameter: region | text | | Region | 只计此区域，默认各区域 | only this region; all by default
// parameter: source
// returns: region | 区域，空为未见记载 | region; null where not recorded
// returns: id | 区域 id | id of the region
// returns: unit | 单位 | unit
// returns: state | 状态 | state
// returns: n | 中心数 | number of centres
// returns: value | 算力之和，范围取下限，未见记载为空 | sum of their computing power, of ranges the lower ends; null where not recorded
// returns: value_max | 范围取上限时的和，没有范围时为空 | the sum with the upper ends of ranges; null where there are none
// returns: n_ranges | 其中写作范围的中心数 | how many of the centres are recorded with a range
// returns: period | 来源为所计之数写明的时间（列表），空列表为未写明 | times that sources state for these figures (list); empty where none is stated
// returns: centers | 中心名称（列表） | their names (list)
// returns: sources | 出处 | sources
// codes: state | actual = 现有, planned = 规划, target = 目标, forecast = 预计, peak = 峰值, not recorded = 未见记载
// needs: ComputeCenter
// example: region=长三角
// example: source=图表50
// empty.zh: 未见智算中心的记载
// empty.en: no compute centre is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (c:ComputeCenter)
WHERE from_source(c.sources)
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(g:Region)
WHERE from_source(at.sources)
  AND way_from_source(up)
WITH c, g.id AS region_id, g.name AS region, at.sources + [step IN up | step.id] AS said
WITH c, region_id, region, collect(said) AS parts
WHERE $region = '' OR region_id = $region
OPTIONAL MATCH (c)-[r:OBSERVED]->(o:Observation)
WHERE o.value IS NOT NULL
  AND (o.unit ENDS WITH 'OPS' OR o.unit ENDS WITH '次/秒' OR (o.indicator = '算力' AND o.unit IN ['P', 'E', 'T', '次', '亿次']))
  AND from_source(r.sources)
WITH c, region_id, region, parts, o.unit AS unit, o.value AS stated, o.value_max AS stated_max, o.period AS period,
  'range' IN o.qualifier AS is_range, r.sources AS said,
  CASE
    WHEN o IS NULL THEN 'not recorded'
    WHEN 'planned' IN o.qualifier THEN 'planned'
    WHEN 'target' IN o.qualifier THEN 'target'
    WHEN 'forecast' IN o.qualifier THEN 'forecast'
    WHEN 'peak' IN o.qualifier THEN 'peak'
    ELSE 'actual'
  END AS state
WITH c, region_id, region, parts, unit, state, max(stated) AS highest, collect(stated) AS values, collect(said) AS figure_parts,
  collect({value: stated, high: coalesce(stated_max, stated), period: period, is_range: is_range OR stated_max > stated}) AS figures
// Figures of one centre in one state are stages of the same machine (500, later 1000): adding them would count it twice.
WITH c, region_id, region, unit, state, figures, parts + figure_parts + [c.sources] AS said,
  CASE
    WHEN state = 'actual' AND c.capacity_unit = unit AND c.capacity_value IN values THEN c.capacity_value
    ELSE highest
  END AS figure
WITH c.id AS center, c.name AS name, region_id, region, unit, state, said, figure, [x IN figures WHERE x.value = figure] AS shown
WITH center, name, region_id, region, unit, state, said, figure, reduce(said_of = null, x IN shown |
    CASE WHEN said_of IS NULL OR x.period < said_of THEN x.period ELSE said_of END) AS period,
  CASE WHEN any(x IN shown WHERE x.is_range) THEN 1 ELSE 0 END AS in_range,
  reduce(high = figure, x IN shown | CASE WHEN x.high > high THEN x.high ELSE high END) AS figure_max
WITH region_id, region, unit, state, count(DISTINCT center) AS n, sum(in_range) AS n_ranges, collect(DISTINCT name) AS centers,
  sum(figure) AS total, sum(figure_max) AS total_max, collect(DISTINCT period) AS periods, collect(said) AS parts
RETURN region, region_id AS id, unit, state, n, CASE WHEN state = 'not recorded' THEN null ELSE total END AS value,
  CASE WHEN n_ranges > 0 THEN total_max END AS value_max, n_ranges,
  periods AS period, centers, parts AS sources
ORDER BY CASE WHEN region_id IS NULL THEN 1 ELSE 0 END, region, id,
  CASE state WHEN 'actual' THEN 0 WHEN 'planned' THEN 1 WHEN 'target' THEN 2 WHEN 'forecast' THEN 3 WHEN 'peak' THEN 4 ELSE 5 END,
  unit
