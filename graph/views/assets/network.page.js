// ---- legend, filters, tools ------------------------------------------------------------------------------
const boxesOf = new Map();
function changed() {
  applyFilters();
  foot();
  drawLegend();
  version++;
}
function set(name, value) {
  state[name] = value;
  if (["layer", "place", "time", "since", "until", "undated"].includes(name)) changed();
  if (state.node >= 0 && !nodeOn[state.node]) clear();
  else sharp();
  remember();
}
function toggles(items, hidden, title) {
  return el("div", { role: "group", "aria-label": title }, items.map((item) => {
    const box = el("input", { type: "checkbox", value: item.key, onchange: () => {
      if (box.checked) hidden.delete(item.key); else hidden.add(item.key);
      update();
    } });
    boxesOf.set(item.key, box);
    return el("label", { title: item.name }, box, item.shape ? el("span", { class: "holder" }) : null, bdi(item.name), el("span", { class: "count" }, count(item.count)));
  }));
}
function update() {
  changed();
  if (state.node >= 0 && !nodeOn[state.node]) clear();
  else sharp();
  remember();
}
function head(title, items, hidden) {
  const all = (text, on) => el("button", { type: "button", onclick: () => {
    hidden.clear();
    if (!on) items.forEach((item) => hidden.add(item.key));
    update();
  } }, text);
  return el("div", { class: "head" }, el("span", null, title), all(W.all, true), all(W.none, false));
}
const totals = (size, codes) => { const made = new Array(size).fill(0); for (const code of codes) made[code]++; return made; };
function buildLegend() {
  legend.addEventListener("submit", (event) => event.preventDefault());
  if (!N) { legend.hidden = true; return; }
  const nodesOf = totals(labels.length, labelOf), edgesOf = totals(relations.length, typeOf);
  const kinds = labels.map((label, at) => ({ ...label, count: nodesOf[at] }));
  const types = relations.map((one, at) => ({ key: one.key, name: one.name, count: edgesOf[at] })).sort((a, b) => b.count - a.count);
  legend.append(head(W.legend, kinds, state.labels), toggles(kinds, state.labels, W.legend), el("div", { id: "keys" }));
  if (types.length) legend.append(el("details", { id: "kinds" }, el("summary", null, W.relations), head("", types, state.relations), toggles(types, state.relations, W.relations)));
  const none = [["-1", W.everything]];
  const dated = new Set();
  for (const column_ of [yearOf, asOf, edgeAsOf]) for (const year of column_) if (year > 0) dated.add(year);
  const years = [...dated].sort((a, b) => a - b);
  const span = years.map((year) => [String(year), String(year)]);
  if (years.length) { state.since = years[0]; state.until = years[years.length - 1]; }
  const filters = el("details", { id: "filters", open: true, title: W.filter_note }, el("summary", null, W.filters));
  if (data.layers.length) filters.append(el("label", null, el("span", null, W.layer), selectOf(none.concat(data.layers.map((one, at) => [String(at), one.name])), "-1", (value) => set("layer", Number(value)), { id: "layer" })));
  if (data.places.length) {
    const groups = new Map();
    data.places.forEach((one, at) => { if (!groups.has(one.kind)) groups.set(one.kind, []); groups.get(one.kind).push([String(at), one.name]); });
    const select = selectOf(none, "-1", (value) => set("place", Number(value)), { id: "place" });
    for (const [kind, options] of groups) select.append(el("optgroup", { label: short(kind, 40) }, options.map(([key, text]) => el("option", { value: key }, short(text, 40)))));
    filters.append(el("label", null, el("span", null, W.place), select));
  }
  if (years.length) {
    filters.append(el("label", null, el("span", null, W.time), selectOf([["", W.time_none], ["date", W.time_date], ["as_of", W.time_as_of]], "", (value) => { byId("years").hidden = !value; set("time", value); }, { id: "time" })));
    const undated = el("input", { type: "checkbox", id: "undated", onchange: (event) => set("undated", event.target.checked) });
    undated.checked = true;
    filters.append(el("div", { id: "years", hidden: true },
      el("label", null, el("span", null, W.from), selectOf(span, String(state.since), (value) => set("since", Number(value)), { id: "since" })),
      el("label", null, el("span", null, W.until), selectOf(span, String(state.until), (value) => set("until", Number(value)), { id: "until" })),
      el("label", null, undated, W.with_unknown)));
  }
  filters.append(el("button", { type: "button", id: "reset", hidden: true, onclick: () => {
    Object.assign(state, { layer: -1, place: -1, time: "", since: years[0] || 0, until: years[years.length - 1] || 0, undated: true, only: false });
    state.labels.clear();
    state.relations.clear();
    update();
  } }, W.reset));
  legend.append(filters);
}
function drawLegend() {
  if (!N) return;
  const measured = state.color !== "label";
  legend.querySelectorAll(".holder").forEach((holder, at) => holder.replaceChildren(mark(labels[at].shape, measured ? T.none : shade(labels[at].color))));
  for (const [key, box] of boxesOf) box.checked = !state.labels.has(key) && !state.relations.has(key);
  const keys_ = [];
  if (measured) {
    keys_.push(el("div", { class: "head", title: W.measure_note }, el("span", null, measures.get(state.color).name)));
    keys_.push(...steps.map((step) => el("div", { class: "key" }, mark("dot", step.color), bdi(step.text), step.count ? el("span", { class: "count" }, count(step.count)) : null)));
  }
  if (disputed.some((one) => one)) keys_.push(el("div", { class: "key" }, mark("dot", T.back, { stroke: T.ring, "stroke-width": 2 }), W.has_conflict));
  if (layouts[state.layout].boxes.some((box) => box.kind === "unknown")) keys_.push(el("div", { class: "key" }, el("span", { class: "hatch" }), W.unknown_place));
  byId("keys").replaceChildren(...keys_);
  for (const [id, value] of [["layer", state.layer], ["place", state.place], ["time", state.time], ["since", state.since], ["until", state.until]]) if (byId(id)) byId(id).value = String(value);
  if (byId("years")) { byId("years").hidden = !state.time; byId("undated").checked = state.undated; }
  byId("reset").hidden = !filtering();
}
function foot() {
  byId("foot").replaceChildren(...footLines().slice(0, 2 + data.footer.length).map((part) => el("bdi", { title: part }, part)));
}
function applyLayout() {
  X = layouts[state.layout].x;
  Y = layouts[state.layout].y;
}
function switchLayout(key) {
  state.layout = layouts.findIndex((one) => one.key === key);
  applyLayout();
  ground.held = null;
  version++;
  drawLegend();
  const held = focus();
  if (held && state.steps === 1 && !held.path) { const box = extent([...held.nodes]); if (box) { frame(box, 0.001, 1.4); sharp(); remember(); } } else fit();
}
function restyle() {
  applySizes();
  applyColors();
  drawLegend();
  version++;
  sharp();
  remember();
}
function setTheme(name) {
  themeName = name;
  T = THEMES[name];
  stamps.clear();
  shades.clear();
  document.documentElement.dataset.theme = name;
  restyle();
}
function buildTools() {
  const tools = byId("tools"), pick = (id, text, options, value, act) => el("label", null, text, selectOf(options, value, act, { id }));
  const export_ = el("select", { id: "export", "aria-label": W.export, onchange: (event) => {
    const act = { png: savePng, svg: saveSvg, xlsx: saveXlsx, nodes: () => saveCsv(false), edges: () => saveCsv(true) }[event.target.value];
    event.target.value = "";
    if (act) act();
  } }, [["", W.export], ["png", "PNG"], ["svg", "SVG"], ["xlsx", "XLSX"], ["nodes", W.csv_nodes], ["edges", W.csv_edges]].map(([key, text]) => el("option", { value: key }, text)));
  tools.append(
    pick("layout", W.layout, layouts.map((one) => [one.key, one.name]), layouts[state.layout].key, switchLayout),
    pick("size", W.size, [["same", W.same], ...[...measures.values()].filter((one) => one.key !== "community").map((one) => [one.key, one.name])], state.size, (value) => { state.size = value; restyle(); }),
    pick("color", W.color, [["label", W.by_label], ...[...measures.values()].map((one) => [one.key, one.name])], state.color, (value) => { state.color = value; restyle(); }),
    button(W.path, W.path_tip, () => pathPanel(state.node, -1), { id: "path" }),
    export_,
    button(W.fit, W.fit, fit, { id: "fit" }), button("+", W.closer, () => zoom(1.3), { id: "closer" }), button("−", W.farther, () => zoom(1 / 1.3), { id: "farther" }),
    button("◐", W.dark, () => { state.themed = true; setTheme(themeName === "dark" ? "light" : "dark"); }, { id: "dark" }));
}
function present(on) {
  document.body.classList.toggle("presenting", on);
  large = on ? 1.5 : 1;
  version++;
  resize();
  fit();
}

// ---- keyboard --------------------------------------------------------------------------------------------
// Neighbours clockwise from the top, so that arrows go round the chosen node.
function walk(step) {
  const i = state.node, near = [...new Set([...linksOf(i)].filter((e) => edgeOn[e]).map((e) => far(e, i)))].filter((other) => other !== i);
  if (!near.length) return;
  const angle = (other) => { const a = Math.atan2(X[other] - X[i], Y[i] - Y[other]); return a < 0 ? a + 2 * Math.PI : a; };
  near.sort((a, b) => angle(a) - angle(b) || a - b);
  const at = near.indexOf(cursor), next = at < 0 ? (step > 0 ? 0 : near.length - 1) : (at + step + near.length) % near.length;
  cursor = near[next];
  const x = X[cursor] * view.s + view.x, y = Y[cursor] * view.s + view.y, free = room();
  if (x < free.left || y < 0 || x > free.left + free.width || y > height) { view.x += free.left + free.width / 2 - x; view.y += height / 2 - y; moved(); }
  byId("said").textContent = fill(W.neighbour_at, { name: short(nameOf(cursor), 60), n: next + 1, m: near.length });
  later();
}
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = { ArrowRight: [1, 40, 0], ArrowDown: [1, 0, 40], ArrowLeft: [-1, -40, 0], ArrowUp: [-1, 0, -40] }[event.key];
  if (event.key === "Escape") { if (document.body.classList.contains("presenting")) present(false); else clear(); return; }
  if (typing) return;
  if (event.key === "/") { event.preventDefault(); search.focus(); search.select(); }
  else if (arrow) {
    if (panel.contains(event.target) && panel.scrollHeight > panel.clientHeight && event.target.tagName !== "H2") return;
    event.preventDefault();
    if (state.node >= 0) walk(arrow[0]);
    else { untouched = false; view.x -= arrow[1]; view.y -= arrow[2]; moved(); }
  } else if (event.key === "Enter" && cursor >= 0 && (event.target === canvas || event.target === document.body || event.target.tagName === "H2")) { event.preventDefault(); choose(cursor, true); }
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit();
  else if (event.key === "p" || event.key === "P") present(!document.body.classList.contains("presenting"));
});

// ---- permalink: what is chosen, filtered and looked at stands behind the # of the address -----------------
let written = "", writing = 0;
function hash() {
  const made = [], add = (key, value) => made.push(key + "=" + encodeURIComponent(value));
  add("layout", layouts[state.layout].key);
  if (state.size !== data.first.size) add("size", state.size);
  if (state.color !== data.first.color) add("color", state.color);
  if (state.labels.size) add("hide", [...state.labels].join(","));
  if (state.relations.size) add("cut", [...state.relations].join(","));
  if (state.layer >= 0) add("layer", data.layers[state.layer].key);
  if (state.place >= 0) add("place", data.places[state.place].key);
  if (state.time) add("time", [state.time, state.since, state.until, state.undated ? 1 : 0].join(","));
  if (state.node >= 0) add("node", data.ids[state.node]);
  if (state.link >= 0) add("link", state.link);
  if (state.steps !== 1) add("steps", state.steps);
  if (state.only) add("only", 1);
  if (state.path && state.path.a >= 0 && state.path.b >= 0) { add("path-from", data.ids[state.path.a]); add("path-to", data.ids[state.path.b]); }
  if (state.avoid) add("avoid", 1);
  if (state.themed) add("theme", themeName);
  if (!untouched) {
    const free = room();
    add("view", [((free.left + free.width / 2 - view.x) / view.s).toFixed(1), ((height / 2 - view.y) / view.s).toFixed(1), view.s.toPrecision(4)].join(","));
  }
  return "#" + made.join("&");
}
function remember() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    const next = hash();
    if (next === written) return;
    written = next;
    try { history.replaceState(null, "", next); } catch { /* a frame without an address */ }
  }, 250);
}
function recall() {
  if (location.hash.length < 2 || location.hash === written) return false;
  written = location.hash;
  const given = new Map();
  for (const part of location.hash.slice(1).split("&").slice(0, 60)) {
    const at = part.indexOf("=");
    try { if (at > 0) given.set(part.slice(0, at), decodeURIComponent(part.slice(at + 1))); } catch { /* half a link */ }
  }
  const known = (key, list) => (list.includes(given.get(key)) ? given.get(key) : null);
  const node = (key) => (indexOf.has(given.get(key)) ? indexOf.get(given.get(key)) : -1);
  const layoutKey = known("layout", layouts.map((one) => one.key));
  if (layoutKey) state.layout = layouts.findIndex((one) => one.key === layoutKey);
  state.size = known("size", ["same", ...measures.keys()]) || data.first.size;
  state.color = known("color", ["label", ...measures.keys()]) || data.first.color;
  state.labels = new Set((given.get("hide") || "").split(",").filter((key) => labels.some((one) => one.key === key)));
  state.relations = new Set((given.get("cut") || "").split(",").filter((key) => relations.some((one) => one.key === key)));
  state.layer = data.layers.findIndex((one) => one.key === given.get("layer"));
  state.place = data.places.findIndex((one) => one.key === given.get("place"));
  const [kind, since, until, undated] = (given.get("time") || "").split(",");
  if ((kind === "date" || kind === "as_of") && Number(since) && Number(until)) Object.assign(state, { time: kind, since: Number(since), until: Number(until), undated: undated !== "0" });
  else state.time = "";
  state.steps = Math.min(Math.max(Math.round(Number(given.get("steps"))) || 1, 1), 4);
  state.avoid = given.get("avoid") === "1";
  state.node = state.link = -1;
  state.path = null;
  state.only = false;
  panel.hidden = true;
  if (known("theme", Object.keys(THEMES))) { state.themed = true; themeName = given.get("theme"); T = THEMES[themeName]; document.documentElement.dataset.theme = themeName; }
  shades.clear();
  stamps.clear();
  applyLayout();
  applySizes();
  applyColors();
  for (const [id, value] of [["layout", layouts[state.layout].key], ["size", state.size], ["color", state.color]]) byId(id).value = value;
  changed();
  const chosen = node("node"), link = Number(given.get("link"));
  if (node("path-from") >= 0 && node("path-to") >= 0) pathPanel(node("path-from"), node("path-to"));
  else if (chosen >= 0) { state.only = given.get("only") === "1"; state.node = chosen; changed(); choose(chosen, false); }
  else if (given.has("link") && Number.isInteger(link) && link >= 0 && link < M) chooseLink(link);
  const at = (given.get("view") || "").split(",").map(Number);
  if (at.length === 3 && at.every(Number.isFinite) && at[2] > 0) {
    const free = room();
    untouched = false;
    view.s = limits(at[2]);
    view.x = free.left + free.width / 2 - at[0] * view.s;
    view.y = height / 2 - at[1] * view.s;
    sharp();
  } else fit();
  return true;
}

// ---- start -----------------------------------------------------------------------------------------------
byId("heading").append(bdi(short(data.title || W.title, 80)));
byId("heading").title = short(data.title || W.title, 200);
document.documentElement.dataset.theme = themeName;
canvas.setAttribute("aria-label", fill(W.picture, { n: count(N), m: count(M) }) + " " + W.canvas);
canvas.title = "";
const search = finder(byId("finder"), "search", W.search, W.search_label, (i) => choose(i, true));
search.title = W.keys;
for (const text of N ? data.notes : [W.empty, ...data.notes]) {
  byId("notes").hidden = false;
  byId("notes").append(el("span", null, text), " ");
}
byId("said").textContent = W.loading;
applyLayout();
applyFilters();
buildLegend();
buildTools();
applySizes();
applyColors();
drawLegend();
foot();
resize();
if (!recall() && data.center >= 0) choose(data.center, false);
new ResizeObserver(resize).observe(stage);
addEventListener("hashchange", () => { if (location.hash !== written) recall(); });
prefersDark.addEventListener("change", (event) => { if (!state.themed) setTheme(event.matches ? "dark" : "light"); });
// For tests and for scripts of a user's own.
window.aikgPage = {
  count: () => ({ nodes: shownNodes, edges: shownEdges }),
  labels: () => labelled,
  named: () => { const t = target(1); return names(t, view, focus(), covers()).placed.map((one) => { t.ctx.font = one.font; return { text: one.text, x: one.x, y: one.y, w: t.ctx.measureText(one.text).width }; }); },
  visible: () => data.ids.filter((_, i) => nodeOn[i]),
  drawn: () => drawn,
  resting: () => !job && !resting,
  choose: (id) => { if (indexOf.has(id)) choose(indexOf.get(id), true); },
  chooseLink: (e) => chooseLink(e),
  path: (a, b) => pathPanel(indexOf.get(a), indexOf.get(b)),
  spot: (id) => { const i = indexOf.get(id); return { x: X[i] * view.s + view.x, y: Y[i] * view.s + view.y }; },
  spots: () => Array.from(X, (x, i) => ({ x: x * view.s + view.x, y: Y[i] * view.s + view.y })),
  scale: () => view.s,
  state: () => ({ node: state.node < 0 ? null : data.ids[state.node], cursor: cursor < 0 ? null : data.ids[cursor], layout: layouts[state.layout].key, theme: themeName, path: state.path && state.path.found ? state.path.found.nodes.map((i) => data.ids[i]) : null }),
  inflate: (text) => new TextDecoder().decode(inflate(bytesOf(text), 10)),
};
