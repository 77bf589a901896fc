// name: compute-by-region
// theme: compute
// title.zh: 各区域的算力
// title.en: Computing power by region
// question.zh: 各区域的智算中心有多少算力，其中现有、规划、预计、峰值各多少？
// question.en: How much computing power do the centres of each region have: in operation, planned, forecast and peak?
// method.zh: 每个区域、单位、状态一行。不同单位（PFLOPS、POPS、EOPS）与不同状态从不相加。state：actual 现有，planned 规划，target 目标，
//   forecast 预计，peak 峰值；not recorded 为未见任何算力记载的中心。同一中心同一状态有多个数（短期、远期）时取最大者，现有算力取图中采用的值。
//   一个中心可在多个状态各计一次。区域只按来源写明的归属；区域未见记载者单列（空）。
// method.en: One row per region, unit and state. Units (PFLOPS, POPS, EOPS) and states are never added up. state: actual, planned, target,
//   forecast, peak; `not recorded` counts the centres of which no figure is recorded. Of several figures of a centre in one
//   state (soon, later) the largest counts, for actual the value that the graph has chosen. A centre may count once in each state. Regions only where
//   a source says so; centres without one have rows of their own (null).
// parameter: region | text | | Region | 只计此区域，默认各区域 | only this region; all by default
// parameter: source | list | | source | 只计入这些来源：文件标题或 id、图表号，可多个 | count only these sources: title or id of a document, number of a table; several
// returns: region | 区域，空为未见记载 | region; null where not recorded
// returns: id | 区域 id | id of the region
// returns: unit | 单位 | unit
// returns: state | 状态 | state
// returns: n | 中心数 | number of centres
// returns: value | 算力之和，未见记载为空 | sum of their computing power; null where not recorded
// returns: centers | 中心名称（列表） | their names (list)
// returns: sources | 出处 | sources
// codes: state | actual = 现有, planned = 规划, target = 目标, forecast = 预计, peak = 峰值, not recorded = 未见记载
// needs: ComputeCenter
// example: region=长三角
// example: source=图表50
// empty.zh: 未见智算中心的记载
// empty.en: no compute centre is recorded

// $source: filters, of which one must fit; each is a list of pieces that a citation must hold. Empty: every source.
MATCH (c:ComputeCenter)
WHERE (size($source) = 0 OR any(cited IN c.sources WHERE
    any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))))
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(g:Region)
WHERE (size($source) = 0 OR any(cited IN at.sources WHERE
    any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))))
  AND all(step IN up WHERE size($source) = 0 OR size(step.sources) = 0 OR any(cited IN step.sources WHERE
    any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))))
WITH c, g, reduce(joined = at.sources, step IN up | joined + coalesce(step.sources, [])) AS said
WITH c, g, collect(said) AS parts
WHERE $region = '' OR g.id = $region
OPTIONAL MATCH (c)-[r:OBSERVED]->(o:Observation)
WHERE o.value IS NOT NULL AND o.unit ENDS WITH 'OPS'
  AND (size($source) = 0 OR any(cited IN r.sources WHERE
    any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))))
WITH g, c, parts, o.unit AS unit, o.value AS stated, r.sources AS said,
  CASE
    WHEN o IS NULL THEN 'not recorded'
    WHEN 'planned' IN o.qualifier THEN 'planned'
    WHEN 'target' IN o.qualifier THEN 'target'
    WHEN 'forecast' IN o.qualifier THEN 'forecast'
    WHEN 'peak' IN o.qualifier THEN 'peak'
    ELSE 'actual'
  END AS state
WITH g, c, parts, unit, state, collect(stated) AS figures, max(stated) AS highest, collect(said) AS figure_parts
// Figures of one centre in one state are stages of the same machine (500, later 1000): adding them would count it twice.
WITH g, c, unit, state, parts + figure_parts + [c.sources] AS said,
  CASE
    WHEN state = 'actual' AND c.capacity_unit = unit AND c.capacity_value IN figures THEN c.capacity_value
    ELSE highest
  END AS figure
WITH g, unit, state, count(DISTINCT c.id) AS n, collect(DISTINCT c.name) AS centers, sum(figure) AS total,
  collect(said) AS parts
RETURN g.name AS region, g.id AS id, unit, state, n, CASE WHEN state = 'not recorded' THEN null ELSE total END AS value,
  centers, parts AS sources
ORDER BY CASE WHEN g IS NULL THEN 1 ELSE 0 END, region, id,
  CASE state WHEN 'actual' THEN 0 WHEN 'planned' THEN 1 WHEN 'target' THEN 2 WHEN 'forecast' THEN 3 WHEN 'peak' THEN 4 ELSE 5 END,
  unit
