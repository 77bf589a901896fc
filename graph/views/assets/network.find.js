// ---- search: names, aliases, ids, first letters of the readings ------------------------------------------
let keys = null;
function searchKeys() {
  if (keys) return keys;
  keys = new Array(N);
  for (let i = 0; i < N; i++) {
    const aliases = data.aliases[i];
    keys[i] = [folded(nameOf(i)), data.initials[i], folded(data.ids[i]), ...(aliases ? aliases.map(folded) : [])];
  }
  return keys;
}
// Better first: the whole name, its beginning, a part of it; aliases, ids and initials come after names.
function lookUp(text) {
  const wanted = folded(text);
  if (!wanted) return { matches: [], all: 0 };
  const known = searchKeys(), byScore = new Map();
  let all = 0;
  for (const i of ranked) {
    let best = 9;
    for (let at = 0; at < known[i].length; at++) {
      const key = known[i][at];
      if (!key || (at === 1 && wanted.length < 2)) continue;
      const where = key.indexOf(wanted);
      if (where < 0) continue;
      best = Math.min(best, (key === wanted ? 0 : where === 0 ? 1 : 2) + (at === 0 ? 0 : at === 1 ? 0.7 : 0.5));
    }
    if (best === 9) continue;
    all++;
    if (!byScore.has(best)) byScore.set(best, []);
    if (byScore.get(best).length < 50) byScore.get(best).push(i);
  }
  const matches = [...byScore.keys()].sort((a, b) => a - b).flatMap((score) => byScore.get(score)).slice(0, 50);
  return { matches, all, wanted };
}
function finder(holder, name, placeholder, label, onTake) {
  const listId = name === "search" ? "found" : name + "-found";
  const input = el("input", { id: name, type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list",
    "aria-label": label, autocomplete: "off", spellcheck: "false", maxlength: "200", placeholder });
  const list = el("ul", { id: listId, class: "found", role: "listbox", "aria-label": label, hidden: true });
  holder.append(input, list);
  let matches = [], active = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const activate = (at) => {
    const options = list.querySelectorAll('[role="option"]');
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = (at + matches.length) % matches.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", listId + "-" + active);
  };
  const take = (at) => { const i = matches[at]; close(); if (i !== undefined) onTake(i, input); };
  const show = () => {
    const { matches: hits, all, wanted } = lookUp(input.value);
    matches = hits;
    active = -1;
    if (!wanted) { close(); return; }
    list.replaceChildren(...hits.map((i, at) => {
      const alias = (data.aliases[i] || []).find((other) => folded(other).includes(wanted));
      const also = !searchKeys()[i][0].includes(wanted) && alias ? el("span", { class: "soft" }, bdi(short(alias, 30))) : null;
      return el("li", { role: "option", id: listId + "-" + at, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(at); } },
        markOf(i), bdi(short(nameOf(i), 60)), also, el("span", { class: "soft" }, kindOf(i)));
    }));
    if (!hits.length) list.append(el("li", { class: "note" }, fill(W.nothing_found, { text: short(input.value, 30) })));
    if (all > hits.length) list.append(el("li", { class: "note" }, fill(W.more_found, { n: count(all - hits.length) })));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (hits.length) activate(0);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value) show(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter that ends Chinese input is not a choice
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      else if (matches.length) activate(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && matches.length) {
      event.preventDefault();
      take(Math.max(active, 0));
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (!list.hidden) close();
      else { input.value = ""; clear(); }
    }
  });
  return input;
}
