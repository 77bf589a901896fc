// A form made of a question's, measure's or picture's parameters.

import { get } from "./api.js";
import { el, clear } from "./dom.js";
import { brief, state, t } from "./state.js";

let number = 0;

function defaultText(parameter) {
  const value = parameter.default;
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) {
    return parameter.needed ? "" : t("no_limit");
  }
  const text = Array.isArray(value) ? value.join(state.lang === "en" ? ", " : "、") : String(value);
  return t("default", { value: text });
}

function suggestions(kind, name, parameter, input) {
  const list = el("datalist", { id: `values-${++number}` });
  input.setAttribute("list", list.id);
  let values = null;
  let whole = false;
  let waiting = 0;
  const several = parameter.datatype === "list";
  const show = () => {
    if (!values) return;
    const before = several ? /^(.*[,，、;；]\s*)?/.exec(input.value)[0] : "";
    clear(list, values.map((value) => el("option", { value: before + value })));
  };
  const load = async () => {
    if (whole) return show();
    const mine = ++waiting;
    try {
      const typed = several ? input.value.split(/[,，、;；]/).pop().trim() : input.value.trim();
      const found = await get("/api/values", { kind, name, parameter: parameter.name, q: typed });
      if (mine !== waiting) return;
      ({ values, whole } = found);
      show();
    } catch {
      // Suggestions are a help, no more: whoever types a value gets its error when it is asked.
    }
  };
  input.addEventListener("focus", load);
  input.addEventListener("input", load);
  return list;
}

function field(kind, name, parameter, value) {
  const id = `field-${++number}`;
  const title = parameter.text;
  const common = { id, "data-parameter": parameter.name, title };
  let input;
  let list = null;
  if (parameter.datatype === "boolean" || (parameter.choices || []).length) {
    const choices = parameter.datatype === "boolean" ? ["true", "false"] : parameter.choices;
    const words = { true: t("yes"), false: t("no") };
    const given = parameter.datatype === "boolean" && parameter.default !== null
      ? t("default", { value: words[String(parameter.default)] }) : defaultText(parameter);
    input = el("select", common,
      el("option", { value: "" }, given),
      choices.map((choice) => el("option", { value: choice }, parameter.datatype === "boolean" ? words[choice] : choice)));
  } else {
    const numeric = parameter.datatype === "integer" || parameter.datatype === "number";
    input = el("input", { ...common, type: "text", autocomplete: "off", spellcheck: "false",
      inputmode: numeric ? "decimal" : null, placeholder: defaultText(parameter) });
    if (parameter.listed) list = suggestions(kind, name, parameter, input);
  }
  input.value = value || "";
  const more = parameter.datatype === "list" ? `\n${t("several")}` : "";
  return el("div", { class: "field" },
    el("label", { for: id, title: title + more }, el("span", {}, brief(title)), el("code", {}, parameter.name)), input, list);
}

/** The form, and `values()`: what was filled in, as text by parameter. */
export function form(kind, item, given, submit) {
  const fields = item.parameters.map((parameter) => field(kind, item.name, parameter, given[parameter.name]));
  const go = el("button", { type: "submit", class: "primary" }, kind === "picture" ? t("draw") : t("run"));
  const extra = el("span", { class: "extra" });
  const notes = item.choices.map((group) => el("p", { class: "hint" }, t("one_of", { names: group.join(" / ") })));
  const node = el("form", { class: "ask", onsubmit: (event) => { event.preventDefault(); submit(); } },
    el("div", { class: "fields" }, fields, el("div", { class: "actions" }, go, extra)), notes);
  const values = () => {
    const made = {};
    for (const input of node.querySelectorAll("[data-parameter]")) {
      if (input.value.trim()) made[input.dataset.parameter] = input.value.trim();
    }
    return made;
  };
  return { node, values, go, extra };
}
