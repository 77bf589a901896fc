// name: policies-promoting
// theme: policy
// title.zh: 政策推动的园区与专项
// title.en: Parks and programmes that policies promote
// question.zh: 政策推动建设哪些园区与试点专项，位于何处？
// question.en: Which parks and programmes do policies promote, and where are they?
// method.zh: 每项政策、每个园区或专项一行；n 为推动同一园区或专项的政策数（按 id 去重）。城市取园区经 LOCATED_IN、PART_OF 所在者；专项的城市取其适用的城市。
// method.en: One row per policy and park or programme; n counts the distinct policies that promote it. The city of a park is where it lies, that of a programme
//   one to which it applies.
// parameter: park | text | | Park | 只看此园区，默认各园区 | only this park; all by default
// parameter: programme | text | | Programme | 改看此试点或专项 | this programme instead
// parameter: city | text | | City | 只看此城市的园区与专项，默认不限 | only parks and programmes of this city; all by default
// choice: park, programme
// parameter: source
// returns: promoted | 推动的园区或专项 | park or programme that is promoted
// returns: promoted_id | 其 id | its id
// returns: label | 其标签 | its label
// returns: city | 所在或适用的城市（列表），空列表为未见记载 | cities where it lies or to which it applies (list); empty where not recorded
// returns: name | 政策名称 | policy
// returns: id | 政策 id | id of the policy
// returns: place | 政策适用或发布的地方（列表） | places that the policy applies to or is issued by (list)
// returns: period | 政策的发布日期，空为未见记载 | date of issue of the policy; null where not recorded
// returns: n | 推动它的政策数 | number of policies that promote it
// returns: sources | 出处 | sources
// codes: label | @label
// needs: PROMOTES
// example: city=上海
// example: park=杭州城西科创大走廊
// empty.zh: 未见政策推动的园区或专项的记载
// empty.en: no park or programme is recorded that a policy promotes

MATCH (d:Policy)-[m:PROMOTES]->(x:Park|Programme)
WHERE CASE WHEN $park = '' AND $programme = '' THEN true ELSE x.id IN [$park, $programme] END
  AND from_source(m.sources)
OPTIONAL MATCH (x)-[at:LOCATED_IN|PART_OF|APPLIES_TO*1..4]->(k:City)
WHERE way_from_source(at)
// Relations go on as ids (the answer cites their sources).
WITH d, x, m.sources AS said, collect(DISTINCT k.id) AS city_ids, collect(DISTINCT k.name) AS city, collect([step IN at | step.id]) AS steps
WHERE $city = '' OR $city IN city_ids
OPTIONAL MATCH (d)-[r:APPLIES_TO|ISSUED_BY]->(owner)
WHERE NOT owner:Institution
  AND from_source(r.sources)
WITH d, x, city, said, steps, collect(DISTINCT owner.name) AS place, collect(r.sources) AS place_parts
WITH x, city, collect({id: d.id, name: d.name, period: d.issued, place: place, parts: [said, steps, d.sources, place_parts]}) AS found,
  count(d) AS n
UNWIND found AS one
RETURN x.name AS promoted, x.id AS promoted_id, head(labels(x)) AS label, city, one.name AS name, one.id AS id, one.place AS place,
  one.period AS period, n, one.parts AS sources
ORDER BY label, n DESC, promoted, promoted_id, CASE WHEN one.period IS NULL THEN 1 ELSE 0 END, period, name, id
