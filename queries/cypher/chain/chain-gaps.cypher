// name: chain-gaps
// theme: chain
// title.zh: 城市的产业链缺口
// title.en: Gaps in a city's chain
// question.zh: 某城市在产业链各环节上有多少企业，哪些环节只有一家、只有规划表述，或未见记载？
// question.en: How many companies does a city have in each segment of the chain, and where is there one only, a statement only,
//   or nothing recorded?
// method.zh: 图中的每个环节（根概念“人工智能”除外）列一行。present：本市记载两家以上企业；thin：一家；stated：无企业记载，
//   但本市、其区县、园区或政策以该环节为重点；not recorded：本市未见记载，不等于没有。总部有矛盾的企业在其各城市都计入，列于 disputed。
// method.en: One row for each segment of the graph except the root 人工智能. present: two or more companies recorded here. thin: one.
//   stated: none recorded, but the city, a district, park or policy of it names the segment. not recorded: nothing recorded
//   here, which does not mean that there is nothing. A company with disputed headquarters counts in each of its cities and is listed in disputed.
// parameter: city | text | 北京市 | City | 城市名称或 id | name or id of the city
// parameter: layer | text | | ChainLayer | 只列此层的环节，默认各层 | only segments of this layer; all by default
// parameter: source
// returns: city | 所问的城市 | the city asked for
// returns: segment | 环节 | segment
// returns: id | 环节 id | id of the segment
// returns: layer | 所属的层（列表），空列表为未见记载 | its layers (list); empty where not recorded
// returns: state | 状态：present、thin、stated、not recorded | state: present, thin, stated or not recorded
// returns: n | 本市有记载的企业数 | companies recorded in the city
// returns: companies | 本市的企业（列表） | companies of the city (list)
// returns: disputed | 其中总部有矛盾的企业（列表） | those with disputed headquarters (list)
// returns: stated_by | 提到该环节的本市园区、政策等（列表） | those of the city that name it (list): parks, policies …
// returns: n_elsewhere | 其他城市有记载的企业数 | companies recorded in other cities
// returns: n_no_city | 城市未见记载的企业数 | companies whose city is not recorded
// returns: sources | 状态的出处；not recorded 时为他处企业或该环节的出处 | sources of the state; of the companies elsewhere or of the segment where nothing is recorded here
// returns: sources_elsewhere | 他处企业的出处（n_elsewhere 与 n_no_city） | sources of the companies elsewhere (n_elsewhere and n_no_city)
// codes: state | present = 有, thin = 仅一家, stated = 仅见规划, not recorded = 未见记载
// needs: City, ChainSegment
// example: city=合肥市 layer=技术层
// example: city=杭州
// example: city=深圳市 source=图表3,图表4,图表5
// empty.zh: 该层未见环节的记载
// empty.en: no segment is recorded in this layer

MATCH (here:City)
WHERE here.id = $city
WITH here.id AS here_id, here.name AS city
MATCH (s:ChainSegment)
WHERE s.id <> 'segment:人工智能'
  AND from_source(s.sources)
OPTIONAL MATCH (s)-[lu:PART_OF*1..3]->(l:ChainLayer)
WHERE way_from_source(lu)
// Hubs go on as ids, and relations as ids too (the answer cites their sources).
WITH here_id, city, s.id AS id, collect(DISTINCT l.id) AS layer_ids, collect(DISTINCT l.name) AS layer
WHERE $layer = '' OR $layer IN layer_ids
CALL (here_id, id) {
  MATCH (aim)-[au:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(au)
  WITH here_id, aim, [step IN au | step.id] AS steps
  MATCH (q)-[o:FOCUSES_ON|USES_TECHNOLOGY|PILLAR_INDUSTRY]->(aim)
  WHERE (q:City OR q:District OR q:Park OR q:Policy)
    AND from_source(o.sources)
  WITH here_id, q, o.sources AS said, {row: o.sources, steps: steps} AS place
  // Who speaks for the city: itself, its districts and parks, their policies. A ministry that sits in a city does not.
  MATCH way = (q)-[:PART_OF|LOCATED_IN|APPLIES_TO|ISSUED_BY*0..5]->(here:City)
  WHERE here.id = here_id
    AND none(member IN nodes(way) WHERE member:Institution)
    AND way_from_source(relationships(way))
  RETURN collect(DISTINCT q.name) AS stated_by, collect(said) AS stated, collect(place) AS stated_place
}
CALL (here_id, id) {
  MATCH (named)-[pu:PART_OF*0..3]->(s:ChainSegment)
  WHERE s.id = id
    AND way_from_source(pu)
  WITH here_id, named, [step IN pu | step.id] AS steps
  MATCH (c:Company)-[f:OPERATES_IN|REPRESENTATIVE_OF]->(named:ChainSegment)
  WHERE from_source(f.sources)
  WITH here_id, c, f.sources AS said, {row: f.sources, steps: steps} AS place
  WITH here_id, c, collect(said) AS trade, collect(place) AS trade_place
// LOCATED_IN starts at the company, HOSTS ends there: without a direction both are read. PART_OF and LOCATED_IN lead on to the city.
  OPTIONAL MATCH (c)-[at:LOCATED_IN|HOSTS]-(spot)-[cu:PART_OF|LOCATED_IN*0..4]->(k:City)
  WHERE from_source(at.sources)
    AND way_from_source(cu)
  WITH here_id, c, trade, trade_place, k.id AS city_id, CASE WHEN at.role = 'headquarters' THEN k.id END AS seat,
    at.sources + [step IN cu | step.id] AS said
  WITH here_id, c.name AS name, c.id AS firm, trade, trade_place, collect(DISTINCT city_id) AS cities,
    collect(DISTINCT seat) AS seats, collect(said) AS placed
  WITH name, trade + trade_place + placed AS parts, size(seats) > 1 AS in_doubt,
    CASE WHEN here_id IN cities THEN 'here' WHEN size(cities) > 0 THEN 'elsewhere' ELSE 'nowhere' END AS place
  RETURN count(CASE WHEN place = 'here' THEN 1 END) AS n,
    count(CASE WHEN place = 'elsewhere' THEN 1 END) AS n_elsewhere,
    count(CASE WHEN place = 'nowhere' THEN 1 END) AS n_no_city,
    collect(CASE WHEN place = 'here' THEN name END) AS companies,
    collect(CASE WHEN place = 'here' AND in_doubt THEN name END) AS disputed,
    collect(CASE WHEN place = 'here' THEN parts END) AS own,
    collect(CASE WHEN place <> 'here' THEN parts END) AS sources_elsewhere
}
WITH city, id, layer, stated_by, stated + stated_place AS stated, n, n_elsewhere, n_no_city, companies, disputed, own, sources_elsewhere,
  CASE
    WHEN n > 1 THEN 'present'
    WHEN n = 1 THEN 'thin'
    WHEN size(stated_by) > 0 THEN 'stated'
    ELSE 'not recorded'
  END AS state
MATCH (s:ChainSegment)
WHERE s.id = id
RETURN city, s.name AS segment, id, layer, state, n, companies, disputed, stated_by, n_elsewhere, n_no_city,
  CASE
    WHEN state <> 'not recorded' THEN own + stated
    WHEN size(sources_elsewhere) > 0 THEN sources_elsewhere
    ELSE s.sources
  END AS sources, sources_elsewhere
ORDER BY CASE state WHEN 'present' THEN 0 WHEN 'thin' THEN 1 WHEN 'stated' THEN 2 ELSE 3 END, n DESC, segment, id
