// ---- what is said of a node, a relation, a path ----------------------------------------------------------
const section = (title, body, css) => el("section", { class: css || null }, el("h3", null, title), body);
function cited(list) {
  return (list || []).map((at) => {
    const cite = told.cites[at], text = el("span", { class: "cite" });
    // Only web addresses become links; javascript:, data: and the like stay text.
    if (cite.url && /^https?:\/\//i.test(cite.url)) {
      text.append(el("a", { href: cite.url, target: "_blank", rel: "noopener noreferrer" }, bdi(cite.text)));
    } else text.append(bdi(cite.text));
    return text;
  });
}
const unknown = () => el("span", { class: "unknown" }, W.not_recorded);
function many(items, most) {
  const list = el("ul");
  items.slice(0, most).forEach((make) => list.append(make()));
  if (items.length > most) {
    const rest = el("button", { type: "button", class: "rest", onclick: () => {
      rest.parentElement.remove();
      items.slice(most).forEach((make) => list.append(make()));
    } }, fill(W.more, { n: count(items.length - most) }));
    list.append(el("li", null, rest));
  }
  return list;
}
const go = (i) => el("button", { type: "button", class: "go", onclick: () => choose(i, true) }, markOf(i), bdi(short(nameOf(i), 200)));
const rows = (pairs) => el("dl", null, pairs.map(([name, ...value]) => [el("dt", null, bdi(name)), el("dd", null, ...value)]));

function properties(columns, own, complete) {
  return rows((own.values || []).map((value, at) => {
    if (value === null && !complete) return null;
    const said = [...((own.stated || {})[at] || [])].sort((a, b) => (b.value === value) - (a.value === value));
    return [columns[at], value === null ? unknown() : bdi(value), said.map((one) => [
      one.value === value ? null : el("div", { class: "soft" }, W.also_stated, W.colon, bdi(one.value)),
      cited(one.cites),
    ])];
  }).filter(Boolean));
}
function sourcesOf(own) {
  if (own.sources && own.sources.length) return many(own.sources.map((at) => () => el("li", null, cited([at]))), 6);
  return el("span", { class: "soft" }, own.method === "code_table" ? W.code_table : W.no_sources);
}
const linkDetails = (e) => (told ? told.edges[e] : {});
const columnsOf = (name) => (told && told.columns[name]) || [];
// The last column is the date, which every relation has: said when the relation itself is asked for.
const linkText = (e) => (linkDetails(e).values || []).slice(0, -1).map((value, at) =>
  (value === null ? null : el("span", { class: "cite" }, bdi(columnsOf(relations[typeOf[e]].key)[at]), W.colon, bdi(value))));
function relationsOf(i) {
  const grouped = new Map();
  for (const e of linksOf(i)) {
    const outward = from[e] === i, name = relations[typeOf[e]].name, key = (outward ? "1 " : "2 ") + name;
    if (!grouped.has(key)) grouped.set(key, { title: outward ? name + " →" : "← " + name, items: [] });
    grouped.get(key).items.push([far(e, i), e]);
  }
  return [...grouped.keys()].sort().map((key) => {
    const { title, items } = grouped.get(key);
    items.sort((a, b) => degree[b[0]] - degree[a[0]] || a[0] - b[0]);
    return section(short(title, 60) + W.open + count(items.length) + W.shut, many(items.map(([other, e]) => () =>
      el("li", null, go(other), ...linkText(e), ...cited(linkDetails(e).sources))), 12));
  });
}
function copier(title, cites) {
  const numbers = [...new Set(cites)];
  if (!numbers.length) return null;
  const made = button(W.copy, W.copy, async () => {
    const text = title + W.colon + numbers.map((at) => told.cites[at].text).join(W.semicolon);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = el("textarea", { "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    made.textContent = W.copied;
  }, { class: "copy" });
  return made;
}
function open(heading, kind, parts, focused) {
  panel.replaceChildren(
    el("button", { type: "button", class: "close", "aria-label": W.close, title: W.close, onclick: clear }, "×"),
    el("h2", { tabindex: "-1" }, bdi(heading)), ...parts.filter(Boolean));
  panel.setAttribute("aria-label", kind);
  panel.hidden = false;
  panel.scrollTop = 0;
  if (focused) panel.querySelector("h2").focus({ preventScroll: true });
}
// Details are unpacked when first asked for; until then the panel says what is drawn.
function whenTold(again) {
  const pending = details();
  if (pending) pending.then(again);
  return pending ? el("p", { class: "soft" }, W.loading) : null;
}
function nodePanel(i, focused) {
  const pending = whenTold(() => { if (state.node === i) nodePanel(i, false); });
  const own = told ? told.nodes[i] : {};
  const head = [[W.kind, bdi(kindOf(i))], [W.id, bdi(data.ids[i])]];
  if (data.aliases[i]) head.push([W.aliases, bdi(data.aliases[i].join(W.list))]);
  const measure = measures.get(state.color) || measures.get(state.size);
  if (measure) head.push([measure.name, el("span", { title: W.measure_note }, valueText(measure.values[i]))]);
  const near = neighbourhood(i, state.steps, (e) => edgeOn[e]);
  const only = el("input", { type: "checkbox", onchange: (event) => { state.only = event.target.checked; changed(); if (state.only) { goTo([...near], i); sharp(); } } });
  only.checked = state.only;
  const tools = el("div", { class: "tools" },
    el("label", null, W.around_n, selectOf([1, 2, 3, 4].map((n) => [String(n), fill(n === 1 ? W.step : W.steps, { n })]), String(state.steps), (value) => {
      state.steps = Number(value);
      changed();
      nodePanel(i, false);
      sharp();
    }, { id: "steps" })),
    el("span", { class: "soft" }, fill(W.in_focus, { n: count(near.size) })),
    el("label", null, only, W.only_these),
    button(W.path_here, W.path_tip, () => pathPanel(i, -1)));
  const parts = [rows(head), tools, pending];
  const cites = [];
  if (told) {
    parts.push(el("h3", null, W.properties), properties(columnsOf(labels[labelOf[i]].key), own, true));
    if (own.conflicts && own.conflicts.length) {
      parts.push(section(W.conflicts, many(own.conflicts.map((one) => () => el("li", { class: "conflict" },
        bdi(one.text), ...one.values.flatMap((value) => [el("div", null, bdi(value.value)), ...cited(value.cites)]))), 10), "alert"));
    }
    parts.push(section(W.sources + W.open + count((own.sources || []).length) + W.shut, sourcesOf(own)));
    cites.push(...(own.sources || []), ...Object.values(own.stated || {}).flatMap((list) => list.flatMap((one) => one.cites)));
  } else if (!pending) parts.push(el("p", { class: "soft" }, W.basic_only));
  parts.push(...relationsOf(i));
  if (own.facts && own.facts.length) {
    parts.push(section(W.facts + W.open + count(own.facts.length) + W.shut, many(own.facts.map((at) => () =>
      el("li", null, bdi(told.facts[at].text), ...cited(told.facts[at].cites))), 15)));
    cites.push(...own.facts.flatMap((at) => told.facts[at].cites));
  }
  for (const [name, names_] of own.others || []) {
    parts.push(section(W.others + W.colon + name + W.open + count(names_.length) + W.shut,
      many(names_.map((text) => () => el("li", null, bdi(text))), 12)));
  }
  parts.push(copier(nameOf(i), cites));
  open(nameOf(i), kindOf(i), parts, focused);
}
function linkPanel(e) {
  const pending = whenTold(() => { if (state.link === e) linkPanel(e); });
  const own = linkDetails(e), name = relations[typeOf[e]].name;
  open(name, W.neighbours, [
    el("ul", null, el("li", null, go(from[e])), el("li", null, "→ ", go(to[e]))),
    pending, properties(columnsOf(relations[typeOf[e]].key), own, false),
    told ? section(W.sources, sourcesOf(own)) : null,
    told ? copier(name, own.sources || []) : null,
  ], false);
}
function pathPanel(start, end) {
  const before = state.path || {};
  state.path = { a: start >= 0 ? start : before.a ?? -1, b: end >= 0 ? end : before.b ?? -1, found: undefined };
  state.node = state.link = -1;
  if (state.only) { state.only = false; changed(); }
  const { a, b } = state.path;
  if (a >= 0 && b >= 0) { reveal(a); reveal(b); state.path.found = shortest(a, b); }
  const field = (name, text, i, set) => {
    const holder = el("div", { class: "finder" });
    const input = finder(holder, name, W.search_label, text, set);
    if (i >= 0) input.value = short(nameOf(i), 60);
    return [text, holder];
  };
  const avoid = el("input", { type: "checkbox", id: "avoid", onchange: (event) => { state.avoid = event.target.checked; pathPanel(-1, -1); } });
  avoid.checked = state.avoid;
  const parts = [
    rows([field("path-from", W.path_from, a, (i) => pathPanel(i, -1)), field("path-to", W.path_to, b, (i) => pathPanel(-1, i))]),
    el("div", { class: "tools" }, el("label", null, avoid, W.path_avoid)),
  ];
  const found = state.path.found;
  if (found === null) parts.push(el("p", { class: "none", role: "status" }, W.path_none));
  else if (found) {
    parts.push(whenTold(() => { if (state.path) pathPanel(-1, -1); }));
    parts.push(el("p", { role: "status" }, a === b ? W.path_same : fill(W.path_steps, { n: found.links.length, m: count(found.ways) })));
    const list = el("ul", { class: "way" }, el("li", null, go(found.nodes[0])));
    found.links.forEach((e, at) => {
      const onward = from[e] === found.nodes[at], name = relations[typeOf[e]].name;
      list.append(el("li", { class: "step" }, el("button", { type: "button", class: "rest", onclick: () => chooseLink(e) },
        (onward ? "↓ " : "↑ ") + name), ...linkText(e), ...cited(linkDetails(e).sources)), el("li", null, go(found.nodes[at + 1])));
    });
    parts.push(list);
    if (told) parts.push(copier(nameOf(a) + " – " + nameOf(b), found.links.flatMap((e) => linkDetails(e).sources || [])));
  }
  open(W.path, W.path_tip, parts, false);
  if (found) goTo(found.nodes, -1);
  else if (!found) { const empty = panel.querySelector(a < 0 ? "#path-from" : "#path-to"); if (a < 0 || b < 0) empty.focus(); }
  sharp();
  remember();
}

// ---- choosing --------------------------------------------------------------------------------------------
function reveal(i) {
  if (nodeOn[i]) return;
  const key = labels[labelOf[i]].key;
  state.labels.delete(key);
  state.only = false;
  applyFilters();
  if (!nodeOn[i]) { state.layer = state.place = -1; state.time = ""; }
  changed();
}
function choose(i, move) {
  state.path = null;
  state.link = -1;
  cursor = -1;
  const only = state.only;
  state.node = i;
  if (only) changed();
  reveal(i);
  nodePanel(i, move);
  if (move) goTo([...neighbourhood(i, 1, (e) => edgeOn[e])], i);
  sharp();
  remember();
}
function chooseLink(e) {
  state.path = null;
  state.node = -1;
  state.link = e;
  if (state.only) { state.only = false; changed(); }
  linkPanel(e);
  sharp();
  remember();
}
function clear() {
  const only = state.only;
  state.node = state.link = cursor = -1;
  state.path = null;
  state.only = false;
  panel.hidden = true;
  byId("said").textContent = "";
  if (only) changed();
  if (panel.contains(document.activeElement)) canvas.focus({ preventScroll: true });
  sharp();
  remember();
}
