// name: national-to-local
// theme: policy
// title.zh: 国家重点的地方响应（上行下效）
// title.en: National focuses taken up by places
// question.zh: 国家政策的各项重点，哪些省、市、区域也提到，各在哪一年首次写入政策？
// question.en: Which provinces, cities and regions also name the focuses of national policies, and since which year in a policy of theirs?
// method.zh: 国家政策是适用于该国或由该国发布的政策。每个重点、每地一行；无地方提到的重点也列一行（state = not recorded，不等于没有）。地方取政策直接适用于或由其发布的市、
//   省、区域，区县与园区只归其所在城市；地方本身与园区的重点（FOCUSES_ON、PILLAR_INDUSTRY）也计，但没有年份。年份取双方各自最早写明的一年；同名才算同一重点，不含根概念“人工智能”。
//   先后只是年份的先后，不说明因果。设在当地的部委不代表当地。
// method.en: National policies apply to the country or are issued by it. One row per focus and place; a focus that no place names has a row too (state `not recorded`, which does not mean that there
//   is none). Places are the cities, provinces and regions to which a policy directly applies or which issue it, districts and parks count for their city only; focuses of the
//   places and parks themselves (FOCUSES_ON, PILLAR_INDUSTRY) count as well, but have no year. Years are the earliest recorded on each side; the root
//   人工智能 is left out. Which year is earlier says nothing of cause. Ministries do not speak for the city in which they sit.
// parameter: country | text | 中国 | Country | 国家 | country
// parameter: source
// returns: focus | 国家政策的重点 | focus of national policies
// returns: focus_id | 重点的 id | id of the focus
// returns: label | 重点的标签 | label of the focus
// returns: national_year | 国家政策首次提到的年份，空为未见记载 | year of the first national policy; null where not recorded
// returns: national | 国家政策（列表） | national policies (list)
// returns: place | 也提到的地方，空为未见记载 | place that names it too; null where none is recorded
// returns: id | 地方 id | id of the place
// returns: local_year | 该地政策首次提到的年份，空为未写明 | year of its first policy; null where not stated
// returns: state | 与国家政策相比：earlier、same year、later、undated、not recorded | compared with the national policy: earlier, same year, later, undated or not recorded
// returns: lag_years | 晚几年（负数为早） | years after (negative: before)
// returns: stated_by | 提到者（列表）：政策、园区、地方 | who names it (list): policies, parks, the place
// returns: n | 提到该重点的地方数 | number of places that name the focus
// returns: sources | 双方的出处 | sources of both
// codes: label | @label
// codes: state | earlier = 早于国家, same year = 同年, later = 晚于国家, undated = 年份未写明, not recorded = 未见记载
// needs: Policy, FOCUSES_ON
// example: country=英国
// empty.zh: 未见国家政策重点的记载
// empty.en: no focus of a national policy is recorded

MATCH (k:Country)<-[r:APPLIES_TO|ISSUED_BY]-(d:Policy)-[f:FOCUSES_ON]->(x)
WHERE k.id = $country AND x.id <> 'segment:人工智能'
  AND from_source(r.sources) AND from_source(f.sources)
WITH x, min(d.issued_year) AS national_year, collect(DISTINCT d.name) AS national, collect([f.sources, r.sources, d.sources]) AS national_parts
CALL (x) {
  OPTIONAL MATCH (q)-[o:FOCUSES_ON|PILLAR_INDUSTRY]->(x)
  WHERE (q:City OR q:District OR q:Park OR q:Policy OR q:Province OR q:Region)
    AND from_source(o.sources)
  WITH q, o.sources AS said
  // Up to the first city, province or region: what a city says its province has not said.
  OPTIONAL MATCH way = (q)-[:APPLIES_TO|ISSUED_BY|LOCATED_IN|PART_OF*0..4]->(p:City|Province|Region)
  WHERE none(member IN nodes(way) WHERE member:Institution OR (member.id <> p.id AND (member:City OR member:Province OR member:Region)))
    AND (p:City OR none(member IN nodes(way) WHERE member:Park OR member:District))
    AND way_from_source(relationships(way))
  WITH q, said, p, collect([step IN relationships(way) | step.id]) AS steps
  OPTIONAL MATCH (p)-[up:PART_OF*1..4]->(k:Country)
  WHERE way_from_source(up)
  WITH q, said, steps, p, collect(DISTINCT k.id) AS countries
  WITH q, said, steps, CASE WHEN size(countries) = 0 OR $country IN countries THEN p END AS p
  WITH p.id AS id, p.name AS place, min(CASE WHEN q:Policy THEN q.issued_year END) AS local_year, collect(DISTINCT q.name) AS stated_by,
    collect([said, steps, CASE WHEN q:Policy THEN q.sources END]) AS parts
  WITH count(id) AS n, collect({id: id, place: place, year: local_year, stated_by: stated_by, parts: parts}) AS found
  RETURN n, CASE WHEN n = 0 THEN [{id: null}] ELSE [one IN found WHERE one.id IS NOT NULL] END AS found
}
UNWIND found AS one
RETURN x.name AS focus, x.id AS focus_id, head(labels(x)) AS label, national_year, national, one.place AS place, one.id AS id, one.year AS local_year,
  CASE
    WHEN one.id IS NULL THEN 'not recorded'
    WHEN one.year IS NULL OR national_year IS NULL THEN 'undated'
    WHEN one.year < national_year THEN 'earlier'
    WHEN one.year = national_year THEN 'same year'
    ELSE 'later'
  END AS state,
  one.year - national_year AS lag_years, one.stated_by AS stated_by, n, national_parts + [one.parts] AS sources
ORDER BY n DESC, focus, focus_id, CASE WHEN one.year IS NULL THEN 1 ELSE 0 END, local_year, place, id
