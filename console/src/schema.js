// The schema: labels, relation types and their properties, with what this graph holds of each.

import { clear, el } from "./dom.js";
import { count, state, t } from "./state.js";

function properties(one) {
  return el("table", { class: "plain" }, el("tbody", {}, one.properties.filter((p) => !p.common).map((p) => el("tr", {},
    el("td", { class: "code" }, p.name), el("td", {}, p.title), el("td", { class: "soft" }, p.datatype), el("td", { class: "soft" }, p.text)))));
}

function card(one, ends, query, cypher) {
  const own = one.properties.filter((p) => !p.common);
  return el("article", { class: one.n ? "card" : "card absent" },
    el("h3", {}, one.title, el("code", {}, one.name), el("span", { class: "n", title: t("count") }, one.n ? count(one.n) : "—"),
      one.n ? el("button", { class: "quiet", onclick: () => cypher(query) }, t("query_it")) : null),
    one.text ? el("p", {}, one.text) : null,
    ends ? el("p", { class: "ends code" }, `${ends[0].join(" | ")} → ${ends[1].join(" | ")}`) : null,
    own.length ? el("details", {}, el("summary", {}, `${t("properties")} ${own.length}`), properties(one)) : null);
}

export function schemaView({ address, cypher }) {
  const { labels, relations } = state.start.schema;
  const body = el("div");
  const search = el("input", { type: "search", placeholder: t("search_schema"), "aria-label": t("search_schema"), oninput: () => draw() });
  const fits = (one, word) => [one.name, one.title, one.text, ...one.properties.flatMap((p) => (p.common ? [] : [p.name, p.title]))]
    .some((text) => text.toLowerCase().includes(word));
  const draw = () => {
    const word = search.value.trim().toLowerCase();
    const [some, others] = [labels.filter((one) => fits(one, word)), relations.filter((one) => fits(one, word))];
    clear(body,
      some.length ? [el("h2", {}, `${t("labels")} ${some.length}`), el("div", { class: "cards" },
        some.map((one) => card(one, null, `MATCH (n:${one.name})\nRETURN n LIMIT 50`, cypher)))] : null,
      others.length ? [el("h2", {}, `${t("relation_types")} ${others.length}`), el("div", { class: "cards" },
        others.map((one) => card(one, one.ends, `MATCH (a)-[r:${one.name}]->(b)\nRETURN a, r, b LIMIT 50`, cypher)))] : null,
      some.length || others.length ? null : el("p", { class: "empty" }, t("found_none")));
  };
  draw();
  address("", {});
  return el("main", { class: "schema" }, el("p", { class: "hint" }, t("schema_intro")), search, body);
}
