// name: park-profile
// theme: clusters
// title.zh: 园区档案
// title.en: Profile of a park
// question.zh: 关于某园区有哪些记载？
// question.en: What is recorded of a park?
// method.zh: 每条记载一行：类别与级别、所在地（直接写明的）、所属与所含园区、重点、所用技术、园内之物、指标、称号、政策、矛盾。指标不合并，不同时间与口径各列一行。限定来源时，
//   园区自身的属性（类别、级别）只在其全部出处都在所问来源之内时列出。
// method.en: One row per fact: kind and level, place (as stated), parks that it is part of or contains, focus, technology used, what it holds, figures,
//   designations, policies, contradictions. Figures are not merged, each time and scope has its own row. With `source` the park's own
//   properties (kind, level) are shown only where all its sources are asked for.
// parameter: park | text | 苏州工业园区 | Park | 园区名称、别名或 id | name, alias or id of the park
// parameter: source
// returns: park | 所问的园区 | the park asked for
// returns: kind | 记载的种类 | kind of fact
// returns: name | 名称、指标或属性 | name, indicator, or property
// returns: id | 所涉对象的 id | id of the thing named
// returns: label | 所涉对象的标签，属性为空 | its label; null for a property
// returns: text | 属性的取值，或来源的措辞 | value of a property, or wording of the source
// returns: value | 数值，非指标为空 | value of a figure
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: period | 时间，空为未写明 | time; null where not stated
// returns: qualifier | 数值的限定（列表） | qualifiers of the value (list)
// returns: sources | 出处 | sources
// blank: label, text, value, value_max, unit, period
// codes: kind | property = 属性, place = 所在地, part of = 属于, contains = 包含, focus = 布局重点, technology = 所用技术, hosts = 园内,
//   figure = 指标, designation = 称号, policy = 政策, contradiction = 矛盾
// codes: label | @label
// codes: qualifier | @qualifier
// needs: Park
// example: park=广州开发区
// example: park=余杭人工智能小镇 source=图表49
// empty.zh: 未见该园区的记载
// empty.en: nothing is recorded of this park

MATCH (p:Park)
WHERE p.id = $park
CALL (p) {
  WITH p, [{name: 'kind', text: p.kind}, {name: 'level', text: p.level}] AS own
  UNWIND own AS one
  WITH p, one
  WHERE one.text IS NOT NULL AND only_from_source(p.sources)
  RETURN 1 AS position, 'property' AS kind, one.name AS name, p.id AS id, null AS label, one.text AS text, null AS value, null AS value_max,
    null AS unit, null AS period, null AS qualifier, p.sources AS said
  UNION ALL
  MATCH (p)-[r:LOCATED_IN]->(x)
  WHERE from_source(r.sources)
  RETURN 2 AS position, 'place' AS kind, x.name AS name, x.id AS id, head(labels(x)) AS label, null AS text, null AS value, null AS value_max,
    null AS unit, null AS period, null AS qualifier, r.sources AS said
  UNION ALL
  MATCH (p)-[r:PART_OF]->(x)
  WHERE from_source(r.sources)
  RETURN 3 AS position, 'part of' AS kind, x.name AS name, x.id AS id, head(labels(x)) AS label, null AS text, null AS value,
    null AS value_max, null AS unit, null AS period, null AS qualifier, r.sources AS said
  UNION ALL
  MATCH (p)<-[r:PART_OF|LOCATED_IN]-(x:Park)
  WHERE from_source(r.sources)
  RETURN 4 AS position, 'contains' AS kind, x.name AS name, x.id AS id, head(labels(x)) AS label, null AS text, null AS value,
    null AS value_max, null AS unit, null AS period, null AS qualifier, r.sources AS said
  UNION ALL
  MATCH (p)-[r:FOCUSES_ON|USES_TECHNOLOGY]->(x)
  WHERE from_source(r.sources)
  RETURN CASE type(r) WHEN 'FOCUSES_ON' THEN 5 ELSE 6 END AS position, CASE type(r) WHEN 'FOCUSES_ON' THEN 'focus' ELSE 'technology' END AS kind,
    x.name AS name, x.id AS id, head(labels(x)) AS label, CASE type(r) WHEN 'FOCUSES_ON' THEN r.text END AS text, null AS value,
    null AS value_max, null AS unit, null AS period, null AS qualifier, r.sources AS said
  UNION ALL
  // LOCATED_IN ends at the park, HOSTS starts there: of what both say of one thing one row is made.
  MATCH (p)-[r:LOCATED_IN|HOSTS]-(x:Company|Institution|University|ComputeCenter|ApplicationScenario|ApplicationField)
  WHERE from_source(r.sources)
  WITH x, collect(r.sources) AS said
  RETURN 7 AS position, 'hosts' AS kind, x.name AS name, x.id AS id, head(labels(x)) AS label, null AS text, null AS value,
    null AS value_max, null AS unit, null AS period, null AS qualifier, said
  UNION ALL
  MATCH (p)-[r:OBSERVED]->(o:Observation)
  WHERE from_source(r.sources)
  RETURN 8 AS position, 'figure' AS kind, o.name AS name, o.id AS id, head(labels(o)) AS label, coalesce(o.scope, o.value_text) AS text,
    o.value AS value, o.value_max AS value_max, o.unit AS unit, o.period AS period, o.qualifier AS qualifier, r.sources AS said
  UNION ALL
  MATCH (p)-[r:DESIGNATED_AS]->(x)
  WHERE from_source(r.sources)
  RETURN 9 AS position, 'designation' AS kind, x.name AS name, x.id AS id, head(labels(x)) AS label, null AS text, null AS value,
    null AS value_max, null AS unit, toString(r.year) AS period, null AS qualifier, r.sources AS said
  UNION ALL
  MATCH (p)<-[r:APPLIES_TO|ISSUED_BY|PROMOTES]-(x:Policy|Programme)
  WHERE from_source(r.sources)
  WITH x, collect(r.sources) AS said
  RETURN 10 AS position, 'policy' AS kind, x.name AS name, x.id AS id, head(labels(x)) AS label, null AS text, null AS value,
    null AS value_max, null AS unit, CASE WHEN x:Policy THEN x.issued END AS period, null AS qualifier, said
  UNION ALL
  MATCH (p)-[r:HAS_CONFLICT]->(x:Conflict)
  WHERE from_source(r.sources)
  RETURN 11 AS position, 'contradiction' AS kind, x.property AS name, x.id AS id, head(labels(x)) AS label, null AS text, null AS value,
    null AS value_max, null AS unit, x.period AS period, null AS qualifier, r.sources AS said
}
RETURN p.name AS park, kind, name, id, label, text, value, value_max, unit, period, qualifier, said AS sources
ORDER BY position, name, unit, period, value, id
