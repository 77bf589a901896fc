// ---- the view: while it moves, the last picture moves; when it rests, it is drawn anew --------------------
const stage = byId("stage"), canvas = byId("canvas"), screen = canvas.getContext("2d");
const panel = byId("panel"), legend = byId("legend");
const view = { x: 0, y: 0, s: 1 }; // screen = drawing · s + (x, y), in CSS pixels
let width = 0, height = 0, ratio = 1;
let untouched = true;
// Three pictures: boxes, relations and nodes; the same with what is chosen and names; and the whole from afar, for
// what comes into view before it is drawn. Each knows for which view it is.
const ground = { held: null }, shot = { held: null }, whole = { held: null };
let version = 0, job = null, resting = 0, labelled = 0, hovered = -1, cursor = -1;
let drawn = 0; // pictures finished: what tests and benchmarks wait for

const same = (a, b) => a && a.x === b.x && a.y === b.y && a.s === b.s && a.version === version && a.width === width && a.height === height && a.ratio === ratio;
const now = () => ({ ...view, version, width, height, ratio });
function target(k) {
  const made = surface(width * k, height * k);
  return { ctx: made.ctx, canvas: made.canvas, w: made.canvas.width, h: made.canvas.height, k };
}
const scaled = (v, k) => ({ x: v.x * k, y: v.y * k, s: v.s * k });

function show() {
  screen.setTransform(1, 0, 0, 1, 0, 0);
  const put = (picture) => {
    const f = view.s / picture.at.s;
    screen.drawImage(picture.held, (view.x - picture.at.x * f) * ratio, (view.y - picture.at.y * f) * ratio,
      picture.at.width * f * ratio, picture.at.height * f * ratio);
  };
  const exact = shot.held && shot.at.s === view.s && shot.at.x === view.x && shot.at.y === view.y && shot.at.width === width && shot.at.height === height;
  if (!exact) {
    screen.fillStyle = T.back;
    screen.fillRect(0, 0, canvas.width, canvas.height);
    if (shot.held) {
      const f = view.s / shot.at.s, left = view.x - shot.at.x * f, top = view.y - shot.at.y * f;
      const covered = left <= 0 && top <= 0 && left + shot.at.width * f >= width && top + shot.at.height * f >= height;
      if (!covered && whole.held && whole.at.version === version) {
        put(whole);
      }
    }
  }
  if (shot.held) put(shot);
  for (const [i, color] of [[hovered, T.soft], [cursor, T.path]]) {
    if (i < 0 || !nodeOn[i]) continue;
    outline(screen, labels[labelOf[i]].shape, (X[i] * view.s + view.x) * ratio, (Y[i] * view.s + view.y) * ratio, (reach(i, view.s) + 3.5) * ratio);
    screen.lineWidth = 2 * ratio;
    screen.strokeStyle = color;
    screen.stroke();
  }
}
let waiting = false;
function later() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; show(); });
}
const quick = () => shownEdges <= 6000 && shownNodes <= 4000;
// The work of a picture, in slices between which the page answers.
function run(steps_, done) {
  const own = { stop: false };
  job = own;
  const slice = () => {
    if (own.stop) return;
    const until = performance.now() + (drawn ? 14 : 60);
    let result = steps_.next();
    while (!result.done && performance.now() < until) result = steps_.next();
    if (!result.done) { setTimeout(slice, 0); return; }
    job = null;
    done();
  };
  slice();
}
function stop() { if (job) job.stop = true; job = null; }
const covers = () => [legend, panel].filter((one) => !one.hidden && one.offsetWidth).map((one) =>
  ({ x: one.offsetLeft, y: one.offsetTop, w: one.offsetWidth, h: one.offsetHeight }));
function finish() {
  const made = target(ratio), held = focus();
  made.ctx.drawImage(ground.held, 0, 0);
  if (held) overlay(made, scaled(view, ratio), held);
  labelled = names(made, scaled(view, ratio), held, covers()).labelled;
  shot.held = made.canvas;
  shot.at = now();
  if (!drawn++) byId("said").textContent = "";
  show();
  document.body.dataset.ready = "1";
  if (!whole.held || whole.at.version !== version) far_off();
}
function far_off() {
  const box = extent();
  if (!box) return;
  const at = { ...fitted(box, { left: 0, right: 0, width, height }, 0, 4), version, width, height, ratio };
  const made = target(1);
  const keep = (steps_) => run(steps_, () => { whole.held = made.canvas; whole.at = at; });
  setTimeout(() => { if (!job && whole.at !== at && version === at.version) keep(base(made, at)); }, 200);
}
function sharp() {
  clearTimeout(resting);
  resting = 0;
  if (!width || !height) return;
  stop();
  if (ground.held && same(ground.at, now())) { finish(); return; }
  const made = target(ratio), at = now(), steps_ = base(made, scaled(view, ratio));
  const done = () => { ground.held = made.canvas; ground.at = at; finish(); };
  if (quick()) { while (!steps_.next().done); done(); } else run(steps_, done);
}
// Something else is shown: filters, layout, colours.
function redraw() { version++; sharp(); }
function moved() {
  stop();
  clearTimeout(resting);
  resting = setTimeout(sharp, 140);
  later();
  remember();
}

// ---- fitting ---------------------------------------------------------------------------------------------
// Room beside the legend, and beside the panel while it is open.
function room() {
  const narrow = width < 700;
  const left = legend.hidden || narrow || !legend.offsetWidth ? 8 : legend.offsetWidth + 24;
  const right = panel.hidden || narrow ? 12 : panel.offsetWidth + 24;
  return { left, right, width: Math.max(width - left - right, 50), height: Math.max(height, 50) };
}
function extent(shown) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  const add = (x0, y0, x1, y1) => {
    box.left = Math.min(box.left, x0); box.right = Math.max(box.right, x1);
    box.top = Math.min(box.top, y0); box.bottom = Math.max(box.bottom, y1);
  };
  const one = (i) => add(X[i] - 12, Y[i] - 12, X[i] + 12, Y[i] + 12);
  if (shown) shown.forEach(one);
  else {
    for (let i = 0; i < N; i++) if (nodeOn[i]) one(i);
    // The titles of bands stand at their left, whatever is filtered.
    if (box.left < Infinity && filtering()) boxes().forEach((b) => { if (b.kind === "band") box.left = Math.min(box.left, b.x - 12); });
    else if (box.left < Infinity) boxes().forEach((b) => add(b.x - (b.kind === "band" ? 12 : 0), b.y, b.x + b.width + (b.kind === "band" ? 12 : 0), b.y + b.height));
  }
  return box.left < Infinity ? box : null;
}
function fitted(box, free, least, most) {
  const w = Math.max(box.right - box.left, 1), h = Math.max(box.bottom - box.top, 1);
  const s = Math.max(Math.min((free.width - 12) / w, (free.height - 28) / h, most), least);
  return { s, x: free.left + free.width / 2 - ((box.left + box.right) / 2) * s, y: free.height / 2 - ((box.top + box.bottom) / 2) * s };
}
function frame(box, least, most) { Object.assign(view, fitted(box, room(), least, most)); }
function fit() {
  untouched = true;
  const box = extent();
  if (box) frame(box, 0.001, 1.6);
  sharp();
  remember();
}
const limits = (s) => Math.min(Math.max(s, 0.002), 12);
function zoom(factor, x, y) {
  untouched = false;
  const s = limits(view.s * factor), f = s / view.s;
  const free = room(), cx = x === undefined ? free.left + free.width / 2 : x, cy = y === undefined ? height / 2 : y;
  view.x = cx - (cx - view.x) * f;
  view.y = cy - (cy - view.y) * f;
  view.s = s;
  moved();
}
// A node with all that it is related to; where that is the whole page, at least the node itself, readable.
function goTo(shown, main) {
  untouched = false;
  const box = extent(shown);
  if (box) frame(box, 0.001, 1.4);
  const all = extent();
  const least = Math.min(0.3, all ? 0.55 * fitted(all, { left: 0, right: 0, width, height }, 0, 2).s : 0.3);
  if (main >= 0 && view.s < least) frame(extent([main]), 0, 0.6);
}
function resize() {
  const w = stage.clientWidth, h = stage.clientHeight, r = Math.min(window.devicePixelRatio || 1, 2);
  if (w === width && h === height && r === ratio) return;
  width = w; height = h; ratio = r;
  canvas.width = Math.max(1, Math.round(w * r));
  canvas.height = Math.max(1, Math.round(h * r));
  if (untouched) fit(); else sharp();
}

// ---- pointing --------------------------------------------------------------------------------------------
let grid = null;
function cells() {
  if (grid && grid.X === X) return grid;
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let i = 0; i < N; i++) { left = Math.min(left, X[i]); right = Math.max(right, X[i]); top = Math.min(top, Y[i]); bottom = Math.max(bottom, Y[i]); }
  const size = Math.max(Math.sqrt(((right - left) * (bottom - top)) / Math.max(N, 1)) * 2, 1, (right - left) / 1000, (bottom - top) / 1000);
  const columns = Math.floor((right - left) / size) + 1, rows_ = Math.floor((bottom - top) / size) + 1;
  const cellOf = (i) => Math.floor((Y[i] - top) / size) * columns + Math.floor((X[i] - left) / size);
  const ends = new Uint32Array(columns * rows_ + 1), all = new Uint32Array(N);
  for (let i = 0; i < N; i++) ends[cellOf(i) + 1]++;
  for (let i = 0; i < columns * rows_; i++) ends[i + 1] += ends[i];
  const next = ends.slice();
  for (let i = 0; i < N; i++) all[next[cellOf(i)]++] = i;
  grid = { X, left, top, size, columns, rows: rows_, ends, all };
  return grid;
}
function nodeAt(px, py) {
  if (!N) return -1;
  const g = cells(), x = (px - view.x) / view.s, y = (py - view.y) / view.s, margin = 30 / view.s;
  const clamp = (value, most) => Math.min(Math.max(Math.floor(value), 0), most - 1);
  let best = -1, least = Infinity;
  for (let row = clamp((y - margin - g.top) / g.size, g.rows); row <= clamp((y + margin - g.top) / g.size, g.rows); row++) {
    for (let cell = clamp((x - margin - g.left) / g.size, g.columns); cell <= clamp((x + margin - g.left) / g.size, g.columns); cell++) {
      for (let at = g.ends[row * g.columns + cell]; at < g.ends[row * g.columns + cell + 1]; at++) {
        const i = g.all[at];
        if (!nodeOn[i]) continue;
        const away = Math.hypot(X[i] - x, Y[i] - y) * view.s - reach(i, view.s);
        if (away < 4 && away < least) { least = away; best = i; }
      }
    }
  }
  return best;
}
// In a dense picture every blank spot is near some relation: there only those of the chosen node answer.
function linkAt(px, py) {
  const held = focus(), candidates = held ? held.links : shownEdges < 300 || view.s > 1.1 ? null : [];
  let best = -1, least = 5;
  const test = (e) => {
    if (!edgeOn[e]) return;
    const x0 = X[from[e]] * view.s + view.x, y0 = Y[from[e]] * view.s + view.y, dx = X[to[e]] * view.s + view.x - x0, dy = Y[to[e]] * view.s + view.y - y0;
    const t = Math.min(Math.max(((px - x0) * dx + (py - y0) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    const away = Math.hypot(px - x0 - t * dx, py - y0 - t * dy);
    if (away < least) { least = away; best = e; }
  };
  if (candidates) candidates.forEach(test); else for (let e = 0; e < M; e++) test(e);
  return best;
}
const tip = byId("tip");
function hover(px, py) {
  const i = nodeAt(px, py);
  canvas.classList.toggle("hit", i >= 0);
  if (i >= 0) {
    tip.replaceChildren(bdi(short(nameOf(i), 80)), el("span", null, kindOf(i)));
    tip.hidden = false;
    const left = Math.min(px + 14, width - tip.offsetWidth - 4), top = py + 18 + tip.offsetHeight > height ? py - tip.offsetHeight - 8 : py + 18;
    // CSSOM, which the policy allows; attributes of style it would not.
    tip.style.transform = `translate(${Math.max(left, 2)}px, ${Math.max(top, 2)}px)`;
  } else tip.hidden = true;
  if (i !== hovered) { hovered = i; later(); }
}
let drag = null;
const pointers = new Map();
canvas.addEventListener("pointerdown", (event) => {
  pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
  try { canvas.setPointerCapture(event.pointerId); } catch { /* made by a script */ }
  drag = { x: event.offsetX, y: event.offsetY, far: false };
});
canvas.addEventListener("pointermove", (event) => {
  const last = pointers.get(event.pointerId), x = event.offsetX, y = event.offsetY;
  if (!last) { hover(x, y); return; }
  if (pointers.size === 2) {
    const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, p]) => p);
    const before = Math.hypot(last.x - other.x, last.y - other.y), after = Math.hypot(x - other.x, y - other.y);
    pointers.set(event.pointerId, { x, y });
    drag = null;
    if (before > 0) zoom(after / before, (x + other.x) / 2, (y + other.y) / 2);
    return;
  }
  if (drag && Math.hypot(x - drag.x, y - drag.y) > 3) drag.far = true;
  if (!drag || drag.far) {
    untouched = false;
    tip.hidden = true;
    hovered = -1;
    view.x += x - last.x;
    view.y += y - last.y;
    moved();
  }
  pointers.set(event.pointerId, { x, y });
});
function released(event) {
  const clicked = event.type === "pointerup" && drag && !drag.far && pointers.size === 1;
  pointers.delete(event.pointerId);
  drag = null;
  if (!clicked) return;
  const i = nodeAt(event.offsetX, event.offsetY);
  if (i >= 0) { choose(i, false); return; }
  const e = linkAt(event.offsetX, event.offsetY);
  if (e >= 0) chooseLink(e); else clear();
}
canvas.addEventListener("pointerup", released);
canvas.addEventListener("pointercancel", released);
canvas.addEventListener("pointerleave", () => { tip.hidden = true; if (hovered >= 0) { hovered = -1; later(); } });
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(Math.exp(-Math.max(Math.min(event.deltaY * (event.deltaMode ? 16 : 1), 240), -240) * 0.0016), event.offsetX, event.offsetY);
}, { passive: false });
canvas.addEventListener("dblclick", (event) => zoom(1.6, event.offsetX, event.offsetY));
