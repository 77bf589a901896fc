// name: segment-pairs
// theme: chain
// title.zh: 同一企业兼营的环节
// title.en: Segments held by the same companies
// question.zh: 哪些环节由同一批企业兼营，是哪些企业？
// question.en: Which segments are held together by the same companies, and by which?
// method.zh: 每对环节列一行（根概念“人工智能”除外），n 为在两个环节都有记载的企业数，按 id 去重。只看来源所写的环节，不由下级推及上级；
//   一个环节是另一个的上级时不成对，否则上下级总是“兼营”。
// method.en: One row per pair of segments (without the root 人工智能); n is the number of distinct companies recorded in both. Only the segments that
//   sources name count, not their broader ones; where one of the two is a part of the other they are no pair, since that would always hold.
// parameter: segment | text | | ChainSegment | 只列含此环节的对，默认全部 | only pairs with this segment; all by default
// parameter: least | integer | 1 | | 企业至少几家 | at least so many companies
// parameter: source
// returns: segment | 环节 | segment
// returns: id | 环节 id | id of the segment
// returns: other | 另一环节 | the other segment
// returns: other_id | 另一环节 id | its id
// returns: n | 兼营的企业数 | number of companies in both
// returns: companies | 企业名称（列表） | their names (list)
// returns: layer | 环节所属的层（列表） | layers of the segment (list)
// returns: other_layer | 另一环节所属的层（列表） | layers of the other (list)
// returns: sources | 企业在两个环节的出处 | sources that the companies are in both
// returns: sources_layer | 两个环节归层的出处，可为他企的行 | sources of the place of both in their layers, which may be rows of other firms
// needs: Company, ChainSegment
// example: segment=计算机视觉
// example: least=2
// example: source=图表4
// empty.zh: 未见同一企业兼营两个环节的记载
// empty.en: no company is recorded in two segments

MATCH (a:ChainSegment)<-[f:OPERATES_IN|REPRESENTATIVE_OF]-(c:Company)-[g:OPERATES_IN|REPRESENTATIVE_OF]->(b:ChainSegment)
WHERE a.id <> 'segment:人工智能' AND b.id <> 'segment:人工智能' AND a.id <> b.id
// Each pair once, and with the segment that is asked for in front.
  AND CASE WHEN $segment = '' THEN a.id < b.id ELSE a.id = $segment END
  AND from_source(f.sources) AND from_source(g.sources)
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH a.id AS id, a.name AS segment, b.id AS other_id, b.name AS other, count(DISTINCT c.id) AS n, collect(DISTINCT c.name) AS companies,
  collect(f.sources) + collect(g.sources) AS parts
WHERE n >= $least
CALL (id, other_id) {
  MATCH (low:ChainSegment)-[up:PART_OF*1..3]->(high:ChainSegment)
  WHERE low.id IN [id, other_id] AND high.id IN [id, other_id]
    AND way_from_source(up)
  RETURN count(high) AS n_above
}
WITH id, segment, other_id, other, n, companies, parts, n_above
WHERE n_above = 0
CALL (id) {
  OPTIONAL MATCH (s:ChainSegment)-[lu:PART_OF*1..3]->(l:ChainLayer)
  WHERE s.id = id
    AND way_from_source(lu)
  RETURN collect(DISTINCT l.name) AS layer, collect([step IN lu | step.id]) AS layer_parts
}
CALL (other_id) {
  OPTIONAL MATCH (s:ChainSegment)-[lu:PART_OF*1..3]->(l:ChainLayer)
  WHERE s.id = other_id
    AND way_from_source(lu)
  RETURN collect(DISTINCT l.name) AS other_layer, collect([step IN lu | step.id]) AS other_layer_parts
}
RETURN segment, id, other, other_id, n, companies, layer, other_layer, parts AS sources, layer_parts + other_layer_parts AS sources_layer
ORDER BY n DESC, segment, other, id, other_id
