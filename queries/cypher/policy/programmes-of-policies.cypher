// name: programmes-of-policies
// theme: policy
// title.zh: 试点与专项
// title.en: Programmes
// question.zh: 有哪些试点与专项，由谁设立、用于何地、属于哪项政策、有多少成员？
// question.en: Which programmes are there, who set them up, where do they apply, of which policy are they part, and how many members do they have?
// method.zh: 每个试点或专项一行。成员是获其认定者（DESIGNATED_AS）与归入它的算力中心、区域（PART_OF），按 id 去重；n 为空即成员未见记载，不等于没有。
//   政策取它归入的（part_of）与推动它的（promoted_by）。
// method.en: One row per programme. Members are those designated (DESIGNATED_AS) and the centres and regions that are part of it (PART_OF), distinct by id; n is null where no member is
//   recorded, which does not mean that there is none. Policies: of which it is part (part_of), and those that promote it (promoted_by).
// parameter: programme | text | | Programme | 只看此试点或专项，默认各项 | only this programme; all by default
// parameter: source
// returns: name | 试点或专项 | programme
// returns: id | 其 id | its id
// returns: issuer | 设立者（列表），空列表为未见记载 | who set it up (list); empty where not recorded
// returns: place | 适用的地方（列表） | places to which it applies (list)
// returns: part_of | 所属的政策或专项（列表） | policies or programmes of which it is part (list)
// returns: promoted_by | 推动它的政策（列表） | policies that promote it (list)
// returns: n | 成员数，空为未见记载 | number of members; null where not recorded
// returns: members | 成员（列表） | members (list)
// returns: years | 写明的认定年份（列表） | years of designation, where stated (list)
// returns: sources | 出处 | sources
// needs: Programme
// example: programme=国家人工智能创新应用先导区
// example: source=图表43,图表44
// empty.zh: 未见试点或专项的记载
// empty.en: no programme is recorded

MATCH (g:Programme)
WHERE ($programme = '' OR g.id = $programme)
  AND from_source(g.sources)
OPTIONAL MATCH (g)-[r:ISSUED_BY|APPLIES_TO|PART_OF]->(x)
WHERE from_source(r.sources)
WITH g, collect(DISTINCT CASE WHEN type(r) = 'ISSUED_BY' THEN x.name END) AS issuer,
  collect(DISTINCT CASE WHEN type(r) = 'APPLIES_TO' THEN x.name END) AS place,
  collect(DISTINCT CASE WHEN type(r) = 'PART_OF' THEN x.name END) AS part_of, collect(r.sources) AS parts
OPTIONAL MATCH (d:Policy)-[r:PROMOTES]->(g)
WHERE from_source(r.sources)
WITH g, issuer, place, part_of, parts, collect(DISTINCT d.name) AS promoted_by, collect(r.sources) AS policy_parts
OPTIONAL MATCH (m)-[r:DESIGNATED_AS|PART_OF]->(g)
WHERE from_source(r.sources)
WITH g, issuer, place, part_of, promoted_by, parts + policy_parts + [g.sources] AS parts, count(DISTINCT m.id) AS members_count,
  collect(DISTINCT m.name) AS members, collect(DISTINCT CASE WHEN type(r) = 'DESIGNATED_AS' THEN r.year END) AS years, collect(r.sources) AS member_parts
RETURN g.name AS name, g.id AS id, issuer, place, part_of, promoted_by, CASE WHEN members_count > 0 THEN members_count END AS n, members, years,
  parts + member_parts AS sources
ORDER BY members_count DESC, name, id
