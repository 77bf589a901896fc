// name: common-focus-ranking
// theme: policy
// title.zh: 重点的同质化
// title.en: Most common focuses of places
// question.zh: 各城市、各省的重点有多雷同：哪些重点被最多的地方提到，占有重点记载的地方的多少？
// question.en: How alike are the focuses of cities and of provinces: which are named by most places, and by which share of those with a recorded focus?
// method.zh: 城市与省分别计，每个重点一行，n 为提到它的地方数，n_places 为有重点记载的同级地方数，share = n ÷ n_places 的百分比。没有重点记载的地方不在分母中，因为未见
//   记载不等于没有。一地的重点取自其本身、区县、园区、适用于它或由它发布的政策（FOCUSES_ON、PILLAR_INDUSTRY），省含其城市，不含根概念“人工智能”；
//   名称不同的重点不合并。设在当地的部委不代表当地。
// method.en: Cities and provinces are counted apart, one row per focus: n counts the places that name it, n_places those of the same kind with any recorded focus, share = n ÷ n_places in per cent. Places without a
//   recorded focus are not in the denominator, since not recorded does not mean none. The focuses of a place are its own, and those of its districts and parks
//   and of policies that apply to it or that it issues (FOCUSES_ON, PILLAR_INDUSTRY); provinces include their cities; without the root 人工智能. Focuses of different
//   names are not merged. Ministries do not speak for the city in which they sit.
// parameter: label | text | City | =City,Province | 只看 City（城市）或 Province（省） | City or Province
// parameter: least | integer | 2 | | 至少被几地提到 | named by at least so many places
// parameter: source
// returns: focus | 重点 | focus
// returns: id | 重点的 id | id of the focus
// returns: label | 重点的标签 | label of the focus
// returns: n | 提到它的地方数 | number of places that name it
// returns: n_places | 有重点记载的地方数 | places with a recorded focus
// returns: share | 百分比 | per cent
// returns: places | 提到它的地方（列表） | places that name it (list)
// returns: sources | 出处 | sources
// codes: label | @label
// needs: FOCUSES_ON
// example: label=Province
// example: least=4
// empty.zh: 未见被这么多地方提到的重点
// empty.en: no focus is recorded of so many places

MATCH (q)-[o:FOCUSES_ON|PILLAR_INDUSTRY]->(x:ChainSegment|Technology|ApplicationField|ApplicationScenario|Industry)
WHERE (q:City OR q:District OR q:Park OR q:Policy OR q:Province)
  AND x.id <> 'segment:人工智能'
  AND from_source(o.sources)
WITH q, collect({id: x.id, said: o.sources}) AS aims
// Who speaks for a place: itself, its districts and parks, their policies. A ministry that sits in a city does not.
MATCH way = (q)-[:PART_OF|LOCATED_IN|APPLIES_TO|ISSUED_BY*0..5]->(k:City|Province)
WHERE $label IN labels(k)
  AND none(member IN nodes(way) WHERE member:Institution)
  AND way_from_source(relationships(way))
UNWIND aims AS aim
// Relations go on as ids (the answer cites their sources).
WITH aim.id AS id, k.id AS place_id, k.name AS place, [aim.said, [step IN relationships(way) | step.id]] AS said
WITH collect(DISTINCT place_id) AS all_places, collect({id: id, place_id: place_id, place: place, said: said}) AS found
UNWIND found AS one
WITH size(all_places) AS n_places, one.id AS id, count(DISTINCT one.place_id) AS n, collect(DISTINCT one.place) AS places, collect(one.said) AS parts
WHERE n >= $least
MATCH (x:ChainSegment|Technology|ApplicationField|ApplicationScenario|Industry)
WHERE x.id = id
RETURN x.name AS focus, id, head(labels(x)) AS label, n, n_places, 100.0 * n / n_places AS share, places, parts AS sources
ORDER BY n DESC, focus, id
