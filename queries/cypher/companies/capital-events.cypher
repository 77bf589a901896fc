// name: capital-events
// theme: companies
// title.zh: 上市与融资事件
// title.en: Listings and financings
// question.zh: 各年有多少上市和融资事件，金额合计多少？
// question.en: How many listings and financings were there in each year, and for how much in all?
// method.zh: 事件按 id 去重；各币种分列，从不换算。合计只加已写明的金额，未透露的金额计入 n_undisclosed，不当作零；
//   没有一项写明金额时合计为空，未写明币种的事件单列（空）。
// method.en: Distinct events, currencies apart and never converted. The sum adds the amounts that are stated; those that are not
//   are counted in n_undisclosed and are no zeros. Null where no amount is stated; events without a currency have a row of their own.
// parameter: kind | text | | Event.kind | 只计此类事件：listing 上市、financing 融资，默认不限 | only events of this kind: listing or financing; both by default
// parameter: since | integer | 0 | Event.date_year | 自此年起，0 为不限 | from this year on; 0 for no limit
// parameter: until | integer | 0 | Event.date_year | 至此年止，0 为不限 | up to this year; 0 for no limit
// parameter: source
// returns: period | 年份，空为未见记载 | year; null where not recorded
// returns: kind | 事件类别 | kind of event
// returns: unit | 币种（ISO 4217），空为未见记载 | currency (ISO 4217); null where not recorded
// returns: n | 事件数 | number of events
// returns: n_amount | 其中写明金额的事件数 | those with a stated amount
// returns: n_undisclosed | 其中未写明金额的事件数 | those without a stated amount
// returns: value | 已写明金额的合计（完整货币单位） | sum of the stated amounts, in full units of the currency
// returns: n_firms | 企业数 | number of companies
// returns: companies | 企业名称（列表） | their names (list)
// returns: sources | 出处 | sources
// codes: kind | @event_kind
// needs: Event, HAS_EVENT
// example: kind=listing since=2022 until=2022
// example: source=图表31
// empty.zh: 未见上市或融资事件的记载
// empty.en: no listing or financing is recorded

MATCH (c:Company)-[h:HAS_EVENT]->(v:Event)
WHERE v.kind IN ['listing', 'financing'] AND ($kind = '' OR v.kind = $kind)
  AND ($since = 0 OR v.date_year >= $since) AND ($until = 0 OR v.date_year <= $until)
  AND from_source(h.sources)
// An event of several companies counts once.
WITH v, collect(DISTINCT c.id) AS firms, collect(DISTINCT c.name) AS names, collect(h.sources) AS parts
WITH v.kind AS kind, v.date_year AS year, v.currency AS id, collect({amount: v.amount, firms: firms, names: names}) AS events,
  collect(parts) AS parts
WITH kind, year, id, events, parts, size(events) AS n, [e IN events WHERE e.amount IS NOT NULL | e.amount] AS amounts
UNWIND events AS e
UNWIND range(0, size(e.firms) - 1) AS at
WITH kind, year, id, parts, n, amounts, count(DISTINCT e.firms[at]) AS n_firms, collect(DISTINCT e.names[at]) AS companies
RETURN toString(year) AS period, kind, id AS unit, n, size(amounts) AS n_amount, n - size(amounts) AS n_undisclosed,
  CASE WHEN size(amounts) > 0 THEN reduce(total = 0.0, a IN amounts | total + a) END AS value, n_firms, companies, parts AS sources
ORDER BY CASE WHEN year IS NULL THEN 1 ELSE 0 END, year, kind, CASE WHEN id IS NULL THEN 1 ELSE 0 END, id
