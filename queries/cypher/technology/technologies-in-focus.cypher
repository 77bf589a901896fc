// name: technologies-in-focus
// theme: technology
// title.zh: 各方重视的技术
// title.en: Technologies in focus
// question.zh: 园区、政策和地方把哪些技术列为重点？
// question.en: Which technologies do parks, policies and places name as a focus?
// method.zh: 只计技术，不计产业链环节（环节见 parks-by-focus）；每项技术一行，按园区、政策、地方分别去重计数，n 为三者之和。
//   同一份政策与其发布地各自写明时各计一次。被列为重点不等于已有该技术的产业。
// method.en: Technologies only, no segments of the chain (for these see parks-by-focus); one row per technology, distinct parks, policies and
//   places counted apart, n is their sum. A policy and its place count once each where both say so. To be named as a
//   focus does not mean that there is an industry of it.
// parameter: technology | text | | Technology | 只列此技术，默认各项 | only this technology; all by default
// parameter: label | text | | =Park,Policy,City,Province,Region,District | 只计此标签：Park、Policy、City、Province、Region、District | count only this label: Park, Policy, City, Province, Region or District
// parameter: least | integer | 0 | | 至少有几方重视，0 为不限 | least number of parks, policies and places; 0 for no limit
// parameter: source
// returns: technology | 技术 | technology
// returns: id | 技术 id | id of the technology
// returns: n | 重视它的园区、政策与地方数 | parks, policies and places that name it
// returns: n_parks | 园区数 | parks
// returns: n_policies | 政策数 | policies
// returns: n_places | 地方数（区县至区域） | places (districts to regions)
// returns: named_by | 各方名称（列表） | who names it (list)
// returns: text | 来源的措辞（列表） | wordings of the sources (list)
// returns: sources | 出处 | sources
// needs: Technology, FOCUSES_ON
// example: technology=工业互联网
// example: label=Park least=2
// example: source=图表49
// empty.zh: 未见被列为重点的技术
// empty.en: no technology is recorded as a focus

MATCH (q)-[f:FOCUSES_ON]->(t:Technology)
WHERE ($technology = '' OR t.id = $technology) AND ($label = '' OR $label IN labels(q))
  AND from_source(f.sources)
WITH t.id AS id, t.name AS technology, q.id AS who, q.name AS who_name, f.text AS wording, f.sources AS said,
  CASE WHEN q:Park THEN 'park' WHEN q:Policy THEN 'policy' ELSE 'place' END AS kind
WITH id, technology, count(DISTINCT who) AS n, count(DISTINCT CASE WHEN kind = 'park' THEN who END) AS n_parks,
  count(DISTINCT CASE WHEN kind = 'policy' THEN who END) AS n_policies, count(DISTINCT CASE WHEN kind = 'place' THEN who END) AS n_places,
  collect(DISTINCT who_name) AS named_by, collect(DISTINCT wording) AS text, collect(said) AS parts
WHERE n >= $least
RETURN technology, id, n, n_parks, n_policies, n_places, named_by, text, parts AS sources
ORDER BY n DESC, technology, id
