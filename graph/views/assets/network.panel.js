// ---- panel -----------------------------------------------------------------------------------------------
function clear() {
  chosen = null;
  panel.hidden = true;
  network.unselectAll();
  network.redraw();
}
const section = (title, body, css) => el("section", { class: css || null }, el("h3", null, title), body);
function cited(list) {
  return (list || []).map((at) => {
    const cite = cites[at];
    const text = el("span", { class: "cite" });
    // Only web addresses become links; javascript:, data: and the like stay text.
    if (cite.url && /^https?:\/\//i.test(cite.url)) {
      text.append(el("a", { href: cite.url, target: "_blank", rel: "noopener noreferrer" }, bdi(cite.text)));
    } else text.append(bdi(cite.text));
    return text;
  });
}
const unknown = () => el("span", { class: "unknown" }, W.not_recorded);
function listed(items, most) {
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
const go = (node) => el("button", { type: "button", class: "go", onclick: () => choose(node, true) },
  mark(node.shape, node.color), bdi(short(node.name, 200)));
const rows = (pairs) => el("dl", null, pairs.map(([name, ...value]) => [el("dt", null, bdi(name)), el("dd", null, ...value)]));
const kindOf = (node) => (groupsOf[node.group] || {}).name || (node.group === undefined ? "" : String(node.group));

const columns = data.columns || {};
function properties(names, own, complete) {
  return rows((own.values || []).map((value, at) => {
    if (value === null && !complete) return null;
    const said = [...((own.stated || {})[at] || [])].sort((a, b) => (b.value === value) - (a.value === value));
    return [names[at], value === null ? unknown() : bdi(value), said.map((one) => [
      one.value === value ? null : el("div", { class: "soft" }, W.also_stated, W.colon, bdi(one.value)),
      cited(one.cites),
    ])];
  }).filter(Boolean));
}
function sourcesOf(own) {
  if (own.sources && own.sources.length) return listed(own.sources.map((at) => () => el("li", null, cited([at]))), 6);
  return el("span", { class: "soft" }, own.method === "code_table" ? W.code_table : W.no_sources);
}
function relationsOf(node) {
  const grouped = new Map();
  for (const link of node.links) {
    const outward = link.from === node;
    const name = (relations[link.type] || {}).name || link.type || link.raw.title || link.raw.label || "";
    const key = (outward ? "1 " : "2 ") + name;
    if (!grouped.has(key)) grouped.set(key, { title: outward ? name + " →" : "← " + name, items: [] });
    grouped.get(key).items.push([outward ? link.to : link.from, link]);
  }
  return [...grouped.keys()].sort().map((key) => {
    const { title, items } = grouped.get(key);
    items.sort((a, b) => b[0].links.length - a[0].links.length);
    return section(short(title, 60) + W.open + count(items.length) + W.shut, listed(items.map(([other, link]) => () =>
      el("li", null, go(other), ...linkText(link), ...cited(((data.edge_details || {})[link.id] || {}).sources))), 12));
  });
}
// The last column is the date, which every relation has: said when the relation itself is asked for.
const linkText = (link) => (((data.edge_details || {})[link.id] || {}).values || []).slice(0, -1).map((value, at) =>
  (value === null ? null : el("span", { class: "cite" }, bdi(columns[link.type][at]), W.colon, bdi(value))));

function open(heading, kind, parts, focus) {
  panel.replaceChildren(
    el("button", { type: "button", class: "close", "aria-label": W.close, title: W.close, onclick: clear }, "×"),
    el("h2", { tabindex: "-1" }, bdi(heading)), ...parts);
  panel.setAttribute("aria-label", kind);
  panel.hidden = false;
  panel.scrollTop = 0;
  if (focus) panel.querySelector("h2").focus({ preventScroll: true });
  network.redraw();
}
function choose(node, move) {
  chosen = { node };
  const own = details[String(node.id)];
  const head = [[W.kind, bdi(kindOf(node) || "—")], [W.id, bdi(node.id)]];
  if (own && own.aliases) head.push([W.aliases, bdi(own.aliases.join(W.list))]);
  const parts = [];
  if (own) {
    parts.push(rows(head), el("h3", null, W.properties), properties(columns[node.group], own, true));
    if (own.conflicts && own.conflicts.length) {
      parts.push(section(W.conflicts, listed(own.conflicts.map((one) => () => el("li", { class: "conflict" },
        bdi(one.text), ...one.values.flatMap((value) => [el("div", null, bdi(value.value)), ...cited(value.cites)]))), 10), "alert"));
    }
    parts.push(section(W.sources + W.open + count((own.sources || []).length) + W.shut, sourcesOf(own)));
  } else {
    const plain = Object.entries(node.raw).filter(([key]) => !["id", "label", "x", "y", "shape", "color", "size", "group", "font"].includes(key));
    parts.push(rows(head.concat(plain.map(([key, value]) => [key, bdi(typeof value === "object" ? JSON.stringify(value) : value)]))));
  }
  parts.push(...relationsOf(node));
  if (own && own.facts && own.facts.length) {
    parts.push(section(W.facts + W.open + count(own.facts.length) + W.shut, listed(own.facts.map((at) => () =>
      el("li", null, bdi(data.facts[at].text), ...cited(data.facts[at].cites))), 15)));
  }
  for (const [name, names] of (own && own.others) || []) {
    parts.push(section(W.others + W.colon + name + W.open + count(names.length) + W.shut,
      listed(names.map((text) => () => el("li", null, bdi(text))), 12)));
  }
  open(node.name, kindOf(node), parts, move);
  if (move) show(node);
}
function chooseLink(link) {
  chosen = { link };
  const own = (data.edge_details || {})[link.id] || {};
  const name = (relations[link.type] || {}).name || link.type || link.raw.title || link.raw.label || "";
  open(name || "→", W.neighbours, [
    el("ul", null, el("li", null, go(link.from)), el("li", null, "→ ", go(link.to))),
    properties(columns[link.type] || [], own, false),
    ...(data.details ? [section(W.sources, sourcesOf(own))] : []),
  ], false);
}
