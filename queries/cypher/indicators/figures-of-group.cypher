// name: figures-of-group
// theme: indicators
// title.zh: 群体的数值
// title.en: Figures of a group
// question.zh: 来源就某群体（全国产业集聚区、制造业集聚区、全球……）写出了哪些数值？
// question.en: Which figures do sources state of a group, such as 全国产业集聚区, 制造业集聚区 or the world?
// method.zh: 群体是来源就之写出数值的一类对象，不是一个地方或园区，其数值不计入任何地方。每个数值一行，同一指标的排在一起。about 是数值同时说到的地方、环节、技术等。
// method.en: A group is a class that figures are stated of. It is no place or park, and its figures count for none. One row per figure, those of an indicator together. about: places,
//   segments, technologies … that the figure is stated of too.
// parameter: id | text | 全国产业集聚区 | Group | 群体名称或 id | name or id of the group
// parameter: indicator | text | | Observation.indicator | 只列此指标，默认各指标 | only this indicator; all by default
// parameter: source
// returns: group | 群体 | group
// returns: indicator | 指标表中的名称，空为未列入 | indicator of the list; null where it is not in the list
// returns: name | 来源的措辞 | wording of the source
// returns: period | 时期，空为未写明 | period; null where not stated
// returns: value | 数值，范围取下限 | value, of a range the lower end
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: state | 状态 | state: actual, forecast, planned, target or peak
// returns: qualifier | 限定（列表） | how the source qualifies the value (list)
// returns: scope | 口径，空为未写明 | scope; null where not stated
// returns: about | 所涉的其他对象（列表） | what else it is stated of (list)
// returns: id | 指标值 id | id of the value
// returns: sources | 出处 | sources
// codes: state | actual = 实际, forecast = 预计, planned = 规划, target = 目标, peak = 峰值
// codes: qualifier | @qualifier
// needs: Group
// example: id=全球
// example: id=制造业集聚区 indicator=人工智能渗透率
// empty.zh: 未见该群体的数值的记载
// empty.en: no figure of this group is recorded

MATCH (g:Group)-[r:OBSERVED]->(o:Observation)
WHERE g.id = $id AND ($indicator = '' OR o.indicator = $indicator OR o.indicator_text = $indicator OR o.name = $indicator)
  AND from_source(r.sources)
OPTIONAL MATCH (s)-[:OBSERVED]->(o)
WHERE s.id <> g.id AND s.id <> 'segment:人工智能'
WITH g, o, r, collect(s.name) AS about
RETURN g.name AS group, o.indicator AS indicator, o.name AS name, o.period AS period, o.value AS value, o.value_max AS value_max, o.unit AS unit,
  CASE
    WHEN 'planned' IN o.qualifier THEN 'planned'
    WHEN 'target' IN o.qualifier THEN 'target'
    WHEN 'forecast' IN o.qualifier THEN 'forecast'
    WHEN 'peak' IN o.qualifier THEN 'peak'
    ELSE 'actual'
  END AS state, o.qualifier AS qualifier, o.scope AS scope, about, o.id AS id, r.sources AS sources
ORDER BY CASE WHEN indicator IS NULL THEN 1 ELSE 0 END, indicator, name, period, value, id
