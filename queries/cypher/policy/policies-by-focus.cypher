// name: policies-by-focus
// theme: policy
// title.zh: 按重点查政策
// title.en: Policies by focus
// question.zh: 哪些政策以某环节、技术或领域（含其下级）为重点，由谁发布、用于何地、何时、哪一级？
// question.en: Which policies name a segment, technology or field (or a narrower one), who issued them, for which place, when and at which level?
// method.zh: 每个重点、每项政策一行，n 为同一重点的政策数（按 id 去重）；下级概念计入所问的概念。不给出重点时列出全部，根概念“人工智能”只在问到它时列出。
// method.en: One row per focus and policy; n is the number of distinct policies with this focus. Narrower concepts count for the asked one. Without a focus
//   all are listed; the root 人工智能 only when asked for.
// parameter: segment | text | | ChainSegment | 环节 | segment
// parameter: technology | text | | Technology | 技术 | technology
// parameter: field | text | | ApplicationField,Industry | 应用领域或行业 | field of application, or industry
// parameter: place | text | | City,Province,Region,Country,Park | 只列适用于此地或由其发布的政策，默认不限 | only policies that apply to or are issued by this place; all by default
// parameter: source
// returns: focus | 重点 | focus
// returns: label | 重点的标签 | label of the focus
// returns: name | 政策名称 | policy
// returns: id | 政策 id | id of the policy
// returns: issuer | 发布者（列表），空列表为未见记载 | issuers (list); empty where not recorded
// returns: place | 适用的地方或机构（列表） | places or bodies that it applies to (list)
// returns: period | 发布日期，可只到年月，空为未见记载 | date of issue, may stop at year or month; null where not recorded
// returns: kind | 类别，空为未见记载 | kind; null where not recorded
// returns: level | 层级，空为未见记载 | level; null where not recorded
// returns: text | 来源的措辞 | wording of the source
// returns: n | 以此为重点的政策数 | number of policies with this focus
// returns: sources | 出处 | sources
// codes: label | @label
// codes: kind | @policy_kind
// codes: level | @level
// needs: Policy, FOCUSES_ON
// example: segment=智能机器人
// example: field=数字经济 place=中国
// example: technology=智能网联汽车 source=图表51
// empty.zh: 未见以此为重点的政策的记载
// empty.en: no policy is recorded with this focus

MATCH (x:ChainSegment|Technology|ApplicationField|ApplicationScenario|Industry)-[xu:PART_OF*0..3]->(t)
WHERE CASE WHEN $segment = '' AND $technology = '' AND $field = '' THEN t.id = x.id AND t.id <> 'segment:人工智能'
    ELSE t.id IN [$segment, $technology, $field] END
  AND way_from_source(xu)
WITH x, collect([step IN xu | step.id]) AS steps
MATCH (d:Policy)-[f:FOCUSES_ON]->(x)
WHERE from_source(f.sources)
WITH x.id AS focus_id, x.name AS focus, head(labels(x)) AS label, d, f.text AS text, [f.sources, d.sources, steps] AS parts
OPTIONAL MATCH (d)-[r:ISSUED_BY|APPLIES_TO]->(owner)
WHERE from_source(r.sources)
WITH focus_id, focus, label, d, text, parts, collect(DISTINCT owner.id) AS owners,
  collect(DISTINCT CASE WHEN type(r) = 'ISSUED_BY' THEN owner.name END) AS issuer,
  collect(DISTINCT CASE WHEN type(r) = 'APPLIES_TO' THEN owner.name END) AS place, collect(r.sources) AS owner_parts
WHERE $place = '' OR $place IN owners
WITH focus_id, focus, label, count(DISTINCT d.id) AS n, collect({id: d.id, name: d.name, issuer: issuer, place: place, period: d.issued,
  kind: d.kind, level: d.level, text: text, parts: parts + owner_parts}) AS found
UNWIND found AS one
RETURN focus, label, one.name AS name, one.id AS id, one.issuer AS issuer, one.place AS place, one.period AS period, one.kind AS kind,
  one.level AS level, one.text AS text, n, one.parts AS sources
ORDER BY n DESC, focus, focus_id, CASE WHEN one.period IS NULL THEN 1 ELSE 0 END, period, name, id
