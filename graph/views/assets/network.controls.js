// ---- search ----------------------------------------------------------------------------------------------
const search = byId("search"), found = byId("found");
let matches = [], active = -1;
function lookUp() {
  const wanted = folded(search.value);
  matches = [];
  active = -1;
  if (!wanted) { closeFound(); return; }
  const scored = [];
  for (const node of ranked) {
    let best = 9;
    node.keys.forEach((key, at) => {
      const where_ = key.indexOf(wanted);
      if (where_ < 0) return;
      const kind = key === wanted ? 0 : where_ === 0 ? 1 : 2;
      best = Math.min(best, kind + (at ? 0.5 : 0));
    });
    if (best < 9) scored.push([best, node]);
  }
  scored.sort((a, b) => a[0] - b[0]); // stable: well connected first among equals
  matches = scored.slice(0, 50).map(([, node]) => node);
  found.replaceChildren(...matches.map((node, at) => {
    const alias = (((details[String(node.id)] || {}).aliases) || []).find((name) => folded(name).includes(wanted));
    const also = !node.keys[0].includes(wanted) && alias ? el("span", { class: "soft" }, bdi(short(alias, 30))) : null;
    return el("li", { role: "option", id: "found-" + at, "aria-selected": "false", onmousedown: (event) => {
      event.preventDefault();
      take(at);
    } }, mark(node.shape, node.color), bdi(short(node.name, 60)), also, el("span", { class: "soft" }, kindOf(node)));
  }));
  if (!matches.length) found.append(el("li", { class: "note" }, fill(W.nothing_found, { text: short(search.value, 30) })));
  if (scored.length > matches.length) {
    found.append(el("li", { class: "note" }, fill(W.more_found, { n: count(scored.length - matches.length) })));
  }
  found.hidden = false;
  search.setAttribute("aria-expanded", "true");
  if (matches.length) mark_active(0);
}
function mark_active(at) {
  const options_ = found.querySelectorAll('[role="option"]');
  if (options_[active]) options_[active].setAttribute("aria-selected", "false");
  active = (at + matches.length) % matches.length;
  options_[active].setAttribute("aria-selected", "true");
  options_[active].scrollIntoView({ block: "nearest" });
  search.setAttribute("aria-activedescendant", "found-" + active);
}
function closeFound() {
  found.hidden = true;
  search.setAttribute("aria-expanded", "false");
  search.removeAttribute("aria-activedescendant");
}
function take(at) {
  const node = matches[at];
  closeFound();
  if (node) choose(node, true);
}
search.addEventListener("input", lookUp);
search.addEventListener("focus", () => { if (search.value) lookUp(); });
search.addEventListener("blur", closeFound);
search.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter that ends Chinese input is not a choice
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (found.hidden) lookUp();
    else if (matches.length) mark_active(active + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter" && matches.length) {
    event.preventDefault();
    take(Math.max(active, 0));
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (found.hidden) { search.value = ""; clear(); } else closeFound();
  }
});
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Escape") clear();
  else if (!typing && (event.key === "+" || event.key === "=")) zoom(1.3);
  else if (!typing && event.key === "-") zoom(1 / 1.3);
  else if (!typing && event.key === "0") fit();
});

// ---- legend and filters ----------------------------------------------------------------------------------
const boxes = new Map();
function refresh(kind) {
  if (kind === "groups") {
    visNodes.update([...nodes.values()].filter((node) => Boolean(node.wasHidden) === seen(node)).map((node) => {
      node.wasHidden = !seen(node);
      return { id: node.id, hidden: node.wasHidden };
    }));
  } else {
    visEdges.update([...edges.values()].filter((link) => Boolean(link.wasHidden) !== hiddenRelations.has(String(link.type)))
      .map((link) => { link.wasHidden = hiddenRelations.has(String(link.type)); return { id: link.id, hidden: link.wasHidden }; }));
  }
  if (chosen && chosen.node && !seen(chosen.node)) clear();
  foot();
  network.redraw();
}
function filterGroup(key, on) {
  if (on) hiddenGroups.delete(key); else hiddenGroups.add(key);
  if (boxes.has(key)) boxes.get(key).checked = on;
  refresh("groups");
}
function choices(items, hidden, kind) {
  return items.map((item) => {
    const box = el("input", { type: "checkbox", value: item.key });
    box.checked = true;
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(item.key); else hidden.add(item.key);
      refresh(kind);
    });
    if (kind === "groups") boxes.set(item.key, box);
    return el("label", null, box, item.shape ? mark(item.shape, item.color) : null, bdi(item.name),
      el("span", { class: "count" }, count(item.count)));
  });
}
function setAll(inputs, keys, hidden, on, kind) {
  inputs.forEach((input) => { input.checked = on; });
  hidden.clear();
  if (!on) keys.forEach((key) => hidden.add(key));
  refresh(kind);
}
function head(title, holder, keys, hidden, kind) {
  const button = (text, on) => el("button", { type: "button", onclick: () =>
    setAll(holder.querySelectorAll("input"), keys, hidden, on, kind) }, text);
  return el("div", { class: "head" }, el("span", null, title), button(W.all, true), button(W.none, false));
}
function legend() {
  const groups = new Map();
  for (const node of nodes.values()) {
    if (node.group === undefined) continue;
    const key = String(node.group);
    if (!groups.has(key)) {
      groups.set(key, { key, name: kindOf(node), shape: node.shape, color: node.color, count: 0 });
    }
    groups.get(key).count++;
  }
  if (!groups.size) return;
  const wanted = Object.keys(groupsOf);
  const at = (key) => (wanted.includes(key) ? wanted.indexOf(key) : wanted.length);
  const items = [...groups.values()].sort((a, b) => at(a.key) - at(b.key));
  const form = byId("legend");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  const first = el("div", { role: "group", "aria-label": W.legend }, choices(items, hiddenGroups, "groups"));
  form.append(head(W.legend, first, items.map((item) => item.key), hiddenGroups, "groups"), first);
  if ([...nodes.values()].some((node) => node.raw.disputed)) {
    const ring = mark("dot", "#fff");
    ring.firstChild.setAttribute("stroke", "#c81e1e");
    ring.firstChild.setAttribute("stroke-width", "2");
    ring.firstChild.setAttribute("r", "5");
    form.append(el("div", { class: "key" }, ring, W.has_conflict));
  }
  const types = new Map();
  for (const link of edges.values()) if (link.type !== undefined) types.set(String(link.type), (types.get(String(link.type)) || 0) + 1);
  if (types.size) {
    const kinds = [...types.keys()].sort((a, b) => types.get(b) - types.get(a))
      .map((key) => ({ key, name: (relations[key] || {}).name || key, count: types.get(key) }));
    const second = el("div", { role: "group", "aria-label": W.relations }, choices(kinds, hiddenRelations, "relations"));
    form.append(el("details", null, el("summary", null, W.relations),
      head("", second, [...types.keys()], hiddenRelations, "relations"), second));
  }
}
function foot() {
  const shown = [...nodes.values()].filter(seen).length, links = [...edges.values()].filter(linkSeen).length;
  const text = [fill(W.nodes_edges, { n: count(shown), all: count(nodes.size), m: count(links) }), ...(data.footer || []), W.absent];
  byId("foot").replaceChildren(...text.map((part) => el("bdi", { title: part }, part)));
}

// ---- start -----------------------------------------------------------------------------------------------
const title = data.title || W.title;
byId("heading").append(bdi(short(title, 80)));
search.placeholder = W.search;
search.setAttribute("aria-label", W.search_label);
found.setAttribute("aria-label", W.search_label);
for (const [id, text, act] of [["fit", W.fit, fit], ["closer", W.closer, () => zoom(1.3)], ["farther", W.farther, () => zoom(1 / 1.3)]]) {
  const button = byId(id);
  if (!button.textContent) button.textContent = text;
  button.title = text;
  button.setAttribute("aria-label", text);
  button.addEventListener("click", act);
}
const canvas = stage.querySelector("canvas");
if (canvas) {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", fill(W.picture, { n: count(nodes.size), m: count(edges.size) }));
}
(data.notes || []).forEach((text) => note(text));
if (!nodes.size) note(W.empty);
legend();
foot();
if (!physics) fit();
// For tests and for scripts of a user's own: what is drawn, without reaching into vis.
window.aikgPage = {
  network, count: () => ({ nodes: [...nodes.values()].filter(seen).length, edges: [...edges.values()].filter(linkSeen).length }),
  labels: () => labelled, choose: (id) => nodes.has(id) && choose(nodes.get(id), true),
};
