// ---- drawing over vis: bands below, chosen neighbourhood and labels above ----------------------------------
const LABEL = 12.5, HUB = 13.5;
const widths = new Map();
const fontOf = (node, scale) => (node.rank > 0 ? "600 " + HUB / scale : LABEL / scale) + "px " + data.font;
function widthOf(ctx, node) {
  if (!widths.has(node)) {
    ctx.font = fontOf(node, 1);
    widths.set(node, ctx.measureText(node.text).width);
  }
  return widths.get(node);
}
function corners(shape, r) {
  // The same outlines as vis draws, so that what is drawn over its nodes covers them.
  const ring = (n, radius) => Array.from({ length: n }, (_, i) => [radius(i), (2 * Math.PI * i) / n]);
  const half = r * 1.15, rise = half * Math.sqrt(3), inner = half / Math.sqrt(3), shift = 0.275 * half;
  switch (shape) {
    case "square": return [[-r, -r], [r, -r], [r, r], [-r, r]];
    case "diamond": return [[0, r], [r, 0], [0, -r], [-r, 0]];
    case "triangle": return [[0, inner - rise + shift], [half, inner + shift], [-half, inner + shift]];
    case "triangleDown": return [[0, rise - inner - shift], [half, -inner - shift], [-half, -inner - shift]];
    case "hexagon": return ring(6, () => r).map(([l, a]) => [l * Math.cos(a), l * Math.sin(a)]);
    case "star": return ring(10, (i) => r * 0.82 * (i % 2 ? 0.5 : 1.3))
      .map(([l, a]) => [l * Math.sin(a), 0.082 * r - l * Math.cos(a)]);
    default: return null;
  }
}
function outline(ctx, node, at, radius) {
  ctx.beginPath();
  const points = corners(node.shape, radius);
  if (points) points.forEach(([x, y], i) => (i ? ctx.lineTo(at.x + x, at.y + y) : ctx.moveTo(at.x + x, at.y + y)));
  else ctx.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  ctx.closePath();
}
function view() {
  const a = network.DOMtoCanvas({ x: 0, y: 0 });
  const b = network.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
  return { left: a.x, top: a.y, right: b.x, bottom: b.y };
}
const halo = (ctx, text, x, y, scale, color) => {
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.4 / scale;
  ctx.strokeStyle = "rgba(255,255,255,.92)";
  ctx.strokeText(text, x, y);
  ctx.fillStyle = color;
  ctx.fillText(text, x, y);
};

network.on("beforeDrawing", (ctx) => {
  if (physics) places = null;
  (data.bands || []).forEach((band, at) => {
    if (!band.groups.some((group) => !hiddenGroups.has(group))) return;
    ctx.fillStyle = at % 2 ? "#fafbfc" : "#f3f6fa";
    ctx.fillRect(band.x - 12, band.y, band.width + 24, band.height);
  });
});

const panel = byId("panel");
let chosen = null; // {node} or {link}
let labelled = 0;
network.on("afterDrawing", (ctx) => {
  const scale = network.getScale(), box = view();
  const focus = chosen === null ? null : new Set(chosen.node ? [chosen.node] : [chosen.link.from, chosen.link.to]);
  const links = chosen === null ? [] : (chosen.node ? chosen.node.links : [chosen.link]).filter(linkSeen);
  ctx.save();
  if (focus) {
    links.forEach((link) => focus.add(link.from).add(link.to));
    ctx.fillStyle = "rgba(255,255,255,.8)";
    ctx.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    links.forEach((link) => {
      const from = where(link.from), to = where(link.to);
      ctx.strokeStyle = "rgba(71,98,150,.75)";
      ctx.lineWidth = 1.4 / scale;
      ctx.beginPath();
      ctx.moveTo(from.x, from.y);
      ctx.lineTo(to.x, to.y);
      ctx.stroke();
    });
    focus.forEach((node) => {
      if (!seen(node) || node.own) return;
      outline(ctx, node, where(node), node.size);
      ctx.fillStyle = node.color;
      ctx.fill();
      if (chosen.node === node) {
        ctx.lineWidth = 2.5 / scale;
        ctx.strokeStyle = "#111827";
        ctx.stroke();
      }
    });
  }
  drawLabels(ctx, scale, box, focus);
  ctx.restore();
});

function drawLabels(ctx, scale, box, focus) {
  const taken = new Map();
  const CELL = 48;
  // Boxes in screen pixels, so that labels keep their size and zooming in makes room for more of them.
  const cells = (r, visit) => {
    for (let i = Math.floor(r.x / CELL); i <= Math.floor((r.x + r.w) / CELL); i++) {
      for (let j = Math.floor(r.y / CELL); j <= Math.floor((r.y + r.h) / CELL); j++) {
        if (visit(i * 100003 + j)) return true;
      }
    }
    return false;
  };
  const free = (r) => !cells(r, (key) => (taken.get(key) || []).some(
    (o) => r.x < o.x + o.w && o.x < r.x + r.w && r.y < o.y + o.h && o.y < r.y + r.h));
  const take = (r) => { cells(r, (key) => { (taken.get(key) || taken.set(key, []).get(key)).push(r); return false; }); };
  const screen = (at) => ({ x: (at.x - box.left) * scale, y: (at.y - box.top) * scale });
  const inView = (at) => at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom;

  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  for (const cover of [byId("legend"), panel]) {
    if (!cover.hidden) take({ x: cover.offsetLeft, y: cover.offsetTop, w: cover.offsetWidth, h: cover.offsetHeight });
  }
  if (!focus) {
    (data.bands || []).forEach((band) => {
      if (!band.name || !band.groups.some((group) => !hiddenGroups.has(group))) return;
      const at = { x: band.x, y: band.y + band.height / 2 };
      ctx.font = "600 " + 12 / scale + "px " + data.font;
      const spot = screen(at), name = short(band.name, 20);
      take({ x: spot.x, y: spot.y - 8, w: ctx.measureText(name).width * scale, h: 16 });
      ctx.fillStyle = "#6a7788";
      ctx.fillText(name, at.x, at.y);
    });
  }
  const order = focus ? ranked.filter((node) => focus.has(node)) : ranked;
  if (focus && chosen.node) order.unshift(...order.splice(order.indexOf(chosen.node), 1));
  const wanted = order.filter((node) => !node.own && seen(node) && inView(where(node))).slice(0, 3000);
  const reserve = (node) => {
    const spot = screen(where(node)), r = node.size * scale * 0.8;
    take({ x: spot.x - r, y: spot.y - r, w: 2 * r, h: 2 * r });
  };
  // Names of hubs may cover the dots of a crowd, but not each other's dots; other names cover no dot at all.
  const important = (node) => node.rank > 0 || focus !== null;
  wanted.filter(important).forEach(reserve);
  let crowd = wanted.length < 2000 ? wanted.filter((node) => !important(node)) : [];
  labelled = 0;
  // A crowd with as many names as fit is a page of text; zoomed in, fewer are in view and all get theirs.
  let ordinary = wanted.length > 300 && !focus ? 80 : 400;
  for (const node of wanted) {
    if (!important(node)) {
      crowd.forEach(reserve);
      crowd = [];
      if (ordinary <= 0) break;
    }
    const at = where(node), spot = screen(at), w = widthOf(ctx, node), h = 16, gap = node.size * scale + 4;
    const choices = [[gap, -h / 2], [-gap - w, -h / 2], [-w / 2, gap - 3], [-w / 2, -gap - h + 3]];
    const whole = (x) => x >= 2 && x + w <= stage.clientWidth - 2;
    const fits = choices.find(([dx, dy]) => whole(spot.x + dx) && free({ x: spot.x + dx, y: spot.y + dy, w, h }));
    const must = focus && chosen.node === node;
    if (!fits && !must) continue;
    const [dx, dy] = fits || choices[0];
    take({ x: spot.x + dx - 3, y: spot.y + dy, w: w + 6, h });
    if (!important(node)) ordinary--;
    ctx.font = fontOf(node, scale);
    halo(ctx, node.text, at.x + dx / scale, at.y + (dy + h / 2) / scale, scale, node.rank > 0 ? "#111827" : "#2c3849");
    labelled++;
  }
}

// ---- moving about ----------------------------------------------------------------------------------------
// Room beside the legend, and beside the panel while it is open.
function room() {
  const legend = byId("legend"), narrow = stage.clientWidth < 700;
  const left = legend.hidden || narrow ? 8 : legend.offsetWidth + 24;
  const right = panel.hidden || narrow ? 12 : panel.offsetWidth + 24;
  return { left, right, width: Math.max(stage.clientWidth - left - right, 50), height: Math.max(stage.clientHeight - 36, 50) };
}
function frame(box, least, most) {
  const free = room();
  const scale = Math.max(Math.min(free.width / Math.max(box.right - box.left, 1), free.height / Math.max(box.bottom - box.top, 1), most), least);
  network.moveTo({
    scale,
    position: { x: (box.left + box.right) / 2 - (free.left - free.right) / 2 / scale, y: (box.top + box.bottom) / 2 },
  });
}
function around(shown, margin) {
  const points = shown.map(where), xs = points.map((p) => p.x), ys = points.map((p) => p.y);
  const least = (list) => list.reduce((a, b) => Math.min(a, b)), most = (list) => list.reduce((a, b) => Math.max(a, b));
  return { left: least(xs) - margin, right: most(xs) + 3 * margin, top: least(ys) - margin, bottom: most(ys) + margin };
}
function fit() {
  untouched = true;
  const shown = [...nodes.values()].filter(seen);
  if (!shown.length) return;
  const box = around(shown, 12);
  (data.bands || []).forEach((band) => {
    if (!band.groups.some((group) => !hiddenGroups.has(group))) return;
    box.left = Math.min(box.left, band.x - 12);
    box.right = Math.max(box.right, band.x + band.width + 12);
    box.top = Math.min(box.top, band.y);
    box.bottom = Math.max(box.bottom, band.y + band.height);
  });
  frame(box, 0.01, 1.6);
}
// Until a reader moves about, the whole stays in view. vis changes the zoom after it has told of a new size, so
// this waits until it is done.
let untouched = true;
network.on("resize", () => Promise.resolve().then(() => { if (untouched) fit(); }));
network.on("dragStart", () => { untouched = false; });
const zoom = (factor) => {
  untouched = false;
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.02), 8) });
};
// A node with all that it is related to; where that is the whole page, at least the node itself, readable.
function show(node) {
  untouched = false;
  if (hiddenGroups.has(String(node.group))) filterGroup(String(node.group), true);
  const near = new Set([node]);
  node.links.filter(linkSeen).forEach((link) => near.add(link.from).add(link.to));
  frame(around([...near], 40), 0.01, 1.4);
  if (network.getScale() < 0.3) {
    const at = where(node);
    frame({ left: at.x, right: at.x, top: at.y, bottom: at.y }, 0.01, 0.6);
  }
}
network.on("zoom", () => {
  untouched = false;
  const scale = network.getScale();
  if (scale < 0.02 || scale > 12) network.moveTo({ scale: Math.min(Math.max(scale, 0.02), 12) });
});
network.on("dragging", (event) => { if (event.nodes.length) places = null; });
network.on("dragEnd", (event) => { if (event.nodes.length) places = null; });
network.on("stabilized", () => { places = null; });
if (physics) network.once("stabilizationIterationsDone", () => { places = null; fit(); });
network.on("hoverNode", () => { stage.style.cursor = "pointer"; });
network.on("blurNode", () => { stage.style.cursor = ""; });
network.on("click", (event) => {
  const id = network.getNodeAt(event.pointer.DOM);
  if (id !== undefined && nodes.has(id)) { choose(nodes.get(id), false); return; }
  const edge = network.getEdgeAt(event.pointer.DOM);
  const link = edge === undefined ? undefined : edges.get(edge);
  // In a dense picture every blank spot is near some edge: there only edges of the chosen node answer.
  const near = link && (edges.size < 300 || network.getScale() > 1.1 || (chosen && chosen.node && chosen.node.links.includes(link)));
  if (near) chooseLink(link); else clear();
});
