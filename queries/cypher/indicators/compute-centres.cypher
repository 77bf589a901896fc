// name: compute-centres
// theme: indicators
// title.zh: 智算中心及其算力
// title.en: Compute centres and their power
// question.zh: 有哪些智算中心，在哪里，现有、规划、预计、峰值算力各是多少？
// question.en: Which compute centres are there, where, and what is their power in operation, planned, forecast and at peak?
// method.zh: 每个中心的每个算力数值一行（一期、短期、远期各列），单位按来源所写，不换算、不相加；各区域合计见 compute-by-region。未见算力记载的中心也列一行。
//   state：actual 现有，planned 规划，target 目标，forecast 预计，peak 峰值。
// method.en: One row for each figure of power of a centre (first stage, soon, later), in the units of the sources: nothing is converted or added up; for sums by region see
//   compute-by-region. A centre without a recorded figure has a row too. state: actual, planned, target, forecast or peak.
// parameter: city | text | | City | 只列此城市的中心，默认各城市 | only centres in this city; all by default
// parameter: region | text | | Region | 只列此区域的中心，默认各区域 | only centres of this region; all by default
// parameter: unit | text | | Observation.unit | 只列此单位的数值，默认各单位 | only figures in this unit; all by default
// parameter: source
// returns: center | 智算中心 | compute centre
// returns: id | 其 id | its id
// returns: city | 所在城市（列表），空列表为未见记载 | cities (list); empty where not recorded
// returns: region | 所在区域（列表），空列表为未见记载 | regions (list); empty where not recorded
// returns: state | 状态 | state
// returns: value | 算力，范围取下限，空为未见记载 | power, of a range the lower end; null where not recorded
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: scope | 来源所写的阶段，空为未写明 | stage as written; null where not stated
// returns: period | 时期，空为未写明 | period; null where not stated
// returns: qualifier | 限定：等于、超过、约等（列表） | how the source qualifies the value (list): exact, over, approx …
// returns: sources | 中心与该数值的出处 | sources of the centre and of the figure
// returns: source_place | 所在地的出处 | sources of where it is
// codes: state | actual = 现有, planned = 规划, target = 目标, forecast = 预计, peak = 峰值, not recorded = 未见记载
// codes: qualifier | @qualifier
// needs: ComputeCenter
// example: region=长三角
// example: unit=PFLOPS source=图表50
// empty.zh: 未见智算中心的记载
// empty.en: no compute centre is recorded

MATCH (c:ComputeCenter)
WHERE from_source(c.sources)
// LOCATED_IN starts at the centre, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to city and region.
OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(g)
WHERE (g:City OR g:Region)
  AND from_source(at.sources)
  AND way_from_source(up)
WITH c, CASE WHEN g:City THEN g.id END AS city_id, CASE WHEN g:City THEN g.name END AS city_name, CASE WHEN g:Region THEN g.id END AS region_id,
  CASE WHEN g:Region THEN g.name END AS region_name, at.sources + [step IN up | step.id] AS said
WITH c, collect(DISTINCT city_id) AS city_ids, collect(DISTINCT city_name) AS city, collect(DISTINCT region_id) AS region_ids,
  collect(DISTINCT region_name) AS region, collect(said) AS placed
WHERE ($city = '' OR $city IN city_ids) AND ($region = '' OR $region IN region_ids)
OPTIONAL MATCH (c)-[r:OBSERVED]->(o:Observation)
WHERE o.value IS NOT NULL
  AND (o.unit ENDS WITH 'OPS' OR o.unit ENDS WITH '次/秒' OR (o.indicator = '算力' AND o.unit IN ['P', 'E', 'T', '次', '亿次']))
  AND from_source(r.sources)
WITH c, city, region, placed, o, r.sources AS said,
  CASE
    WHEN o IS NULL THEN 'not recorded'
    WHEN 'planned' IN o.qualifier THEN 'planned'
    WHEN 'target' IN o.qualifier THEN 'target'
    WHEN 'forecast' IN o.qualifier THEN 'forecast'
    WHEN 'peak' IN o.qualifier THEN 'peak'
    ELSE 'actual'
  END AS state
WHERE $unit = '' OR o.unit = $unit
RETURN c.name AS center, c.id AS id, city, region, state, o.value AS value, o.value_max AS value_max, o.unit AS unit, o.scope AS scope,
  o.period AS period, o.qualifier AS qualifier, c.sources + coalesce(said, []) AS sources, placed AS source_place
ORDER BY center, id, CASE state WHEN 'actual' THEN 0 WHEN 'planned' THEN 1 WHEN 'target' THEN 2 WHEN 'forecast' THEN 3 WHEN 'peak' THEN 4 ELSE 5 END,
  unit, value, scope, o.id
