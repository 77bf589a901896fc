// ---- canvases: relations as pixels where they are many, nodes as stamps ----------------------------------
function surface(width, height, read) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  return { canvas, ctx: canvas.getContext("2d", read ? { willReadFrequently: true } : undefined) };
}
// Up to here a canvas strokes the lines; beyond, that takes it seconds, and own pixels take a tenth of that.
const STROKED = 1200;
const FINE = 40000; // lines up to which each is smooth
const opacity = (shown) => (shown < 400 ? 0.45 : shown < 1200 ? 0.28 : shown < 4000 ? 0.15 : shown < 20000 ? 0.1 : shown < 60000 ? 0.06 : 0.03);

// A line clipped to the picture (Liang & Barsky 1984); false where it misses it.
const clipped = new Float64Array(4);
function clip(x0, y0, x1, y1, w, h) {
  let a = 0, b = 1;
  const dx = x1 - x0, dy = y1 - y0;
  for (let side = 0; side < 4; side++) {
    const p = side === 0 ? -dx : side === 1 ? dx : side === 2 ? -dy : dy;
    const q = side === 0 ? x0 - 1 : side === 1 ? w - 2 - x0 : side === 2 ? y0 - 1 : h - 2 - y0;
    if (p === 0) { if (q < 0) return false; continue; }
    const r = q / p;
    if (p < 0) { if (r > b) return false; if (r > a) a = r; } else { if (r < a) return false; if (r < b) b = r; }
  }
  clipped[0] = x0 + a * dx; clipped[1] = y0 + a * dy; clipped[2] = x0 + b * dx; clipped[3] = y0 + b * dy;
  return true;
}
// Adds a line to the sums: where many lines cross, the pixel grows darker, but never so dark that one hides.
function addLine(sums, w, x0, y0, x1, y1, fine) {
  const dx = x1 - x0, dy = y1 - y0, flat = Math.abs(dx) >= Math.abs(dy);
  const steps_ = Math.round(flat ? Math.abs(dx) : Math.abs(dy)) + 1;
  // Fixed point with 16 bits behind it: no rounding function in the inner loop.
  if (flat) {
    const slope = Math.round((dy / Math.abs(dx || 1)) * 65536), way = dx < 0 ? -1 : 1;
    let y = Math.round(y0 * 65536), at = Math.round(x0);
    if (fine) for (let i = 0; i < steps_; i++, at += way, y += slope) { const p = (y >> 16) * w + at, part = (y >> 10) & 63; sums[p] += 64 - part; sums[p + w] += part; }
    else for (let i = 0; i < steps_; i++, at += way, y += slope) sums[(y >> 16) * w + at] += 64;
  } else {
    const slope = Math.round((dx / Math.abs(dy)) * 65536), way = dy < 0 ? -w : w;
    let x = Math.round(x0 * 65536), row = Math.round(y0) * w;
    if (fine) for (let i = 0; i < steps_; i++, row += way, x += slope) { const p = row + (x >> 16), part = (x >> 10) & 63; sums[p] += 64 - part; sums[p + 1] += part; }
    else for (let i = 0; i < steps_; i++, row += way, x += slope) sums[row + (x >> 16)] += 64;
  }
}
let sums = new Uint32Array(0);
function* lines(target, V) {
  const { ctx, w, h, k } = target;
  const alpha = opacity(shownEdges) * (themeName === "dark" ? 1.15 : 1);
  if (shownEdges <= STROKED) {
    ctx.lineWidth = k;
    for (const dashed of [false, true]) {
      ctx.setLineDash(dashed ? [4 * k, 4 * k] : []);
      ctx.strokeStyle = "rgba(" + T.edge.join(",") + "," + alpha + ")";
      for (let e = 0; e < M; e++) {
        if (!edgeOn[e] || relations[typeOf[e]].dash !== dashed) continue;
        ctx.beginPath(); // one path each: in one path crossings would not grow darker, and take longer
        ctx.moveTo(X[from[e]] * V.s + V.x, Y[from[e]] * V.s + V.y);
        ctx.lineTo(X[to[e]] * V.s + V.x, Y[to[e]] * V.s + V.y);
        ctx.stroke();
      }
    }
    ctx.setLineDash([]);
    return;
  }
  // So many lines are a shade, which half as many pixels show as well.
  const fine = shownEdges <= FINE, f = shownEdges > 3 * FINE ? 0.5 : 1, sw = Math.ceil(w * f), sh = Math.ceil(h * f);
  if (sums.length !== sw * sh) sums = new Uint32Array(sw * sh);
  else sums.fill(0);
  const s = V.s * f, x = V.x * f, y = V.y * f;
  for (let e = 0; e < M; e++) {
    if ((e & 4095) === 4095) yield;
    if (!edgeOn[e]) continue;
    const a = from[e], b = to[e];
    if (clip(X[a] * s + x, Y[a] * s + y, X[b] * s + x, Y[b] * s + y, sw, sh)) addLine(sums, sw, clipped[0], clipped[1], clipped[2], clipped[3], fine);
  }
  yield;
  const layer = surface(sw, sh, true), image = layer.ctx.createImageData(sw, sh), pixels = new Uint32Array(image.data.buffer);
  const color = (T.edge[2] << 16) | (T.edge[1] << 8) | T.edge[0];
  // Transparent layers over each other: 1 − (1 − a)ⁿ, up to a shade that leaves nodes and names readable.
  const most = 0.5, shades_ = new Uint32Array(64 * 256);
  for (let i = 1; i < shades_.length; i++) shades_[i] = (Math.round(255 * Math.min(1 - Math.pow(1 - alpha, i / 64), most)) << 24) | color;
  for (let i = 0; i < pixels.length; i++) { const sum = sums[i]; if (sum) pixels[i] = shades_[sum < 16384 ? sum : 16383]; }
  layer.ctx.putImageData(image, 0, 0);
  ctx.drawImage(layer.canvas, 0, 0, w, h);
}

const stamps = new Map();
function stamp(shape, color, r, ring) {
  const key = shape + color + r + (ring ? T.ring : T.back);
  let made = stamps.get(key);
  if (!made) {
    if (stamps.size > 4000) stamps.clear();
    const size = Math.ceil(r * 2.6 + 10), { canvas, ctx } = surface(size, size);
    outline(ctx, shape, size / 2, size / 2, r);
    ctx.fillStyle = color;
    ctx.fill();
    ctx.lineWidth = Math.max(0.6, r / 9);
    ctx.strokeStyle = T.back;
    ctx.stroke();
    if (ring) { // outside, so that the colour of a small dot stays to be seen
      ctx.lineWidth = Math.max(1.3, r / 5);
      outline(ctx, shape, size / 2, size / 2, r + ctx.lineWidth);
      ctx.strokeStyle = T.ring;
      ctx.stroke();
    }
    made = { canvas, half: size / 2 };
    stamps.set(key, made);
  }
  return made;
}
// Few dots need not become as small as the gaps between them.
const SHRINK = N < 1500 ? 0.55 : N < 8000 ? 0.8 : 1;
// Pixels on screen: dots shrink with the picture but stay visible, hubs most; they do not grow into each other.
function reach(i, s) {
  const rank = rankOf(i), least = rank > 0 ? (N > 20000 ? 2.6 : 3.4) : N > 20000 ? 0.8 : 1.6;
  return Math.min(Math.max(radius[i] * (s < 1 ? Math.pow(s, SHRINK) : s), least), radius[i] * 1.7);
}
function* dots(target, V) {
  const { ctx, w, h, k } = target, s = V.s / k;
  let drawn = 0;
  for (let at = N - 1; at >= 0; at--) {
    const i = ranked[at];
    if (!nodeOn[i]) continue;
    const x = X[i] * V.s + V.x, y = Y[i] * V.s + V.y;
    if (x < -30 * k || y < -30 * k || x > w + 30 * k || y > h + 30 * k) continue;
    const r = reach(i, s) * k;
    if (r < 2) {
      ctx.fillStyle = paint[i];
      ctx.fillRect(x - r, y - r, 2 * r, 2 * r);
      if (disputed[i]) { ctx.fillStyle = T.ring; ctx.fillRect(x - r, y - r, 2 * r, 1); }
    } else {
      const one = stamp(labels[labelOf[i]].shape, paint[i], Math.round(r * 2) / 2, disputed[i]);
      ctx.drawImage(one.canvas, Math.round(x - one.half), Math.round(y - one.half));
    }
    if ((++drawn & 2047) === 2047) yield;
  }
}
