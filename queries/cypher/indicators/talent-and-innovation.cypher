// name: talent-and-innovation
// theme: indicators
// title.zh: 地方的人才、创新与资本对照
// title.en: Talent, innovation and capital of places side by side
// question.zh: 各地方的企业、专利、学者、岗位、核心产业、社融、融资各有多少，哪些未见记载？
// question.en: How many firms, patents, scholars, jobs, how much core industry and financing does each place have, and what is not recorded?
// method.zh: 每个地方一行，各列是该指标写作等于、超过、不足或约的最新实际值，未见记载为空，不等于零。同一时期先取写作等于者，再取最大者。各列只取单位与括号所写相同、口径为“当年”或未写当年
//   与累计之分的数值；只说该地方、不另说环节或企业。各值的时期与限定见 figures；时期不同的不宜直接相比。
// method.en: One row per place; each column is the latest actual value of its indicator, null where not recorded, which does not mean none. Of one period an exact value goes first, then the largest.
//   Only values in the unit of the column, of the year itself (scope 当年) or without that distinction, and of the place alone, not of a segment or firm in it. figures
//   gives period and qualifier of each; values of different periods should not be compared as they are.
// parameter: label | text | | =Country,Region,Province,City | 只列此类地方：Country、Region、Province、City，默认各类 | only places of this label (Country, Region, Province, City); all by default
// parameter: least | integer | 2 | | 至少有这么多列有记载的地方 | places with at least so many recorded columns
// parameter: source
// returns: place | 地方 | place
// returns: id | 地方 id | id of the place
// returns: label | 标签 | its label
// returns: n | 有记载的列数 | number of recorded columns
// returns: firms | 泛人工智能企业数量（家） | AI firms in the wide sense (家)
// returns: new_firms | 当年新成立的泛人工智能企业（家） | firms founded in the year (家)
// returns: patents | 当年人工智能发明专利申请量（件） | AI patent applications of the year (件)
// returns: scholars | 人工智能学者数量（人） | AI scholars (人)
// returns: staff | 从业人员数量（人） | people employed (人)
// returns: core_industry | 人工智能核心产业规模（亿元） | output of the AI core industry (亿元)
// returns: social_financing | 社会融资规模增量（亿元） | increase of social financing (亿元)
// returns: deals | 当年融资数量（起） | financing deals of the year (起)
// returns: deal_amount | 当年融资金额（亿元） | amount of financing of the year (亿元)
// returns: figures | 各值的时期与限定（列表） | period and qualifier of each value (list)
// returns: sources | 出处 | sources
// codes: label | @label
// needs: Observation
// example: label=Country
// example: label=City least=1
// example: least=1 source=图表45
// empty.zh: 未见有这么多项记载的地方
// empty.en: no place has so many recorded columns

MATCH (t:Country|Region|Province|City)-[r:OBSERVED]->(o:Observation)
WHERE ($label = '' OR head(labels(t)) = $label) AND o.value IS NOT NULL
  AND none(x IN o.qualifier WHERE x IN ['forecast', 'planned', 'target', 'peak'])
  AND (o.scope IS NULL OR NOT o.scope STARTS WITH '累计')
  AND o.indicator + '/' + o.unit IN ['泛人工智能企业数量/家', '新成立泛人工智能企业数量/家', '人工智能发明专利申请量/件', '人工智能学者数量/人', '从业人员数量/人',
    '人工智能核心产业规模/亿元', '社会融资规模增量/亿元', '融资数量/起', '融资金额/亿元']
  AND from_source(r.sources)
  // The place alone: no segment or firm in it, no smaller place; the root of the chain, the world and the country around it are what figures are among.
  AND NOT EXISTS { MATCH (other)-[:OBSERVED]->(o) WHERE other.id <> t.id AND NOT other.id IN ['segment:人工智能', 'group:全球'] AND (t:Country OR NOT other:Country) }
WITH t, o, r.sources AS said, CASE WHEN o.period IS NULL THEN '' ELSE o.period END AS time, CASE WHEN 'exact' IN o.qualifier THEN 0 ELSE 1 END AS doubt
ORDER BY time DESC, doubt, o.value DESC, o.id
WITH t, o.indicator AS indicator, head(collect({value: o.value, note: o.indicator + ' ' + CASE WHEN o.period IS NULL THEN '—' ELSE o.period END
  + reduce(line = '', x IN o.qualifier | line + CASE x WHEN 'exact' THEN '' WHEN 'over' THEN ' >' WHEN 'under' THEN ' <' WHEN 'approx' THEN ' ≈' ELSE ' ' + x END), said: said})) AS figure
WITH t.name AS place, t.id AS id, head(labels(t)) AS label, count(indicator) AS n, collect({indicator: indicator, value: figure.value}) AS found,
  collect(figure.note) AS figures, collect(figure.said) AS sources
WHERE n >= $least
RETURN place, id, label, n,
  head([x IN found WHERE x.indicator = '泛人工智能企业数量' | x.value]) AS firms,
  head([x IN found WHERE x.indicator = '新成立泛人工智能企业数量' | x.value]) AS new_firms,
  head([x IN found WHERE x.indicator = '人工智能发明专利申请量' | x.value]) AS patents,
  head([x IN found WHERE x.indicator = '人工智能学者数量' | x.value]) AS scholars,
  head([x IN found WHERE x.indicator = '从业人员数量' | x.value]) AS staff,
  head([x IN found WHERE x.indicator = '人工智能核心产业规模' | x.value]) AS core_industry,
  head([x IN found WHERE x.indicator = '社会融资规模增量' | x.value]) AS social_financing,
  head([x IN found WHERE x.indicator = '融资数量' | x.value]) AS deals,
  head([x IN found WHERE x.indicator = '融资金额' | x.value]) AS deal_amount, figures, sources
ORDER BY n DESC, label, firms DESC, place, id
