// name: place-assessments
// theme: places
// title.zh: 地方评价对照
// title.en: Assessments of places side by side
// question.zh: 按同一框架（如钻石模型），各集群或城市的各方面评价如何？
// question.en: How are clusters or cities assessed, aspect by aspect, in one framework such as the diamond model?
// method.zh: 每个方面、每地、每条评价一行；评价照录，不打分、不合并。state 为 not recorded：所列的某地有此方面的评价，而该地未见记载。
// method.en: One row per aspect, place and assessment; they are quoted, not scored or merged. state is not recorded where one of the places is assessed in an
//   aspect and this one is not.
// parameter: places | list | 京津冀,长三角,珠三角 | Region,City,Country | 要对照的区域、城市或国家 | regions, cities or countries to compare
// parameter: framework | text | 钻石模型 | Assessment.framework | 评价框架 | framework of the assessments
// parameter: source
// returns: framework | 框架，空为未写明 | framework; null where none is stated
// returns: name | 方面 | aspect
// returns: place | 地方 | place
// returns: state | 状态 | state
// returns: n | 该地此方面的评价数，空为未见记载 | how many assessments of the place in this aspect; null where not recorded
// returns: rating | 评级，空为未写明 | rating; null where none is stated
// returns: text | 评价的文字，空为未写明 | text of the assessment; null where none is stated
// returns: id | 评价 id，未见记载时为空 | id of the assessment; null where not recorded
// returns: sources | 出处；未见记载时为空列表 | sources; none where nothing is recorded
// codes: state | recorded = 有记载, not recorded = 未见记载
// needs: Assessment, ASSESSED
// example: places=北京市,上海市,深圳市,广州市
// example: places=中国,美国 framework=国际比较
// empty.zh: 未见这些地方在此框架下的评价
// empty.en: no assessment of these places in this framework is recorded

MATCH (t:Region|City|Country)-[r:ASSESSED]->(a:Assessment)
WHERE t.id IN $places AND a.framework = $framework
  AND from_source(r.sources)
WITH a.framework AS framework, a.aspect AS aspect, collect({place_id: t.id, rating: a.rating, text: a.text, id: a.id, said: r.sources}) AS found
MATCH (t:Region|City|Country)
WHERE t.id IN $places
WITH framework, aspect, t.id AS place_id, t.name AS place, [x IN found WHERE x.place_id = t.id] AS own
UNWIND CASE WHEN size(own) = 0 THEN [null] ELSE own END AS one
WITH framework, aspect, place_id, place, size(own) AS n, one.rating AS rating, one.text AS text, one.id AS id, one.said AS said
RETURN framework, aspect AS name, place, CASE WHEN id IS NULL THEN 'not recorded' ELSE 'recorded' END AS state, CASE WHEN n > 0 THEN n END AS n, rating, text, id,
  CASE WHEN id IS NULL THEN [] ELSE said END AS sources
ORDER BY framework, name, place, place_id, text, id
