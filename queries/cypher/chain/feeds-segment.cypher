// name: feeds-segment
// theme: chain
// title.zh: 环节的上游
// title.en: What feeds a segment
// question.zh: 某环节的上游是什么，有哪些企业？
// question.en: What stands upstream of a segment, and which companies are there?
// method.zh: basis 为 stated：来源写明的上游；by layer：仅由层的次序推得，即紧邻上一层的各环节，来源并未写明供给关系。
//   同一上游两者皆有时只列 stated。
// method.en: basis `stated`: a source says that it is upstream. `by layer`: only inferred from the order of the layers, these are
//   the segments of the next layer upstream, of which no source says that they supply the segment. Where both hold, stated is shown.
// parameter: segment | text | 计算机视觉 | ChainSegment | 环节名称或 id | name or id of the segment
// parameter: source
// returns: segment | 所问的环节 | the segment asked for
// returns: name | 上游环节、技术或层 | segment, technology or layer upstream
// returns: id | 上游的 id | its id
// returns: label | 上游的标签 | its label
// returns: basis | 依据：stated 写明，by layer 由层次推得 | basis: stated, or by layer
// returns: layer | 上游所属的层（列表） | its layers (list)
// returns: n | 有记载的企业数 | number of companies recorded there
// returns: companies | 企业名称（列表） | their names (list)
// returns: sources | 依据与所列企业的出处 | sources of the basis and of the companies
// returns: sources_layer | 上游归层的出处，可为未列企业的行 | sources of its place in its layers, which may be rows of firms not listed
// codes: label | @label
// codes: basis | stated = 来源写明, by layer = 由层次推得
// needs: ChainSegment
// example: segment=智能机器人
// example: segment=计算机视觉 source=图表3,图表4
// empty.zh: 未见该环节上游的记载，也无从由层次推得
// empty.en: nothing upstream of this segment is recorded, and its layer gives nothing either

MATCH (t:ChainSegment)
WHERE t.id = $segment
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
CALL (t) {
  MATCH (u)-[r:UPSTREAM_OF]->(t)
  WHERE from_source(r.sources)
  RETURN u.id AS id, 'stated' AS basis, r.sources AS said
  UNION ALL
  // Layers of the same order (two schemes side by side) are next to each other.
  MATCH (t)-[own_up:PART_OF*1..3]->(own:ChainLayer)
  WHERE way_from_source(own_up)
  WITH t.id AS own_id, own.order AS own_rank, [step IN own_up | step.id] AS own_steps
  MATCH (above:ChainLayer)
  WHERE above.order < own_rank
  WITH own_id, own_steps, max(above.order) AS nearest
  MATCH (u:ChainSegment)-[up:PART_OF*1..3]->(feeding:ChainLayer)
  WHERE feeding.order = nearest AND u.id <> own_id AND u.id <> 'segment:人工智能'
    AND way_from_source(up)
  RETURN u.id AS id, 'by layer' AS basis, own_steps + [step IN up | step.id] AS said
}
WITH t.name AS segment, id, collect(DISTINCT basis) AS bases, collect({basis: basis, said: said}) AS grounds
WITH segment, id, grounds, CASE WHEN 'stated' IN bases THEN 'stated' ELSE 'by layer' END AS basis
WITH segment, id, basis, [g IN grounds WHERE g.basis = basis | g.said] AS parts
OPTIONAL MATCH (u:ChainSegment|Technology|ChainLayer)-[lu:PART_OF*0..3]->(l:ChainLayer)
WHERE u.id = id
  AND way_from_source(lu)
WITH segment, id, basis, parts, collect(DISTINCT l.name) AS layer, collect([step IN lu | step.id]) AS layer_parts
MATCH (u:ChainSegment|Technology|ChainLayer)
WHERE u.id = id
OPTIONAL MATCH (named)-[pu:PART_OF*0..3]->(u)
WHERE way_from_source(pu)
WITH segment, id, u.name AS name, head(labels(u)) AS label, basis, parts, layer, layer_parts, named, [step IN pu | step.id] AS steps
OPTIONAL MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(named)
WHERE from_source(f.sources)
WITH segment, name, id, label, basis, layer, parts, layer_parts, c, f.sources AS said,
  CASE WHEN c IS NOT NULL THEN {row: f.sources, steps: steps} END AS place
WITH segment, name, id, label, basis, layer, parts, layer_parts, count(DISTINCT c.id) AS n,
  collect(DISTINCT c.name) AS companies, collect(said) AS firm_parts, collect(place) AS place_parts
RETURN segment, name, id, label, basis, layer, n, companies, parts + firm_parts + place_parts AS sources, layer_parts AS sources_layer
ORDER BY CASE basis WHEN 'stated' THEN 0 ELSE 1 END, n DESC, name, id
