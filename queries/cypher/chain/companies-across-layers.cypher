// name: companies-across-layers
// theme: chain
// title.zh: 跨层企业
// title.en: Companies across layers
// question.zh: 哪些企业跨越产业链的两层以上？
// question.en: Which companies work in two or more layers of the chain?
// method.zh: 企业的层取自来源直接写明的层，以及其环节所属的层。给出 layer 时，企业须在其中每一层都有记载。
// method.en: A company's layers are those stated of it and those of its segments. With layer given, it must be recorded
//   in each of them.
// parameter: layer | list | | ChainLayer | 须全部跨越的层，默认任意两层以上 | layers that it must all cover; any two or more by default
// parameter: source
// returns: name | 企业名称 | company
// returns: id | 企业 id | id of the company
// returns: n | 层数 | number of layers
// returns: layer | 所在的层（列表） | layers (list)
// returns: segment | 所在的环节（列表） | segments (list)
// returns: sources | 本企各行的出处 | sources that are rows of the firm itself
// returns: sources_layer | 环节归层的出处，可为他企的行；本企的行已写明时即本企的行 | sources of the segment's place in its layer, which may be rows of other firms; the firm's own row where that says so
// needs: Company, ChainLayer
// example: source=图表3,图表4,图表5
// example: layer=基础层,技术层
// empty.zh: 未见跨层企业的记载
// empty.en: no company is recorded in several layers

// A layer that is stated of the company is reached in no step of PART_OF, one of its segments in some.
// The chain first, companies after: hubs go on as ids, and relations as ids too (the answer cites their sources).
MATCH (s)-[up:PART_OF*0..3]->(l:ChainLayer)
WHERE (size($layer) = 0 OR l.id IN $layer)
  AND way_from_source(up)
WITH s, l.id AS layer_id, l.name AS layer_name, [step IN up | step.id] AS steps
MATCH (c:Company)-[r:OPERATES_IN|REPRESENTATIVE_OF]->(s)
WHERE from_source(r.sources)
// A place in the chain that the firm's own row states is cited by that row, not by the rows of other firms.
WITH c.id AS id, c.name AS name, layer_id, layer_name, r.sources AS said, {row: r.sources, steps: steps} AS place,
  CASE WHEN s:ChainSegment AND s.id <> 'segment:人工智能' THEN s.name END AS named
WITH id, name, count(DISTINCT layer_id) AS n, collect(DISTINCT layer_name) AS layer, collect(DISTINCT named) AS segment,
  collect(said) AS parts, collect(place) AS layer_parts
WHERE n >= CASE WHEN size($layer) = 0 THEN 2 ELSE size($layer) END
RETURN name, id, n, layer, segment, parts AS sources, layer_parts AS sources_layer
ORDER BY n DESC, name, id
