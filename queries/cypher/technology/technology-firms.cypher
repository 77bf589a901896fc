// name: technology-firms
// theme: technology
// title.zh: 技术的企业与场景
// title.en: Companies and scenarios of technologies
// question.zh: 各项技术有哪些企业在做或提供，哪些场景在用？
// question.en: Which companies work on or provide each technology, and which scenarios use it?
// method.zh: 企业取来源写明的经营与提供，场景取来源写明的使用；下级不计入上级。只列至少有一家企业或一个场景的技术；
//   没有记载的数目为空，不等于没有。环节不在此列，见 companies-in-segment。
// method.en: Companies that a source says work on or provide it, scenarios that a source says use it; what is below it does not count
//   for it. Only technologies with a company or scenario; a count of which nothing is recorded is null, not none. Segments are
//   not listed here, see companies-in-segment.
// parameter: technology | text | | Technology | 只列此技术，默认各项技术 | only this technology; all by default
// parameter: segment | text | | ChainSegment | 只列此环节之下的技术 | only technologies below this segment
// parameter: source
// returns: technology | 技术 | technology
// returns: id | 技术 id | id of the technology
// returns: n | 企业数，空为未见记载 | number of companies; null where none is recorded
// returns: companies | 企业（列表） | companies (list)
// returns: n_scenarios | 场景数，空为未见记载 | number of scenarios; null where none is recorded
// returns: scenarios | 使用它的场景与领域（列表） | scenarios and fields that use it (list)
// returns: segment | 其上级环节（列表） | segments above it (list)
// returns: sources | 出处 | sources
// needs: Technology
// example: technology=数字孪生
// example: segment=机器学习
// empty.zh: 未见有企业或场景的技术
// empty.en: no technology is recorded with a company or a scenario

MATCH (t:Technology)
WHERE $technology = '' OR t.id = $technology
OPTIONAL MATCH (t)-[up:PART_OF*1..3]->(s:ChainSegment)
WHERE way_from_source(up)
WITH t, s.id AS segment_id, CASE WHEN s.id <> 'segment:人工智能' THEN s.name END AS segment_name, [step IN up | step.id] AS steps
WITH t, collect(DISTINCT segment_id) AS segment_ids, collect(DISTINCT segment_name) AS segment, collect(steps) AS steps
WHERE $segment = '' OR $segment IN segment_ids
OPTIONAL MATCH (c:Company)-[r:OPERATES_IN|PROVIDES|REPRESENTATIVE_OF]->(t)
WHERE from_source(r.sources)
WITH t, segment, steps, c.id AS firm, c.name AS firm_name, r.sources AS said
WITH t, segment, steps, count(DISTINCT firm) AS n, collect(DISTINCT firm_name) AS companies, collect(said) AS parts
OPTIONAL MATCH (x:ApplicationScenario|ApplicationField)-[u:USES_TECHNOLOGY]->(t)
WHERE from_source(u.sources)
WITH t, segment, steps, n, companies, parts, x.id AS scenario, x.name AS scenario_name, u.sources AS said
WITH t, segment, steps, n, companies, parts, count(DISTINCT scenario) AS n_scenarios, collect(DISTINCT scenario_name) AS scenarios,
  collect(said) AS used
WHERE n + n_scenarios > 0
RETURN t.name AS technology, t.id AS id, CASE WHEN n > 0 THEN n END AS n, companies, CASE WHEN n_scenarios > 0 THEN n_scenarios END AS n_scenarios,
  scenarios, segment, [parts, used, steps] AS sources
ORDER BY CASE WHEN n > 0 THEN 0 ELSE 1 END, n DESC, n_scenarios DESC, technology, id
