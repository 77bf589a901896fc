"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent), W = data.words, groups = data.groups || {};
  const byId = (id) => document.getElementById(id);
  const BAD = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
  const short = (text, most) => {
    const signs = Array.from(String(text).slice(0, 4000).replace(BAD, " ").replace(/\s+/g, " ").trim());
    return signs.length > most ? signs.slice(0, most - 1).join("") + "…" : signs.join("");
  };
  const el = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    made.append(...children);
    return made;
  };
  // vis breaks a title where its text does, so it is shortened line by line.
  const tip = (text) => String(text).split("\n").slice(0, 16).map((line) => short(line, 90)).join("\n");
  const given = data.dot ? vis.network.convertDot(data.dot) : { nodes: data.nodes, edges: data.edges };
  const OUTSIDE = new Set(["dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"]);
  // Names beside dots are written below, where they do not cover each other; vis keeps those inside a shape.
  const nodes = new Map(given.nodes.map((node) => {
    const name = node.label === undefined ? node.id : node.label, shape = node.shape || "dot";
    return [node.id, { id: node.id, text: short(name, 22), group: node.group, rank: Number(node.rank) || 0, size: Number(node.size) || 25, links: 0, own: !OUTSIDE.has(shape), raw: node }];
  }));
  const edges = given.edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
  for (const edge of edges) for (const end of [edge.from, edge.to]) nodes.get(end).links++;
  const ranked = [...nodes.values()].sort((a, b) => b.rank - a.rank || b.links - a.links);
  const hidden = new Set(), seen = (node) => !hidden.has(String(node.group));
  const visNodes = new vis.DataSet([...nodes.values()].map(({ raw, text, own }) => {
    const shown = { ...raw, title: tip(raw.title === undefined ? (raw.label === undefined ? raw.id : raw.label) : raw.title) };
    if (own) shown.label = text; else delete shown.label;
    return shown;
  }));
  const visEdges = new vis.DataSet(edges.map((edge) => {
    const shown = { ...edge };
    if (shown.label !== undefined) shown.label = short(shown.label, 30);
    if (shown.title !== undefined) shown.title = tip(shown.title);
    return shown;
  }));
  const options = { ...data.options }, large = nodes.size > 1500 || edges.length > 3000;
  options.layout = { improvedLayout: false, ...options.layout };
  options.interaction = { tooltipDelay: 120, hover: !large, ...options.interaction, ...(large ? { hideEdgesOnDrag: true, hideEdgesOnZoom: true } : {}) };
  if (options.configure) options.configure = { ...options.configure, container: byId("config") };
  const stage = byId("network");
  if (typeof data.background === "string") stage.style.backgroundColor = data.background;
  const say = (id, ...texts) => { for (const text of texts) { byId(id).hidden = false; byId(id).append(el("bdi", { title: text }, text), " "); } };
  let network;
  try {
    network = new vis.Network(stage, { nodes: visNodes, edges: visEdges }, options);
  } catch (error) {
    say("notes", W.failed + error.message);
    throw error;
  }
  const physics = options.physics === undefined || options.physics === true || (options.physics || {}).enabled !== false;

  let labelled = 0;
  network.on("afterDrawing", (ctx) => {
    const scale = network.getScale(), corner = network.DOMtoCanvas({ x: 0, y: 0 }), at = network.getPositions(), taken = new Map(), CELL = 48;
    const cells = (r, visit) => {
      for (let i = Math.floor(r.x / CELL); i <= Math.floor((r.x + r.w) / CELL); i++) {
        for (let j = Math.floor(r.y / CELL); j <= Math.floor((r.y + r.h) / CELL); j++) if (visit(i * 100003 + j)) return true;
      }
      return false;
    };
    const free = (r) => !cells(r, (key) => (taken.get(key) || []).some((o) => r.x < o.x + o.w && o.x < r.x + r.w && r.y < o.y + o.h && o.y < r.y + r.h));
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3.4 / scale;
    ctx.strokeStyle = "rgba(255,255,255,.9)";
    labelled = 0;
    for (const node of ranked.slice(0, 3000)) {
      if (node.own || !seen(node) || !at[node.id] || labelled >= 250) continue;
      const x = (at[node.id].x - corner.x) * scale, y = (at[node.id].y - corner.y) * scale;
      if (x < 0 || y < 0 || x > stage.clientWidth || y > stage.clientHeight) continue;
      ctx.font = (node.rank > 0 ? "600 " : "") + 12.5 / scale + "px " + data.font;
      const r = { x: x + node.size * scale + 4, y: y - 8, w: ctx.measureText(node.text).width * scale + 4, h: 16 };
      if (!free(r)) continue;
      cells(r, (key) => { if (!taken.has(key)) taken.set(key, []); taken.get(key).push(r); return false; });
      ctx.strokeText(node.text, corner.x + r.x / scale, at[node.id].y);
      ctx.fillStyle = "#1f2937";
      ctx.fillText(node.text, corner.x + r.x / scale, at[node.id].y);
      labelled++;
    }
  });

  const kinds = new Map();
  for (const node of nodes.values()) if (node.group !== undefined) kinds.set(String(node.group), (kinds.get(String(node.group)) || 0) + 1);
  const order = [...new Set([...Object.keys(groups).filter((key) => kinds.has(key)), ...kinds.keys()])];
  byId("legend").hidden = !order.length;
  byId("legend").addEventListener("submit", (event) => event.preventDefault());
  for (const key of order.slice(0, 60)) {
    const box = el("input", { type: "checkbox", value: key }), known = groups[key];
    box.checked = true;
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(key); else hidden.add(key);
      visNodes.update([...nodes.values()].filter((node) => String(node.group) === key).map((node) => ({ id: node.id, hidden: !box.checked })));
    });
    const row = el("label", {}, box, el("bdi", {}, short(known ? known.name : key, 40)), el("span", {}, String(kinds.get(key))));
    if (known) { const dot = el("i", {}); dot.style.backgroundColor = known.color; box.after(dot); }
    byId("legend").append(row);
  }
  if (!physics && nodes.size) {
    network.fit({ maxZoomLevel: 1.6 });
    const room = stage.clientWidth - byId("legend").offsetWidth - 24; // beside the legend
    if (order.length && room > 300) network.moveTo({ scale: (network.getScale() * room) / stage.clientWidth, offset: { x: (stage.clientWidth - room) / 2, y: 0 } });
  }
  if (data.title) say("heading", short(data.title, 80));
  say("notes", ...(data.notes || []), ...(nodes.size ? [] : [W.empty]));
  if (data.footer) say("foot", ...data.footer, W.absent);
  window.aikgPage = {
    network, labels: () => labelled,
    count: () => ({ nodes: [...nodes.values()].filter(seen).length, edges: edges.filter((edge) => seen(nodes.get(edge.from)) && seen(nodes.get(edge.to))).length }),
  };
})();
