// name: stated-dependence
// theme: supply
// title.zh: 来源所述的对外依赖与短板
// title.en: Dependence and weak points as stated
// question.zh: 来源怎样讲到进口、国产化、供应者谈判能力与产业链难点，讲的是哪些环节或国家？
// question.en: What do the sources state of imports, domestic supply, the power of suppliers and weak points of the chain, and of which segments or countries?
// method.zh: 列出三类记载，每个对象、每条记载一行：supplier power 波特五力中的“供应者谈判能力”；weak point 框架为“产业链难点”的评价；
//   wording 指标或评价的文字含“进口、国产、对外依存、依赖、自主生态、自主可控、自给、卡脖子”之一。一条记载兼属几类时取居前的一类。
//   评价与指标照来源所写，不加权、不合并；“国际领先”之类的优势亦照列。
// method.en: Three kinds of record, one row per subject and record. supplier power: the bargaining power of suppliers among Porter's five forces. weak point:
//   assessments of the framework 产业链难点. wording: indicator or assessment contains one of 进口, 国产, 对外依存, 依赖, 自主生态, 自主可控, 自给, 卡脖子.
//   A record of several kinds is shown as the first of them. Assessments and figures are as stated, neither weighted nor joined; strong points named there are shown too.
// parameter: segment | text | | ChainSegment,Technology | 只列此环节或技术，默认全部 | only this segment or technology; all by default
// parameter: country | text | | Country | 只列此国，默认全部 | only this country; all by default
// parameter: kind | text | | =supplier power, weak point, wording | 只列此类：供应者谈判能力、产业链难点或措辞，默认各类 | only this kind: supplier power, weak point or wording; all by default
// parameter: source
// returns: name | 所评的对象 | subject
// returns: subject_id | 对象 id | id of the subject
// returns: label | 对象的标签 | label of the subject
// returns: kind | 类别 | kind
// returns: aspect | 方面或指标 | aspect, or indicator
// returns: rating | 结论，指标为空 | rating; null of a figure
// returns: text | 评价的要点，或指标的口径 | gist of the assessment, or scope of the figure
// returns: value | 指标的数值，评价为空 | value of the figure; null of an assessment
// returns: value_max | 数值为范围时的上限 | upper end where the figure is a range
// returns: unit | 单位 | unit
// returns: qualifier | 数值的限定（列表），评价为空 | qualifiers of the value (list); null of an assessment
// returns: period | 时期，空为未写明 | period; null where not stated
// returns: id | 该记载的 id | id of the record
// returns: sources | 出处 | sources
// codes: label | @label
// codes: qualifier | @qualifier
// codes: kind | supplier power = 供应者谈判能力, weak point = 产业链难点, wording = 措辞涉及依赖
// example: segment=智能芯片
// example: country=中国 kind=wording
// example: kind=供应者谈判能力 source=图表10
// empty.zh: 未见此类记载
// empty.en: nothing of this kind is recorded

CALL () {
  MATCH (q)-[r:ASSESSED]->(x:Assessment)
  WHERE from_source(r.sources)
  RETURN q.id AS subject_id, q.name AS name, head(labels(q)) AS label, x.id AS id, x.framework AS framework, x.aspect AS aspect, x.rating AS rating, x.text AS text,
    null AS value, null AS value_max, null AS unit, null AS qualifier, null AS period, r.sources AS said
  UNION ALL
  MATCH (q)-[r:OBSERVED]->(x:Observation)
  WHERE from_source(r.sources)
  RETURN q.id AS subject_id, q.name AS name, head(labels(q)) AS label, x.id AS id, null AS framework, x.name AS aspect, null AS rating, x.scope AS text,
    x.value AS value, x.value_max AS value_max, x.unit AS unit, x.qualifier AS qualifier, x.period AS period, r.sources AS said
}
WITH subject_id, name, label, id, aspect, rating, text, value, value_max, unit, qualifier, period, said,
  CASE
    WHEN framework = '波特五力' AND aspect STARTS WITH '供应者谈判能力' THEN 'supplier power'
    WHEN framework = '产业链难点' THEN 'weak point'
    WHEN any(word IN ['进口', '国产', '对外依存', '依赖', '自主生态', '自主可控', '自给', '卡脖子']
      WHERE aspect CONTAINS word OR rating CONTAINS word OR text CONTAINS word) THEN 'wording'
  END AS kind
WHERE kind IS NOT NULL AND $kind IN ['', kind] AND ($segment = '' OR subject_id = $segment) AND ($country = '' OR subject_id = $country)
RETURN name, subject_id, label, kind, aspect, rating, text, value, value_max, unit, qualifier, period, id, said AS sources
ORDER BY CASE kind WHEN 'supplier power' THEN 0 WHEN 'weak point' THEN 1 ELSE 2 END, CASE label WHEN 'ChainSegment' THEN 0 WHEN 'Technology' THEN 1 ELSE 2 END,
  name, aspect, rating, subject_id, id
