// name: place-institutions
// theme: places
// title.zh: 地方的高校与机构
// title.en: Universities and institutions of a place
// question.zh: 某地有哪些高校、实验室、协会等机构，各类有多少？
// question.en: Which universities, labs, associations and other institutions does a place have, and how many of each kind?
// method.zh: 位于该地（含其区县、城市、园区）的都计入。n 为该地同类者之数（按 id 去重）；类别为空即来源未写明。place 为来源写明的所在地。限定来源时，类别只在其全部出处都在所问来源之内时列出。
// method.en: Those located in the place count, districts, cities and parks inside included. n is the number of distinct ones of the same kind; kind is null where no
//   source states it. place is where sources say that they are. With `source` the kind is shown only where all sources of the institution are asked for.
// parameter: city | text | 杭州市 | City | 城市 | city
// parameter: province | text | | Province | 省 | province
// parameter: region | text | | Region | 区域 | region
// parameter: country | text | | Country | 国家 | country
// choice: city, province, region, country
// parameter: source
// returns: asked | 所问的地方 | the place asked for
// returns: label | 标签 | label
// returns: kind | 类别，空为未见记载 | kind; null where not recorded
// returns: n | 该地此类的数目 | how many of this kind the place has
// returns: name | 名称 | name
// returns: id | 编号 | id
// returns: place | 来源写明的所在地（列表） | places that sources name (list)
// returns: sources | 出处 | sources
// codes: label | @label
// codes: kind | @institution_kind
// needs: LOCATED_IN
// example: region=珠三角
// example: country=美国
// example: province=浙江省
// empty.zh: 未见该地高校或机构的记载
// empty.en: no university or institution of this place is recorded

// Hubs go on as ids, and relations as ids too (the answer cites their sources). LOCATED_IN ends at the place, HOSTS starts there.
MATCH (c:University|Institution)-[at:LOCATED_IN|HOSTS]-(spot)-[up:PART_OF|LOCATED_IN*0..5]->(t:City|Province|Region|Country)
WHERE t.id IN [$city, $province, $region, $country]
  AND from_source(at.sources)
  AND way_from_source(up)
WITH t, c, spot.name AS seat, at.sources + [step IN up | step.id] AS said
WITH t, c, collect(DISTINCT seat) AS place, collect(said) AS parts
WITH t, c, place, parts, only_from_source(c.sources) AS is_sure
WITH t, head(labels(c)) AS label, CASE WHEN is_sure THEN c.kind END AS kind,
  collect({name: c.name, id: c.id, place: place, parts: parts + CASE WHEN is_sure THEN [c.sources] ELSE [] END}) AS found
UNWIND found AS one
RETURN t.name AS asked, label, kind, size(found) AS n, one.name AS name, one.id AS id, one.place AS place, one.parts AS sources
ORDER BY label DESC, CASE WHEN kind IS NULL THEN 1 ELSE 0 END, n DESC, kind, name, asked, id
