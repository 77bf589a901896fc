// name: forces-of-segment
// theme: technology
// title.zh: 环节的五力
// title.en: Five forces of a segment
// question.zh: 来源怎样评价各环节的波特五力？
// question.en: How do sources rate the five forces (Porter) of the segments?
// method.zh: 每个评价一行，按来源的评语，不换算为分数。force 为五力之一，factor 为来源所分的方面；force 不属五力时为来源自列的方面。
//   没有评语的行只有说明。对中国人工智能行业的评价记在总类人工智能上。
// method.en: One row per assessment, in the words of the source and turned into no score. force is one of the five, factor what the
//   source divides it into; a force that is none of the five is an aspect of the source's own. Rows without a rating have a text
//   only. What is said of China's AI industry as a whole stands with the root 人工智能.
// parameter: segment | text | | ChainSegment | 只列此环节，默认各环节 | only this segment; all by default
// parameter: source
// returns: segment | 环节 | segment
// returns: id | 环节 id | id of the segment
// returns: force | 力：供应者谈判能力、购买者谈判能力、潜在进入者威胁、替代品威胁、现有企业间竞争 | force: suppliers, buyers, entrants, substitutes, rivalry
// returns: factor | 该力的方面，whole 为对整个力的评价 | factor of the force; whole where the force as a whole is meant
// returns: rating | 评语，空为只有说明 | rating in words; null where there is a text only
// returns: text | 说明 | text
// returns: sources | 出处 | sources
// codes: factor | whole = 整体
// needs: ChainSegment, ASSESSED
// example: segment=人工智能
// example: segment=智能芯片
// example: source=图表10
// empty.zh: 未见五力的评价
// empty.en: no assessment of the five forces is recorded

MATCH (s:ChainSegment)-[r:ASSESSED]->(a:Assessment)
WHERE a.framework = '波特五力' AND ($segment = '' OR s.id = $segment)
  AND from_source(r.sources)
WITH s, a, split(a.aspect, '：') AS aspects, r.sources AS said
WITH s, a, aspects[0] AS force, CASE WHEN size(aspects) > 1 THEN aspects[1] ELSE 'whole' END AS factor, said
RETURN s.name AS segment, s.id AS id, force, factor, a.rating AS rating, a.text AS text, said AS sources
ORDER BY CASE id WHEN 'segment:人工智能' THEN 0 ELSE 1 END, segment, id,
  CASE force WHEN '供应者谈判能力' THEN 0 WHEN '购买者谈判能力' THEN 1 WHEN '潜在进入者威胁' THEN 2 WHEN '替代品威胁' THEN 3
    WHEN '现有企业间竞争' THEN 4 ELSE 5 END, force, CASE factor WHEN 'whole' THEN 0 ELSE 1 END, factor, a.id
