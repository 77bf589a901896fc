// name: policy-figures
// theme: policy
// title.zh: 政策写明的数字
// title.en: Figures that policies state
// question.zh: 政策写明了哪些数字：多少资金、多少条措施、多少重点？
// question.en: Which figures do policies state: how much money, how many measures, how many priorities?
// method.zh: 每项政策、每个数字一行，数字按来源所写，从不相加（不同政策、时期、口径）。kind 按单位分：money 货币，share 百分比，rank 位次，count 其余计数。
//   政策的目标另见 targets-of-place。
// method.en: One row per policy and figure, as sources write it; figures are never added up (policies, times and scopes differ). kind follows the unit: money; share (per cent); rank;
//   count for the rest. For goals of policies see targets-of-place.
// parameter: policy | text | | Policy | 只看此政策，默认各政策 | only this policy; all by default
// parameter: unit | text | | Observation.unit | 只看此单位，默认各单位 | only this unit; all by default
// parameter: source
// returns: kind | 类别：money、share、rank、count | kind: money, share, rank or count
// returns: indicator | 指标，未列入指标表的按措辞 | indicator; its wording where it is not in the list
// returns: value | 数值，范围取下限 | value, of a range the lower end
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: text | 来源所写的数值 | value as written
// returns: period | 时期，空为未写明 | time; null where not stated
// returns: scope | 口径 | scope
// returns: qualifier | 限定（列表）：确数、规划、预计等 | qualifiers (list): exact, planned, forecast …
// returns: name | 政策名称 | policy
// returns: policy_id | 政策 id | id of the policy
// returns: about | 所涉的其他对象（列表）：地方、机构、领域 | what else it is stated of (list): places, bodies, fields
// returns: id | 指标值 id | id of the figure
// returns: sources | 出处 | sources
// codes: kind | money = 资金, share = 百分比, rank = 位次, count = 计数
// codes: qualifier | @qualifier
// needs: Policy, OBSERVED
// example: unit=亿元
// example: policy=关于培育发展未来产业的指导意见
// empty.zh: 未见政策写明的数字
// empty.en: no figure of a policy is recorded

MATCH (d:Policy)-[r:OBSERVED]->(o:Observation)
WHERE ($policy = '' OR d.id = $policy) AND ($unit = '' OR o.unit = $unit)
  AND from_source(r.sources)
OPTIONAL MATCH (x)-[w:OBSERVED]->(o)
WHERE x.id <> d.id
  AND from_source(w.sources)
WITH d, o, r.sources AS said, collect(DISTINCT x.name) AS about, collect(w.sources) AS about_parts
RETURN CASE WHEN o.unit ENDS WITH '元' THEN 'money' WHEN o.unit = '%' THEN 'share' WHEN o.unit = '位' THEN 'rank' ELSE 'count' END AS kind,
  coalesce(o.indicator, o.name) AS indicator, o.value AS value, o.value_max AS value_max, o.unit AS unit, o.value_text AS text, o.period AS period,
  o.scope AS scope, o.qualifier AS qualifier, d.name AS name, d.id AS policy_id, about, o.id AS id, about_parts + [said] AS sources
ORDER BY CASE kind WHEN 'money' THEN 0 WHEN 'share' THEN 1 WHEN 'count' THEN 2 ELSE 3 END, indicator, value DESC, name, id
