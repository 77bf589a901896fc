// The Cypher editor: highlighting, completion from the schema, parameters as JSON, Ctrl+Enter.

import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { cypher as cypherMode } from "@codemirror/legacy-modes/mode/cypher";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completions } from "./completion.js";
import { el } from "./dom.js";
import { sidebar } from "./catalogue.js";
import { Result } from "./result.js";
import { count, state, t } from "./state.js";

const FIRST = "MATCH (c:Company)-[r:OPERATES_IN]->(s:ChainSegment)\nWHERE s.name = $segment\nRETURN c, r, s LIMIT 40";
const kept = { statement: FIRST, parameters: '{"segment": "计算机视觉"}' };

/** Put a statement into the editor, for the next time it is opened. */
export function keep(statement, parameters = {}) {
  kept.statement = statement;
  kept.parameters = Object.keys(parameters).length ? JSON.stringify(parameters) : "";
}

// The mode takes a property that is called like a keyword (s.name) for the keyword; what follows a dot is a property.
const mode = {
  ...cypherMode,
  token(stream, held) {
    const style = cypherMode.token(stream, held);
    return stream.string[stream.start - 1] === "." && /^\w/.test(stream.current()) ? "propertyName" : style;
  },
};

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "#6d28d9", fontWeight: "600" },
  { tag: tags.string, color: "#9a3412" },
  { tag: [tags.number, tags.bool, tags.atom], color: "#0f766e" },
  { tag: tags.comment, color: "#6b7280", fontStyle: "italic" },
  { tag: [tags.variableName, tags.definition(tags.variableName)], color: "#1d4ed8" },
  { tag: tags.standard(tags.variableName), color: "#0369a1" },
  { tag: tags.propertyName, color: "#1b2430" },
]);

// In English a label's title is little else than its name.
const named = (one) => (state.lang === "en" ? one.name : `${one.title} ${one.name}`);

const look = EditorView.theme({
  "&": { fontSize: "13.5px", maxHeight: "230px", backgroundColor: "#fff" },
  ".cm-scroller": { fontFamily: '"JetBrains Mono", "Cascadia Code", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace', lineHeight: "1.55", minHeight: "112px" },
  ".cm-gutter": { minHeight: "112px" },
  ".cm-gutters": { backgroundColor: "#f6f8fb", color: "#8b95a3", border: "none" },
  ".cm-activeLine": { backgroundColor: "#f3f7fd" },
  ".cm-activeLineGutter": { backgroundColor: "#e9eff8" },
  "&.cm-focused": { outline: "none" },
  ".cm-tooltip": { border: "1px solid #d9dee6", borderRadius: "6px", backgroundColor: "#fff", boxShadow: "0 6px 22px rgba(20,30,50,.14)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 10px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "#1d4ed8", color: "#fff" },
  ".cm-completionDetail": { marginLeft: "10px", fontStyle: "normal", color: "#5b6675" },
  "li[aria-selected] .cm-completionDetail": { color: "#dbe7f6" },
  ".cm-completionInfo": { maxWidth: "320px", padding: "6px 10px", fontSize: "12.5px" },
});

const phrases = (words) => EditorState.phrases.of(words === "zh" ? { Completions: "补全" } : {});

export function cypherView({ address }) {
  const result = new Result();
  const nonce = document.querySelector('meta[name="style-nonce"]').content;
  const parameters = el("textarea", { class: "parameters code", rows: 1, spellcheck: "false", value: kept.parameters, id: "parameters",
    placeholder: "{}", oninput: () => { kept.parameters = parameters.value; },
    onkeydown: (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } } });
  const go = el("button", { class: "primary", onclick: () => run() }, t("run"));

  function given() {
    if (!parameters.value.trim()) return {};
    try {
      const value = JSON.parse(parameters.value);
      if (value && typeof value === "object" && !Array.isArray(value)) return value;
    } catch {
      // said below
    }
    return null;
  }

  function run() {
    const values = given();
    if (values === null) {
      result.clear();
      result.error(t("bad_parameters"));
      return;
    }
    result.ask({ kind: "cypher", name: editor.state.doc.toString(), parameters: values }, go);
  }

  const editor = new EditorView({
    parent: el("div", { class: "editor" }),
    state: EditorState.create({
      doc: kept.statement,
      extensions: [
        EditorView.cspNonce.of(nonce), phrases(state.lang), lineNumbers(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), closeBrackets(),
        StreamLanguage.define(mode), syntaxHighlighting(colours), look, EditorView.lineWrapping,
        autocompletion({ override: [completions(() => Object.keys(given() || {}))], icons: false }),
        keymap.of([{ key: "Mod-Enter", run: (view) => { closeCompletion(view); run(); return true; } }, { key: "Tab", run: acceptCompletion },
          ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ "aria-label": "Cypher" }),
        EditorView.updateListener.of((update) => { if (update.docChanged) kept.statement = update.state.doc.toString(); }),
      ],
    }),
  });

  const put = (statement, values = {}) => {
    keep(statement, values);
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: statement } });
    parameters.value = kept.parameters;
    editor.focus();
  };
  const entries = [
    ...state.start.examples.map((one) => ({ name: one.statement, title: one.title, about: one.statement, method: "", group: t("examples"), statement: one.statement })),
    ...state.start.schema.labels.filter((label) => label.n).map((label) => ({ name: label.name, title: named(label), about: label.text, method: "", group: t("labels"),
      statement: `MATCH (n:${label.name})\nRETURN n LIMIT 50` })),
    ...state.start.schema.relations.filter((relation) => relation.n).map((relation) => ({ name: relation.name, title: named(relation), about: relation.text, method: "",
      group: t("relation_types"), statement: `MATCH (a)-[r:${relation.name}]->(b)\nRETURN a, r, b LIMIT 50` })),
  ];
  address("", {});
  const { timeout, rows } = state.start.limits;
  const side = sidebar("schema", entries, () => "", (entry) => { put(entry.statement); run(); });
  const main = el("main", {}, editor.dom.parentElement,
    el("div", { class: "ask row" }, el("label", { for: "parameters" }, t("parameters_json")), parameters, go, el("span", { class: "hint" }, t("run_hint"))),
    el("p", { class: "hint" }, t("cypher_hint", { timeout, rows: count(rows) })), result.node);
  requestAnimationFrame(() => editor.focus());
  return el("div", { class: "split cypher" }, side, main);
}
