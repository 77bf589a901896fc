// ---- one picture: boxes, relations, nodes; then what is chosen; then names -------------------------------
const LABEL = 12.5, HUB = 13.5;
const texts = new Array(N), wide = new Float32Array(N);
const textOf = (i) => texts[i] || (texts[i] = short(nameOf(i), 22) || "—");
let large = 1; // names in a presentation
const fontOf = (i, k) => (rankOf(i) > 0 ? "600 " + HUB * k * large : LABEL * k * large) + "px " + data.font;
function widthOf(ctx, i) {
  if (!wide[i]) {
    ctx.font = fontOf(i, 1 / large);
    wide[i] = ctx.measureText(textOf(i)).width;
  }
  return wide[i] * large;
}
const boxShown = (box) => !box.groups.length || box.groups.some((group) => !state.labels.has(group));
const boxes = () => layouts[state.layout].boxes.filter(boxShown);

function background(target, V) {
  const { ctx, w, h, k } = target;
  ctx.fillStyle = T.back;
  ctx.fillRect(0, 0, w, h);
  boxes().forEach((box, at) => {
    const x = box.x * V.s + V.x, y = box.y * V.s + V.y, bw = box.width * V.s, bh = box.height * V.s;
    ctx.fillStyle = box.kind === "band" ? T.bands[at % 2] : T.bands[0];
    if (box.kind === "band") { ctx.fillRect(x - 12 * V.s, y, bw + 24 * V.s, bh); return; }
    ctx.fillRect(x, y, bw, bh);
    if (box.kind === "unknown") hatch(ctx, x, y, bw, bh, k, w, h);
    ctx.lineWidth = k;
    ctx.strokeStyle = T.box;
    ctx.strokeRect(x, y, bw, bh);
  });
}
function hatch(ctx, x, y, bw, bh, k, w, h) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, bw, bh);
  ctx.clip();
  ctx.strokeStyle = T.hatch;
  ctx.lineWidth = k;
  ctx.beginPath();
  const left = Math.max(x, 0), right = Math.min(x + bw, w), top = Math.max(y, 0), bottom = Math.min(y + bh, h), step = 9 * k;
  for (let at = Math.ceil((left + top) / step) * step; at < right + bottom; at += step) { ctx.moveTo(at - top, top); ctx.lineTo(at - bottom, bottom); }
  ctx.stroke();
  ctx.restore();
}
function* base(target, V) {
  background(target, V);
  yield;
  yield* lines(target, V);
  yield;
  yield* dots(target, V);
}

// What is chosen: its nodes and relations, or null.
function focus() {
  if (state.path && state.path.found) return { nodes: new Set(state.path.found.nodes), links: state.path.found.links, main: state.path.found.nodes[0], path: true };
  if (state.link >= 0) return { nodes: new Set([from[state.link], to[state.link]]), links: [state.link], main: -1 };
  if (state.node < 0) return null;
  const near = neighbourhood(state.node, state.steps, (e) => edgeOn[e]);
  const inside = [];
  if (state.steps === 1) for (const e of linksOf(state.node)) { if (edgeOn[e]) inside.push(e); }
  else {
    const inner = neighbourhood(state.node, state.steps - 1, (e) => edgeOn[e]), seen = new Set();
    for (const i of inner) for (const e of linksOf(i)) if (edgeOn[e] && !seen.has(e)) { seen.add(e); inside.push(e); }
  }
  return { nodes: near, links: inside, main: state.node };
}
function overlay(target, V, held) {
  const { ctx, w, h, k } = target;
  ctx.fillStyle = T.veil;
  ctx.fillRect(0, 0, w, h);
  const arrows = held.links.length <= 200;
  ctx.globalAlpha = held.links.length > 400 ? 0.35 : 0.8;
  for (const e of held.links.slice(0, 20000)) {
    const x0 = X[from[e]] * V.s + V.x, y0 = Y[from[e]] * V.s + V.y, x1 = X[to[e]] * V.s + V.x, y1 = Y[to[e]] * V.s + V.y;
    ctx.strokeStyle = ctx.fillStyle = held.path ? T.path : T.link;
    ctx.lineWidth = (held.path ? 3 : 1.4) * k;
    ctx.setLineDash(relations[typeOf[e]].dash ? [5 * k, 4 * k] : []);
    ctx.beginPath();
    ctx.moveTo(x0, y0);
    ctx.lineTo(x1, y1);
    ctx.stroke();
    const length = Math.hypot(x1 - x0, y1 - y0), gap = (reach(to[e], V.s / k) + 2) * k;
    if (!arrows || length < gap + 14 * k) continue;
    const ux = (x1 - x0) / length, uy = (y1 - y0) / length, tx = x1 - ux * gap, ty = y1 - uy * gap, size = (held.path ? 8 : 5.5) * k;
    ctx.beginPath();
    ctx.moveTo(tx, ty);
    ctx.lineTo(tx - ux * size - uy * size * 0.5, ty - uy * size + ux * size * 0.5);
    ctx.lineTo(tx - ux * size + uy * size * 0.5, ty - uy * size - ux * size * 0.5);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  for (const i of held.nodes) {
    if (!nodeOn[i]) continue;
    const x = X[i] * V.s + V.x, y = Y[i] * V.s + V.y, main = i === held.main || (held.path && true), r = Math.max(reach(i, V.s / k), main ? 4.5 : 2.6) * k;
    if (x < -30 || y < -30 || x > w + 30 || y > h + 30) continue;
    const one = stamp(labels[labelOf[i]].shape, paint[i], Math.round(r * 2) / 2, disputed[i]);
    ctx.drawImage(one.canvas, Math.round(x - one.half), Math.round(y - one.half));
    if (!main) continue;
    outline(ctx, labels[labelOf[i]].shape, x, y, r + 2.5 * k);
    ctx.lineWidth = 2 * k;
    ctx.strokeStyle = held.path ? T.path : T.hub;
    ctx.stroke();
  }
}

// Names, most important first, each where it covers no other name and no important dot.
function names(target, V, held, covers) {
  const { ctx, w, h, k } = target, s = V.s / k, taken = new Map(), CELL = 48;
  const width = w / k, height = h / k, placed = [];
  const cells = (r, visit) => {
    for (let i = Math.floor(r.x / CELL); i <= Math.floor((r.x + r.w) / CELL); i++) {
      for (let j = Math.floor(r.y / CELL); j <= Math.floor((r.y + r.h) / CELL); j++) if (visit(i * 100003 + j)) return true;
    }
    return false;
  };
  const free = (r) => !cells(r, (key) => (taken.get(key) || []).some((o) => r.x < o.x + o.w && o.x < r.x + r.w && r.y < o.y + o.h && o.y < r.y + r.h));
  const take = (r) => { cells(r, (key) => { if (!taken.has(key)) taken.set(key, []); taken.get(key).push(r); return false; }); };
  const spot = (i) => ({ x: (X[i] * V.s + V.x) / k, y: (Y[i] * V.s + V.y) / k });
  const seen = (i) => { const p = spot(i); return p.x >= 0 && p.x <= width && p.y >= 0 && p.y <= height; };
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  covers.forEach(take);
  const write = (text, x, y, font, color) => {
    ctx.font = font;
    ctx.lineJoin = "round";
    ctx.lineWidth = 3.2 * k;
    ctx.strokeStyle = T.halo;
    ctx.strokeText(text, x * k, y * k);
    ctx.fillStyle = color;
    ctx.fillText(text, x * k, y * k);
    placed.push({ text, x, y, font, color });
  };
  if (!held) {
    for (const box of boxes()) {
      const title = short(box.name, 24), left = (box.x * V.s + V.x) / k, top = (box.y * V.s + V.y) / k, bh = (box.height * V.s) / k;
      if (!title || left > width || top > height || top + bh < 0) continue;
      const font = "600 " + 12 * k * large + "px " + data.font;
      ctx.font = font;
      const tw = ctx.measureText(title).width / k, band = box.kind === "band", room = band ? Infinity : (box.width * V.s) / k - 6;
      const at = { x: left + (band ? 0 : 6), y: band ? top + bh / 2 : top + 11 };
      const r = { x: at.x, y: at.y - 8, w: tw, h: 16 };
      if (tw > room && state.layout !== 0) { if (room < 30) continue; }
      if (!free(r)) continue;
      take(r);
      write(tw > room ? short(title, Math.max(2, Math.floor(room / 13))) : title, at.x, at.y, font, T.soft);
    }
  }
  const order = [];
  if (held && held.main >= 0) order.push(held.main);
  const most = held ? 3000 : 2500;
  for (let at = 0; at < N && order.length < most; at++) {
    const i = ranked[at];
    if (nodeOn[i] && (!held || (held.nodes.has(i) && i !== held.main)) && seen(i)) order.push(i);
  }
  const reserve = (i) => { const p = spot(i), r = reach(i, s) * 0.8; take({ x: p.x - r, y: p.y - r, w: 2 * r, h: 2 * r }); };
  // Names of hubs may cover the dots of a crowd, but not each other's dots; other names cover no dot at all.
  const important = (i) => rankOf(i) > 0 || held !== null;
  order.filter(important).forEach(reserve);
  let crowd = order.length < 2000 ? order.filter((i) => !important(i)) : [];
  // A crowd with as many names as fit is a page of text; zoomed in, fewer are in view and all get theirs.
  let ordinary = order.length > 300 && !held ? 80 : 400, hubs = 260, labelled = 0;
  for (const i of order) {
    if (!important(i)) {
      crowd.forEach(reserve);
      crowd = [];
      if (ordinary <= 0) break;
    } else if (hubs-- <= 0 && !held) continue;
    const p = spot(i), tw = widthOf(ctx, i), th = 16 * large, gap = reach(i, s) + 4;
    const choices = [[gap, -th / 2], [-gap - tw, -th / 2], [-tw / 2, gap - 3], [-tw / 2, -gap - th + 3]];
    const whole = (x) => x >= 2 && x + tw <= width - 2;
    const fit = choices.find(([dx, dy]) => whole(p.x + dx) && free({ x: p.x + dx, y: p.y + dy, w: tw, h: th }));
    if (!fit && !(held && (i === held.main || held.path))) continue;
    const [dx, dy] = fit || choices[0];
    take({ x: p.x + dx - 3, y: p.y + dy, w: tw + 6, h: th });
    if (!important(i)) ordinary--;
    write(textOf(i), p.x + dx, p.y + dy + th / 2, fontOf(i, k), rankOf(i) > 0 ? T.hub : T.ink);
    labelled++;
  }
  return { labelled, placed };
}
