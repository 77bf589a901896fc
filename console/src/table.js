// An answer as a table: sortable, not recorded is hatched, sources open as citations, contradictions carry a mark.

import { clear, el, shown } from "./dom.js";
import { showNode, showSources } from "./panel.js";
import { t } from "./state.js";

const ITEMS = 12;
const SHORT = 16; // signs up to which a cell stays on one line; Chinese would otherwise break after every sign
const LONG = 40;
const isSources = (name) => name === "sources" || name.startsWith("sources_") || name.startsWith("source_");
export const isId = (name) => name === "id" || name.endsWith("_id");
const isEntry = (value) => typeof value === "string" && value.startsWith("src:");

function numberText(value) {
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(10)));
  return Math.abs(value) >= 10_000 && !text.includes("e") ? value.toLocaleString("en-US", { maximumFractionDigits: 6 }) : text;
}

function sortKey(value) {
  if (value === null || (Array.isArray(value) && !value.length)) return null;
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (Array.isArray(value)) return value.length;
  if (typeof value === "object") return value.name || value.type || JSON.stringify(value);
  return String(value);
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "zh", { numeric: true });
}

class Table {
  constructor(answer, hideIds) {
    this.answer = answer;
    this.columns = answer.columns.map((column, at) => ({ ...column, at }));
    const named = this.columns.some((column) => !isId(column.name));
    this.visible = this.columns.filter((column) => !(hideIds && named && isId(column.name)));
    this.idAt = answer.columns.findIndex((column) => column.name === "id");
    const known = (name) => answer.columns.findIndex((column) => column.name === name);
    this.nameAt = this.idAt < 0 ? -1 : Math.max(known("name"), -1);
    this.sorted = { at: -1, down: false };
    this.body = el("tbody");
    this.heads = this.visible.map((column) => this.head(column));
    this.node = el("div", { class: "scroll" }, el("table", { class: "answer" },
      el("thead", {}, el("tr", {}, el("th", { class: "number" }), this.heads)), this.body));
    this.draw();
  }

  head(column) {
    const wide = column.title.length > 18 && !isSources(column.name);
    return el("th", { "data-column": column.name, class: wide ? "wide" : null, "aria-sort": "none", title: `${column.name}\n${t("sort")}` },
      el("button", { onclick: () => this.sort(column) }, shown(column.title, 60), el("span", { class: "arrow" })));
  }

  sort(column) {
    const again = this.sorted.at === column.at;
    if (again && this.sorted.down) this.sorted = { at: -1, down: false };
    else this.sorted = { at: column.at, down: again };
    this.heads.forEach((head, index) => {
      const mine = this.visible[index].at === this.sorted.at;
      head.setAttribute("aria-sort", mine ? (this.sorted.down ? "descending" : "ascending") : "none");
      head.querySelector(".arrow").textContent = mine ? (this.sorted.down ? " ▾" : " ▴") : "";
    });
    this.draw();
  }

  order() {
    const rows = this.answer.rows.map((row, at) => ({ row, at }));
    const { at, down } = this.sorted;
    if (at < 0) return rows;
    return rows.sort((x, y) => {
      const a = sortKey(x.row[at]);
      const b = sortKey(y.row[at]);
      if (a === null || b === null) return a === b ? x.at - y.at : a === null ? 1 : -1; // not recorded: always last
      return (down ? -compare(a, b) : compare(a, b)) || x.at - y.at;
    });
  }

  draw() {
    clear(this.body, this.order().map(({ row, at }) => el("tr", {},
      el("td", { class: "number" }, at + 1), this.visible.map((column) => this.cell(column, row, at)))));
  }

  cell(column, row, at) {
    const value = row[column.at];
    if (isSources(column.name) && (value === null || typeof value === "string" || Array.isArray(value))) {
      return el("td", { class: "sources" }, this.sources(column, value, row, at));
    }
    if (value === null || (Array.isArray(value) && !value.length)) {
      return column.blank ? el("td") : el("td", { class: "unknown" }, t("not_recorded"));
    }
    if (column.name === "disputed") return this.disputed(value);
    if (typeof value === "number") return el("td", { class: "value" }, numberText(value));
    const cell = el("td", { class: isId(column.name) ? "code" : null });
    const widest = this.widest(column);
    if (widest > LONG) cell.classList.add("long");
    else if (widest > SHORT) cell.classList.add("middle");
    else cell.classList.add("short");
    if (column.at === this.nameAt && typeof row[this.idAt] === "string") cell.append(this.name(value, row[this.idAt]));
    else if (isId(column.name) && typeof value === "string") cell.append(this.link(value, value));
    else this.put(cell, value, column);
    return cell;
  }

  /** Signs of the longest text of a column, as far as that matters. */
  widest(column) {
    this.widths ??= new Map();
    if (!this.widths.has(column.at)) {
      let most = 0;
      for (const row of this.answer.rows) {
        const value = row[column.at];
        const length = typeof value === "string" ? (column.codes[value] ?? value).length
          : Array.isArray(value) ? value.reduce((sum, item) => sum + (typeof item === "string" ? item.length + 1 : 6), 0)
            : value && typeof value === "object" ? (value.nodes ? 60 : 12) : 4;
        most = Math.max(most, length);
        if (most > LONG) break;
      }
      this.widths.set(column.at, most);
    }
    return this.widths.get(column.at);
  }

  link(id, name) {
    return el("button", { class: "link", title: shown(id, 200), onclick: () => showNode(id) }, shown(name, 400));
  }

  name(value, id) {
    const n = this.answer.conflicts[id];
    const mark = n ? el("button", { class: "badge", title: t("conflict_tip", { n }), onclick: () => showNode(id) },
      t("conflict")) : null;
    return el("span", {}, this.link(id, typeof value === "string" ? value : JSON.stringify(value)), mark);
  }

  disputed(value) {
    const cell = el("td");
    if (value === true) cell.append(el("span", { class: "badge" }, t("conflict")));
    else if (Array.isArray(value)) cell.append(el("span", { class: "badge" }, `${t("conflict")} ${value.length}`), " ", shown(value.join("、")));
    else if (value !== false) cell.append(shown(value));
    return cell;
  }

  sources(column, value, row, at) {
    const entries = (Array.isArray(value) ? value : value === null ? [] : value.split(", ")).filter((x) => typeof x === "string");
    // Beside a row's own sources, others stand only where there is something that they would show.
    if (!entries.length) return column.blank || column.name !== "sources" ? "" : el("span", { class: "unknown" }, t("no_sources"));
    const texts = [...new Set(entries.map((entry) => this.answer.cites[entry] || entry))];
    const about = this.nameAt >= 0 && typeof row[this.nameAt] === "string" ? row[this.nameAt] : t("sources_of_row", { n: at + 1 });
    return el("button", { class: "cite-button", title: shown(texts.slice(0, 8).join("\n")), onclick: () => showSources(about, texts) },
      t("sources_n", { n: texts.length }));
  }

  put(cell, value, column) {
    if (value === null) cell.append(el("span", { class: "unknown" }, t("not_recorded")));
    else if (typeof value === "boolean") cell.append(t(value ? "yes" : "no"));
    else if (typeof value === "number") cell.append(numberText(value));
    else if (Array.isArray(value)) this.list(cell, value, column);
    else if (typeof value === "object") this.object(cell, value, column);
    else if (isEntry(value) && value in this.answer.cites) cell.append(shown(this.answer.cites[value]));
    else cell.append(shown(column.codes[value] ?? value));
  }

  list(cell, items, column) {
    const box = el("span", { class: "items" });
    const between = items.some((item) => item && typeof item === "object") ? " " : "、";
    const draw = (most) => {
      clear(box);
      items.slice(0, most).forEach((item, at) => {
        if (at) box.append(between);
        this.put(box, item, column);
      });
      if (items.length > most) {
        box.append(" ", el("button", { class: "link", onclick: () => draw(items.length) }, t("more_items", { n: items.length })));
      }
    };
    draw(ITEMS);
    cell.append(box);
  }

  object(cell, value, column) {
    if (typeof value.id === "string" && typeof value.label === "string") {
      cell.append(el("span", { class: "chip" }, this.link(value.id, value.name || value.id), el("small", {}, shown(value.label, 40))));
    } else if (typeof value.type === "string" && "subject" in value && "object" in value) {
      const texts = (value.sources || []).map((entry) => this.answer.cites[entry] || entry);
      cell.append(el("button", { class: "link code", onclick: () => showSources(`${value.subject} → ${value.object}`, texts) },
        `:${shown(value.type, 60)}`));
    } else if (Array.isArray(value.nodes) && Array.isArray(value.relationships)) {
      value.nodes.forEach((node, at) => {
        if (at) {
          const step = value.relationships[at - 1];
          const right = step && step.subject === value.nodes[at - 1].id;
          cell.append(right ? " ─" : " ◂─", el("small", {}, shown(step ? step.type : "", 60)), right ? "─▸ " : "─ ");
        }
        this.object(cell, node, column);
      });
    } else {
      cell.append(el("code", {}, shown(JSON.stringify(value))));
    }
  }
}

export function table(answer, hideIds) {
  return new Table(answer, hideIds).node;
}
