// Completion in the editor: labels, relation types and properties of the graph, the parameters that are given, keywords.

import { state, t } from "./state.js";

const KEYWORDS = ["MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "RETURN DISTINCT", "WITH", "UNWIND", "ORDER BY", "LIMIT", "SKIP", "AS", "AND", "OR",
  "NOT", "IN", "IS NULL", "IS NOT NULL", "CONTAINS", "STARTS WITH", "ENDS WITH", "CASE", "WHEN", "THEN", "ELSE", "END", "EXISTS", "UNION",
  "DESC", "ASC", "DISTINCT", "CALL", "EXPLAIN", "true", "false", "null"];
const FUNCTIONS = ["count", "collect", "sum", "avg", "min", "max", "size", "head", "labels", "type", "nodes", "relationships", "startNode", "endNode",
  "coalesce", "toInteger", "toFloat", "toString", "split", "substring", "replace", "toLower", "toUpper", "trim", "any", "all", "none", "reduce",
  "shortestPath", "allShortestPaths", "keys", "properties", "abs", "round"];

const option = (label, type, kind, more = {}) => ({ label, type, detail: kind, ...more });

function labelOptions() {
  return state.start.schema.labels.map((label) => option(label.name, "class", `${label.title}${label.n ? ` ${label.n}` : ""}`, { boost: label.n ? 1 : -1, info: label.text || null }));
}

function relationOptions() {
  return state.start.schema.relations.map((relation) => option(relation.name, "interface", `${relation.title}${relation.n ? ` ${relation.n}` : ""}`, { boost: relation.n ? 1 : -1, info: relation.text || null }));
}

function propertyOptions(name, text) {
  const { labels, relations } = state.start.schema;
  const quoted = name.replace(/[^\w]/g, "");
  const bound = new RegExp(`[(\\[]\\s*${quoted}\\s*:\\s*([A-Za-z_]\\w*)`).exec(text);
  const known = bound ? [...labels, ...relations].find((one) => one.name === bound[1]) : null;
  const found = new Map();
  for (const one of known ? [known] : [...labels, ...relations]) {
    for (const property of one.properties) {
      if (!found.has(property.name)) found.set(property.name, option(property.name, "property", property.title, { boost: property.common ? -1 : 0, info: property.text || null }));
    }
  }
  return [...found.values()];
}

/** Whether the position is inside a node's round or a relation's square brackets. */
function bracket(text) {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const sign = text[at];
    if (sign === ")" || sign === "]" || sign === "}") depth += 1;
    else if (sign === "(" || sign === "[" || sign === "{") {
      if (depth === 0) return sign;
      depth -= 1;
    }
  }
  return "";
}

/** A completion source of CodeMirror; `parameters()` are the names in the field beside the editor. */
export function completions(parameters) {
  return (context) => {
    const before = context.state.sliceDoc(Math.max(0, context.pos - 4000), context.pos);
    let word = context.matchBefore(/\$\w*/);
    if (word) return { from: word.from + 1, options: parameters().map((name) => option(name, "variable", t("kind_parameter"))), validFor: /^\w*$/ };
    word = context.matchBefore(/[A-Za-z_]\w*\.\w*/);
    if (word) {
      const dot = word.text.indexOf(".");
      return { from: word.from + dot + 1, options: propertyOptions(word.text.slice(0, dot), context.state.doc.toString()), validFor: /^\w*$/ };
    }
    word = context.matchBefore(/[:|&]\s*\w*/);
    if (word) {
      const from = context.pos - /\w*$/.exec(word.text)[0].length;
      const kind = bracket(before.slice(0, before.length - word.text.length));
      const options = kind === "[" ? relationOptions() : kind === "(" ? labelOptions() : kind === "{" ? [] : [...labelOptions(), ...relationOptions()];
      return { from, options, validFor: /^\w*$/ };
    }
    word = context.matchBefore(/[A-Za-z_]\w*/);
    if (!word && !context.explicit) return null;
    const variables = [...new Set([...context.state.doc.toString().matchAll(/[([]\s*([a-z]\w*)\s*[:)\]]|\bAS\s+([a-z]\w*)/g)].map((m) => m[1] || m[2]))];
    return {
      from: word ? word.from : context.pos,
      options: [...variables.map((name) => option(name, "variable", "", { boost: 2 })),
        ...KEYWORDS.map((name) => option(name, "keyword", t("kind_keyword"))),
        ...FUNCTIONS.map((name) => option(name, "function", t("kind_function"), { apply: `${name}(` }))],
      validFor: /^\w*$/,
    };
  };
}
