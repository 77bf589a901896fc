// What an answer is shown in: one line about it, the table or the network, and the exports. Errors take its place.

import { download, post, Refused } from "./api.js";
import { clear, el } from "./dom.js";
import { network } from "./network.js";
import { closePanel } from "./panel.js";
import { count, t } from "./state.js";
import { isId, table } from "./table.js";

export class Result {
  constructor() {
    this.node = el("section", { class: "result", "aria-live": "polite" });
    this.running = null;
    this.asked = null;
    this.view = "table";
    this.ids = false;
  }

  clear(...children) {
    if (this.running) this.running.abort();
    this.running = null;
    this.asked = null;
    clear(this.node, children);
  }

  error(line) {
    clear(this.node, el("p", { class: "error", role: "alert" }, line));
  }

  /** Ask, and show what comes back; `go` is the button, which stops the waiting meanwhile. */
  async ask(asked, go) {
    if (this.running) {
      this.running.abort();
      return;
    }
    closePanel();
    this.asked = asked;
    const running = new AbortController();
    this.running = running;
    const words = go ? go.textContent : "";
    if (go) Object.assign(go, { textContent: t("stop") });
    clear(this.node, el("p", { class: "busy" }, t("loading")));
    try {
      const answer = await post("/api/answer", asked, running.signal);
      this.show(answer);
    } catch (error) {
      if (error.name === "AbortError") clear(this.node, el("p", { class: "empty" }, t("stopped")));
      else if (error instanceof Refused) this.error(error.message);
      else throw error;
    } finally {
      if (this.running === running) this.running = null;
      if (go) Object.assign(go, { textContent: words });
    }
  }

  show(answer) {
    this.answer = answer;
    const n = answer.n;
    const used = Object.entries(answer.used).map(([key, value]) => `${key}=${Array.isArray(value) ? value.join("、") : value}`);
    const facts = [
      el("strong", {}, n === 1 ? t("row") : t("rows", { n: count(n) })),
      el("span", {}, t("milliseconds", { n: count(answer.milliseconds) })),
      used.length ? el("span", { class: "used" }, t("used", { text: used.join("  ") })) : null,
    ];
    const notes = [];
    if (answer.truncated) notes.push(t("cut", { n: count(n) }));
    if (answer.rows.length < n) notes.push(t("first_rows", { shown: count(answer.rows.length), n: count(n) }));
    if (answer.note) notes.push(answer.note);
    else if (!n) notes.push(t("no_rows"));
    this.body = el("div", { class: "answer-body" });
    const switches = ["table", "network"].map((name) => el("button", { role: "tab", "data-view": name,
      "aria-selected": String(this.view === name), onclick: () => this.turn(name) }, t(`as_${name}`)));
    const ids = n && answer.columns.some((column) => isId(column.name)) && answer.columns.some((column) => !isId(column.name))
      ? el("label", { class: "ids" }, el("input", { type: "checkbox", checked: this.ids, onchange: (event) => {
        this.ids = event.target.checked;
        this.turn("table");
      } }), t("id")) : null;
    const exports = n ? el("span", { class: "exports" }, `${t("export")} `,
      ["xlsx", "csv", "json"].map((form) => el("button", { "data-export": form, onclick: () => this.export(form) },
        form === "xlsx" ? "Excel" : form.toUpperCase()))) : null;
    clear(this.node,
      el("div", { class: "answer-bar" }, el("span", { class: "tabs", role: "tablist" }, switches), facts, el("span", { class: "gap" }), ids, exports),
      notes.map((note) => el("p", { class: "note" }, note)), this.body);
    this.turn(n ? this.view : "table");
  }

  async turn(view) {
    this.view = view;
    for (const button of this.node.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-selected", String(button.dataset.view === view));
    }
    if (view === "table") {
      clear(this.body, this.answer.rows.length ? table(this.answer, !this.ids) : null);
      return;
    }
    const asked = this.asked;
    clear(this.body, el("p", { class: "busy" }, t("loading")));
    try {
      const data = await post("/api/network", asked);
      if (this.asked === asked && this.view === view) clear(this.body, network(data));
    } catch (error) {
      clear(this.body, el("p", { class: "error", role: "alert" }, error.message));
    }
  }

  async export(format) {
    try {
      await download("/api/export", { ...this.asked, format });
    } catch (error) {
      for (const old of this.node.querySelectorAll(".error")) old.remove();
      this.body.before(el("p", { class: "error", role: "alert" }, error.message));
    }
  }
}
