// name: indicator-ranking
// theme: indicators
// title.zh: 地方按指标排名
// title.en: Places ranked by an indicator
// question.zh: 按某指标的最新实际值，各地方如何排名？
// question.en: How do places rank by the latest actual value of an indicator?
// method.zh: 每个地方取其最新的实际值（时期未写明者最旧）；预计、规划、目标、峰值不计。只在单位、口径（首个逗号之前）和所涉对象（about）都相同的数值之间排名，
//   同值同名次，n 是参加该排名的地方数。同一时期有多个数时先取写作等于者，再取最大者，n_values 是其个数。同时说到几级地方的数值归最小一级；
//   同一级有几个地方的合计数不参加排名。名次只是有记载的地方之间的次序。
// method.en: Of each place the latest actual value counts (without a stated period it is the oldest); forecasts, plans, goals and peaks do not.
//   Places are ranked only among values of the same unit, scope (up to its first comma) and other subjects (about); equal values share a rank, n places take part.
//   Of several values for one period an exact one goes first, then the largest; n_values tells how many there are. A value that names places of several levels is of the
//   smallest one; joint figures of several places do not take part. It is an order among recorded places only.
// parameter: indicator | text | 社会融资规模增量 | Observation.indicator | 指标名称，或来源的措辞 | name of an indicator, or a wording of a source
// parameter: unit | text | | Observation.unit | 只列此单位，默认各单位分别排名 | only this unit; by default each unit has a ranking of its own
// parameter: label | text | | =Country,Region,Province,City,District,Park | 只排此类地方：Country、Region、Province、City、District、Park，默认各类一起 | only places of this label (Country, Region, Province, City, District, Park); all by default
// parameter: source
// returns: rank | 名次 | rank
// returns: n | 参加该排名的地方数 | number of places in this ranking
// returns: place | 地方 | place
// returns: id | 地方 id | id of the place
// returns: label | 标签 | its label
// returns: value | 最新实际值，范围取下限 | latest actual value, of a range the lower end
// returns: unit | 单位 | unit
// returns: qualifier | 限定：等于、超过、不足、约等（列表） | how the source qualifies the value (list): exact, over, under, approx …
// returns: period | 时期，空为未写明 | period; null where not stated
// returns: scope | 口径，空为未写明 | scope; null where not stated
// returns: about | 所涉的其他对象（列表） | what else it is stated of (list)
// returns: n_values | 同一时期不同的数值个数 | number of different values for that period
// returns: sources | 出处 | sources
// codes: label | @label
// codes: qualifier | @qualifier
// needs: Observation
// example: indicator=泛人工智能企业数量 label=City
// example: indicator=人工智能与产业集聚区融合市场规模 unit=亿元
// example: indicator=社会融资规模增量 source=图表45
// empty.zh: 未见地方的该指标实际值的记载
// empty.en: no actual value of this indicator is recorded for a place

MATCH (s)-[r:OBSERVED]->(o:Observation)
WHERE (o.indicator = $indicator OR o.indicator_text = $indicator OR o.name = $indicator) AND ($unit = '' OR o.unit = $unit) AND o.value IS NOT NULL
  AND none(x IN o.qualifier WHERE x IN ['forecast', 'planned', 'target', 'peak'])
  AND from_source(r.sources)
WITH o, s, r,
  CASE
    WHEN s:Park THEN 6
    WHEN s:District THEN 5
    WHEN s:City THEN 4
    WHEN s:Province THEN 3
    WHEN s:Region THEN 2
    WHEN s:Country THEN 1
  END AS depth
ORDER BY s.id
WITH o, max(depth) AS deepest, collect({id: s.id, name: s.name, label: head(labels(s)), depth: depth}) AS of, collect(r.sources) AS said
WITH o, of, said, [x IN of WHERE x.depth = deepest] AS places
// A joint figure of several places is the figure of none of them.
WHERE size(places) = 1 AND ($label = '' OR places[0].label = $label)
// The root of the chain and the world are what every figure is among, no subjects beside the place.
WITH o, places[0] AS place, said, [x IN of WHERE x.depth IS NULL AND NOT x.id IN ['segment:人工智能', 'group:全球'] | x.name] AS about,
  CASE WHEN o.scope IS NOT NULL THEN split(o.scope, '，')[0] END AS whole, CASE WHEN o.period IS NULL THEN '' ELSE o.period END AS time
WITH place.id AS id, place.name AS name, place.label AS label, o.unit AS unit, about, whole, time, o.value AS value, o.period AS period,
  o.scope AS scope, o.qualifier AS qualifier, o.id AS figure, CASE WHEN 'exact' IN o.qualifier THEN 0 ELSE 1 END AS doubt, said
ORDER BY time DESC, doubt, value DESC, figure
WITH id, name, label, unit, about, whole, max(time) AS latest, collect({time: time, value: value, period: period, scope: scope, qualifier: qualifier, said: said}) AS found
WITH id, name, label, unit, about, whole, found[0] AS figure, [x IN found WHERE x.time = latest] AS now
WITH unit, about, whole, collect({id: id, name: name, label: label, figure: figure, now: now}) AS ranking
UNWIND ranking AS row
WITH unit, about, size(ranking) AS n, row, row.figure AS figure,
  1 + size([x IN ranking WHERE x.figure.value > row.figure.value]) AS rank,
  reduce(seen = [], x IN row.now | CASE WHEN x.value IN seen THEN seen ELSE seen + [x.value] END) AS values,
  reduce(line = '', x IN about | line + x + ' ') AS shown
RETURN rank, n, row.name AS place, row.id AS id, row.label AS label, figure.value AS value, unit, figure.qualifier AS qualifier,
  figure.period AS period, figure.scope AS scope, about, size(values) AS n_values, [x IN row.now | x.said] AS sources
ORDER BY n DESC, unit, shown, scope, rank, id
