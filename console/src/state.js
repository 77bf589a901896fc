// What the whole page knows: the language and what the server offers in it.

export const state = { lang: document.documentElement.dataset.lang || "zh", start: null };

/** A text of the page, its {places} filled. Before anything has come from the server there is one text only. */
export function t(key, places = {}) {
  const words = state.start ? state.start.words : {};
  const text = words[key] || (key === "gone" ? "aikg serve: 没有应答 · no answer" : key);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? String(places[name]) : whole));
}

/** What the end of a column's or parameter's description explains is left to the tooltip. */
export function brief(text) {
  return text.split(/[（(，,；;：:。]|\. /)[0].trim() || text;
}

export const count = (n) => n.toLocaleString("en-US");
