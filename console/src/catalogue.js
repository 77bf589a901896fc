// Questions, measures and pictures: a searchable list by theme on the left, the chosen one with its form on the right.

import { post } from "./api.js";
import { clear, el, shown } from "./dom.js";
import { form } from "./form.js";
import { closePanel } from "./panel.js";
import { Result } from "./result.js";
import { state, t } from "./state.js";

const KINDS = { questions: "question", measures: "measure", pictures: "picture" };

function matches(item, words) {
  const text = `${item.title} ${item.about} ${item.name} ${item.group} ${item.method}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** A list with a search box; `choose(item)` is called for the one that is taken. */
export function sidebar(tab, items, chosen, choose) {
  const list = el("nav", { class: "list", "aria-label": t(`tab_${tab}`) });
  const search = el("input", { type: "search", placeholder: t(`search_${tab}`), "aria-label": t(`search_${tab}`), autocomplete: "off",
    oninput: () => draw(), onkeydown: (event) => {
      if (event.key === "Enter") list.querySelector("button")?.click();
    } });
  const draw = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = items.filter((item) => matches(item, words));
    const groups = [...new Set(found.map((item) => item.group))];
    clear(list, found.length ? null : el("p", { class: "empty" }, t("found_none")), groups.map((group) => [
      group ? el("h3", {}, group) : null,
      el("ul", {}, found.filter((item) => item.group === group).map((item) => el("li", {},
        el("button", { "data-name": item.name, title: item.about || item.title, "aria-current": item.name === chosen() ? "true" : null,
          onclick: () => { choose(item); mark(); } }, item.title))))]));
  };
  const mark = () => {
    for (const button of list.querySelectorAll("button")) {
      if (button.dataset.name === chosen()) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  };
  draw();
  const node = el("div", { class: "side" }, search, list);
  requestAnimationFrame(() => list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }));
  return node;
}

const firstSentence = (text) => /^.*?(?:[。；]|[.;] |$)/.exec(text)[0].trim().replace(/[；;]$/, "");

function described(kind, item) {
  const parts = [];
  if (item.method) parts.push(el("details", {}, el("summary", {}, t("method")), el("p", {}, item.method)));
  if (item.columns.length) {
    parts.push(el("details", {}, el("summary", {}, t("columns")), el("dl", { class: "columns" },
      item.columns.map((column) => [el("dt", {}, column.name), el("dd", {}, column.text)]))));
  }
  return el("header", { class: "head" }, el("h1", {}, item.title, el("code", {}, item.name)),
    item.about || item.method ? el("p", {}, item.about || firstSentence(item.method)) : null, parts.length ? el("div", { class: "more" }, parts) : null);
}

/** The view of one tab. `address(name, parameters)` writes where one is, `cypher(statement, parameters)` opens the editor. */
export function catalogue(tab, at, { address, cypher }) {
  const kind = KINDS[tab];
  const items = state.start[tab];
  let chosen = items.find((item) => item.name === at.name) ? at.name : items[0]?.name;
  const main = el("main", {});
  const result = kind === "picture" ? null : new Result();

  function open(item, given = {}, ask = false) {
    chosen = item.name;
    closePanel();
    address(item.name, given);
    const frame = el("div", { class: "frame" });
    const submit = () => {
      address(item.name, made.values());
      if (kind === "picture") draw(item, made.values(), frame);
      else result.ask({ kind, name: item.name, parameters: made.values() }, made.go);
    };
    const made = form(kind, item, given, submit);
    if (kind === "question") {
      made.extra.append(el("button", { type: "button", class: "quiet", onclick: async () => {
        try {
          const found = await post("/api/statement", { kind, name: item.name, parameters: made.values() });
          cypher(found.statement, found.parameters);
        } catch (error) {
          result.clear();
          result.error(error.message);
        }
      } }, t("show_cypher")));
    }
    if (result) result.clear();
    const notes = kind === "picture" && state.start.graph.database ? el("p", { class: "note" }, t("pictures_database")) : null;
    clear(main, described(kind, item), made.node, notes, result ? result.node : frame);
    main.scrollTop = 0;
    if (kind === "picture") draw(item, made.values(), frame);
    else if (ask) submit();
  }

  function draw(item, values, frame) {
    const source = `/picture/${encodeURIComponent(item.name)}?${new URLSearchParams({ ...values, lang: state.lang })}`;
    clear(frame, el("p", { class: "bar" }, el("a", { href: source, target: "_blank", rel: "noopener" }, t("open_tab"))),
      el("iframe", { src: source, title: shown(item.title), sandbox: "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox" }));
  }

  const side = sidebar(tab, items, () => chosen, (item) => open(item));
  const first = items.find((item) => item.name === chosen);
  if (first) open(first, at.parameters, Boolean(at.name) && at.asked);
  else clear(main, el("p", { class: "empty" }, t("found_none")));
  return el("div", { class: "split" }, side, main);
}
