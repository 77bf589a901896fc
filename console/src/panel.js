// The panel on the right: citations of a row, a node with everything the graph says of it, a relation.

import { post } from "./api.js";
import { clear, copy, el, shown } from "./dom.js";
import { t } from "./state.js";

const panel = el("aside", { class: "panel", hidden: true, "aria-live": "polite" });
const trail = [];
export const panelNode = panel;

export function closePanel() {
  panel.hidden = true;
  trail.length = 0;
}

function show(heading, kind, ...parts) {
  clear(panel,
    el("button", { class: "close", title: t("close"), "aria-label": t("close"), onclick: closePanel }, "×"),
    el("h2", { tabindex: "-1" }, shown(heading, 300)),
    kind ? el("p", { class: "kind" }, kind) : null, parts);
  panel.hidden = false;
  panel.scrollTop = 0;
}

function copying(lines) {
  const button = el("button", { class: "copy", onclick: async () => {
    await copy(lines.join("\n"));
    button.textContent = t("copied");
  } }, t("copy"));
  return button;
}

function citations(texts) {
  const lines = [...new Set(texts)];
  if (!lines.length) return [el("p", { class: "unknown" }, t("no_sources"))];
  return [el("ul", { class: "cites" }, lines.map((line) => el("li", {}, shown(line)))), copying(lines)];
}

/** Citations of one cell; `about` names the row. */
export function showSources(about, texts) {
  trail.length = 0;
  show(about, t("sources"), citations(texts));
}

export function showRelation(relation, names, cites) {
  trail.length = 0;
  show(`${names[0]} → ${names[1]}`, `${relation.kind} · ${relation.type}`, el("h3", {}, t("sources")),
    citations(relation.sources.map((entry) => cites[entry] || entry)));
}

function go(id, name) {
  return el("button", { class: "link", onclick: () => showNode(id) }, shown(name, 120));
}

function conflicts(found) {
  if (!found.length) return null;
  return el("section", { class: "alert" }, el("h3", {}, t("contradictions")),
    found.map((one) => el("div", { class: "conflict" }, el("strong", {}, shown(one.property, 120)),
      one.values.map((said) => el("div", {}, shown(said.value, 400),
        said.cite ? el("span", { class: "cite" }, shown(said.cite)) : null)))));
}

function relations(node) {
  if (!node.relations.length) return null;
  const groups = new Map();
  for (const one of node.relations) {
    const title = one.arrow === "→" ? `${one.title} →` : `← ${one.title}`;
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(one);
  }
  return el("section", {}, el("h3", {}, t("relations")),
    [...groups].map(([title, members]) => el("div", { class: "group" },
      el("span", { class: "cite" }, `${title} ${members.length}`),
      el("ul", {}, members.map((one) => el("li", { title: one.sources.join("\n") }, go(one.id, one.name),
        el("span", { class: "cite" }, ` ${one.kind}`)))))),
    node.cut ? el("p", { class: "cite" }, t("more_relations", { n: 200 })) : null);
}

/** Everything that the graph says of a node. */
export async function showNode(id, back = false) {
  let node;
  try {
    node = await post("/api/node", { id });
  } catch (error) {
    show(t("node"), "", el("p", { class: "error", role: "alert" }, error.message));
    return;
  }
  if (!back) trail.push(id);
  const previous = trail.length > 1 ? el("button", { class: "back", onclick: () => {
    trail.pop();
    showNode(trail[trail.length - 1], true);
  } }, "←") : null;
  show(node.name, null,
    el("p", { class: "kind" }, previous, node.kind === node.label ? node.kind : `${node.kind} · ${node.label}`),
    conflicts(node.conflicts),
    el("dl", {},
      node.aliases.length ? [el("dt", {}, t("aliases")), el("dd", {}, shown(node.aliases.join("、"), 400))] : null,
      node.properties.map((one) => [
        el("dt", { title: one.name }, shown(one.title, 60)),
        el("dd", {}, one.value === null ? el("span", { class: "unknown" }, t("not_recorded")) : shown(one.value, 1000))]),
      el("dt", {}, t("id")), el("dd", { class: "code" }, shown(node.id, 200))),
    el("h3", {}, t("sources")), citations(node.sources), relations(node));
}
