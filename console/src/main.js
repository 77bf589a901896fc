// The frame: tabs, language, where one is (in the address behind #), and the panel on the right.

import { get } from "./api.js";
import { catalogue } from "./catalogue.js";
import { cypherView, keep } from "./cypher.js";
import { clear, el, shown } from "./dom.js";
import { closePanel, panelNode } from "./panel.js";
import { schemaView } from "./schema.js";
import { count, state, t } from "./state.js";

const TABS = ["questions", "measures", "cypher", "pictures", "schema"];
const LANGUAGE = "aikg-lang";
let tab = "questions";

function stored() {
  try {
    return localStorage.getItem(LANGUAGE);
  } catch {
    return null;
  }
}

function place() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, item] = path.split("/").map((part) => { try { return decodeURIComponent(part); } catch { return ""; } });
  return { tab: TABS.includes(name) ? name : "questions", name: item || "", parameters: Object.fromEntries(new URLSearchParams(query || "")), asked: Boolean(query) };
}

function address(name, parameters) {
  const query = new URLSearchParams(parameters).toString();
  const hash = `#/${tab}${name ? `/${encodeURIComponent(name)}` : ""}${query ? `?${query}` : ""}`;
  if (location.hash !== hash) history.replaceState(null, "", hash);
}

function toCypher(statement, parameters) {
  keep(statement, parameters);
  open({ tab: "cypher" });
}

function header() {
  const { graph } = state.start;
  const where = graph.database || graph.folder || "";
  return el("header", { class: "top" },
    el("strong", { class: "brand" }, "aikg", el("span", {}, t("brand"))),
    el("nav", { class: "tabs", "aria-label": t("title") }, TABS.map((name) => el("button", { "data-tab": name,
      "aria-current": name === tab ? "page" : null, onclick: () => open({ tab: name }) }, t(`tab_${name}`)))),
    el("span", { class: "gap" }),
    el("span", { class: "graph", title: shown(where) }, t("graph_size", { nodes: count(graph.nodes), relations: count(graph.relations) }),
      graph.database ? " · Neo4j" : ""),
    el("span", { class: "safe" }, t("read_only")),
    el("button", { class: "lang", onclick: () => speak(state.lang === "zh" ? "en" : "zh") }, t("other_language")));
}

function open(at) {
  tab = at.tab;
  closePanel();
  const tools = { address, cypher: toCypher };
  const views = { cypher: cypherView, schema: schemaView };
  const view = views[tab] ? views[tab](tools) : catalogue(tab, { name: "", parameters: {}, asked: false, ...at }, tools);
  clear(document.body, header(), el("div", { class: "page" }, view, panelNode));
}

async function speak(lang) {
  state.lang = lang;
  try {
    localStorage.setItem(LANGUAGE, lang);
  } catch {
    // remembered for this page only
  }
  try {
    state.start = await get("/api/start", {});
  } catch (error) {
    clear(document.body, el("p", { class: "error alone", role: "alert" }, error.message));
    return;
  }
  document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
  document.title = t("title");
  open(place());
}

window.addEventListener("hashchange", () => { if (state.start) open(place()); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
});
const wanted = stored();
speak(wanted === "zh" || wanted === "en" ? wanted : state.lang);
