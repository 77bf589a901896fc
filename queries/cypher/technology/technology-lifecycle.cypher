// name: technology-lifecycle
// theme: technology
// title.zh: 技术的生命周期
// title.en: Life cycle of technologies
// question.zh: 各环节和技术处于生命周期的哪一期，依据是什么？
// question.en: In which stage of its life cycle is each segment or technology, and on what evidence?
// method.zh: 取来源评定的时期：环节自身的生命周期（stated）或生命周期评价（assessed）；每个对象、每一期一行，两者皆有时都列于 basis。
//   未评定的环节不列，不等于没有所处时期；人工智能总类不列企业。限定来源时，只有环节的来源都在所问之列，才计 stated。
// method.en: Stages as sources give them: as a property of the segment (stated), or as an assessment of its life cycle (assessed); one row per
//   thing and stage. What no source rates is not listed, which does not mean that it has no stage; companies of the root 人工智能 are not
//   listed. With `source`, stated counts only where all sources of the segment are asked for.
// parameter: stage | text | | ChainSegment.lifecycle | 只列此时期：形成期、成长期、成熟期、衰退期 | only this stage: 形成期, 成长期, 成熟期 or 衰退期
// parameter: source
// returns: stage | 时期 | stage
// returns: name | 环节或技术 | segment or technology
// returns: id | 其 id | its id
// returns: label | 其标签 | its label
// returns: basis | 依据（列表）：stated、assessed | basis (list): stated, assessed
// returns: text | 来源所述的特征（列表） | features that the source names (list)
// returns: companies | 有记载的企业（列表） | companies recorded there (list)
// returns: sources | 时期的出处 | sources of the stage
// returns: sources_companies | 企业的出处 | sources of the companies
// codes: label | @label
// codes: basis | stated = 环节的生命周期, assessed = 生命周期评价
// needs: ChainSegment
// example: stage=形成期
// empty.zh: 未见生命周期的评定
// empty.en: no stage of a life cycle is recorded

MATCH (s:ChainSegment|Technology)
WHERE from_source(s.sources)
OPTIONAL MATCH (s)-[r:ASSESSED]->(a:Assessment)
WHERE a.framework = '生命周期'
  AND from_source(r.sources)
WITH s, collect({stage: a.rating, basis: 'assessed', text: a.text, said: r.sources}) AS rated
// A node does not say where its own value comes from; only if all its sources are asked for, it surely comes from them.
WITH s, rated + CASE WHEN s.lifecycle IS NULL OR NOT only_from_source(s.sources) THEN [] ELSE [{stage: s.lifecycle, basis: 'stated', text: null, said: s.sources}] END AS rated
UNWIND rated AS one
WITH s, one
WHERE one.stage IS NOT NULL AND ($stage = '' OR one.stage = $stage)
WITH s, one.stage AS stage, collect(DISTINCT one.basis) AS basis, collect(DISTINCT one.text) AS text,
  collect(CASE WHEN one.basis = 'assessed' THEN one.said END) AS exact, collect(one.said) AS every
WITH s, stage, basis, text, CASE WHEN 'assessed' IN basis THEN exact ELSE every END AS parts
OPTIONAL MATCH (c:Company)-[o:OPERATES_IN|REPRESENTATIVE_OF|PROVIDES]->(s)
WHERE s.id <> 'segment:人工智能'
  AND from_source(o.sources)
WITH s, stage, basis, text, parts, collect(DISTINCT c.name) AS companies, collect(o.sources) AS firm_parts
RETURN stage, s.name AS name, s.id AS id, head(labels(s)) AS label, basis, text, companies, parts AS sources,
  firm_parts AS sources_companies
ORDER BY CASE stage WHEN '形成期' THEN 0 WHEN '成长期' THEN 1 WHEN '成熟期' THEN 2 WHEN '衰退期' THEN 3 ELSE 4 END, stage, name, id
