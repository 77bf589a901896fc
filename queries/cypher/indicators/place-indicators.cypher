// name: place-indicators
// theme: indicators
// title.zh: 地方的各项指标
// title.en: Indicators of a place
// question.zh: 某市、省、区域或国家有哪些指标（人才、专利、岗位、社融、企业数……），最新值是多少，数据有多旧？
// question.en: Which indicators (talent, patents, jobs, financing, firms …) are recorded of a city, province, region or country, what is the latest value, and how old is it?
// method.zh: 每个指标、单位、口径（首个逗号之前）、所涉对象一行，只列最新时期的实际值；同一时期有不同的数都列出。预计、规划、目标不计，见 forecasts。
//   来源就该地方写出的数值才列，下级地方、企业、算力中心的数值不列。age 是时期（未写明时为文件日期 as_of）距 year 的年数，二者都没有时为空。
// method.en: One row per indicator, unit, scope (up to its first comma) and other subjects; only actual values of the latest period, all of them where they differ. Forecasts, plans and goals do
//   not count, see forecasts. Only what a source states of the place itself, not of places, firms or compute centres in it. age counts the years from the period (where none is
//   stated the date of the document, as_of) to `year`; null without both.
// parameter: city | text | 深圳市 | City | 城市 | city
// parameter: province | text | | Province | 省 | province
// parameter: region | text | | Region | 区域 | region
// parameter: country | text | | Country | 国家 | country
// choice: city, province, region, country
// parameter: year | integer | 2025 | | 数据的年龄算到此年 | the year to which ages are counted
// parameter: source
// returns: place | 地方 | place
// returns: indicator | 指标表中的名称，空为未列入 | indicator of the list; null where it is not in the list
// returns: name | 来源的措辞 | wording of the source
// returns: value | 数值，范围取下限 | value, of a range the lower end
// returns: value_max | 范围的上限 | upper end of a range
// returns: unit | 单位 | unit
// returns: qualifier | 限定：等于、超过、不足、约等（列表） | how the source qualifies the value (list): exact, over, under, approx …
// returns: period | 时期，空为未写明 | period; null where not stated
// returns: as_of | 文件日期，空为未见记载 | date of the document; null where not recorded
// returns: age | 距所给年份的年数 | years before the given year
// returns: scope | 口径，空为未写明 | scope; null where not stated
// returns: about | 所涉的其他对象（列表） | what else it is stated of (list)
// returns: id | 指标值 id | id of the value
// returns: sources | 出处 | sources
// codes: qualifier | @qualifier
// needs: OBSERVED
// example: province=广东省
// example: region=长三角
// example: province=广东省 source=图表45
// empty.zh: 未见该地方指标值的记载
// empty.en: no value of an indicator is recorded of this place

MATCH (t:City|Province|Region|Country)-[at:OBSERVED]->(o:Observation)
WHERE t.id IN [$city, $province, $region, $country] AND o.value IS NOT NULL
  AND none(x IN o.qualifier WHERE x IN ['forecast', 'planned', 'target', 'peak'])
  AND from_source(at.sources)
// A figure that also names a place inside this one is that place's, not this one's; the same holds for firms and centres.
  AND NOT EXISTS { MATCH (o)<-[:OBSERVED]-(inner)-[:PART_OF|LOCATED_IN*1..4]->(outer) WHERE outer.id = t.id AND (inner:City OR inner:Province OR inner:Region OR inner:District OR inner:Park) }
  AND NOT EXISTS { MATCH (o)<-[:OBSERVED]-(firm) WHERE firm:Company OR firm:ComputeCenter }
OPTIONAL MATCH (s)-[r:OBSERVED]->(o)
WHERE s.id <> t.id AND s.id <> 'segment:人工智能'
  AND from_source(r.sources)
WITH t, o, s, at
ORDER BY s.id
WITH t, o, at, collect(s.name) AS about
WITH t, o, at, about, coalesce(o.indicator, o.name) AS what, CASE WHEN o.scope IS NOT NULL THEN split(o.scope, '，')[0] END AS whole,
  CASE WHEN o.period IS NULL THEN '' ELSE o.period END AS time
WITH t.id AS place_id, t.name AS place, what, o.unit AS unit, whole, about, max(time) AS latest,
  collect({id: o.id, indicator: o.indicator, name: o.name, value: o.value, value_max: o.value_max, qualifier: o.qualifier,
    period: o.period, as_of: o.as_of, scope: o.scope, time: time, said: at.sources}) AS found
UNWIND [x IN found WHERE x.time = latest] AS figure
WITH place_id, place, what, unit, about, figure.indicator AS indicator, figure.name AS name, figure.value AS value, figure.value_max AS value_max,
  figure.qualifier AS qualifier, figure.period AS period, figure.as_of AS as_of, figure.scope AS scope, min(figure.id) AS id,
  collect(figure.said) AS sources
RETURN place, indicator, name, value, value_max, unit, qualifier, period, as_of,
  $year - toInteger(substring(coalesce(period, as_of), 0, 4)) AS age, scope, about, id, sources
ORDER BY CASE WHEN indicator IS NULL THEN 1 ELSE 0 END, what, unit, scope, period DESC, value DESC, id
