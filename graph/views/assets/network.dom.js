// ---- text and elements -----------------------------------------------------------------------------------
const byId = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all));
const count = (n) => n.toLocaleString("en-US");
// Control characters, direction overrides and stray joiners would reorder or break what stands around a name.
const BAD = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const clean = (text) => String(text).slice(0, 4000).replace(BAD, " ").replace(/\s+/g, " ").trim();
const short = (text, most) => {
  const signs = Array.from(clean(text));
  return signs.length > most ? signs.slice(0, most - 1).join("") + "…" : signs.join("");
};
const folded = (text) => String(text).slice(0, 400).normalize("NFKC").toLowerCase().replace(BAD, "").replace(/\s+/g, "");
const nameOf = (i) => data.names[i];
const kindOf = (i) => labels[labelOf[i]].name;

function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) made.append(child);
  }
  return made;
}
const bdi = (text) => el("bdi", null, String(text));
const button = (text, title, onclick, more) => el("button", { type: "button", title, "aria-label": title, onclick, ...more }, text);
const selectOf = (options, value, onchange, more) => {
  const made = el("select", { onchange: (event) => onchange(event.target.value), ...more },
    options.map(([key, text]) => el("option", { value: key }, short(text, 40))));
  made.value = value;
  return made;
};
const SVG = "http://www.w3.org/2000/svg";
const svgEl = (tag, attributes, text) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
};

// ---- shapes: one outline per kind, for canvas, legend and SVG alike --------------------------------------
function corners(shape, r) {
  const ring = (n, radius, turn) => Array.from({ length: n }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / n, l = radius(i);
    return [l * Math.cos(angle), l * Math.sin(angle)];
  });
  switch (shape) {
    case "square": return [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]].map(([x, y]) => [x * r, y * r]);
    case "diamond": return ring(4, () => 1.15 * r, 0);
    case "triangle": return ring(3, () => 1.25 * r, -Math.PI / 2);
    case "triangleDown": return ring(3, () => 1.25 * r, Math.PI / 2);
    case "hexagon": return ring(6, () => 1.05 * r, 0);
    case "star": return ring(10, (i) => (i % 2 ? 0.55 : 1.25) * r, -Math.PI / 2);
    default: return null;
  }
}
function outline(ctx, shape, x, y, r) {
  ctx.beginPath();
  const points = corners(shape, r);
  if (points) points.forEach(([dx, dy], i) => (i ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy)));
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.closePath();
}
function shapeSvg(shape, x, y, r, attributes) {
  const points = corners(shape, r);
  return points
    ? svgEl("polygon", { points: points.map(([dx, dy]) => (x + dx).toFixed(1) + "," + (y + dy).toFixed(1)).join(" "), ...attributes })
    : svgEl("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), ...attributes });
}
function mark(shape, color, more) {
  const svg = svgEl("svg", { class: "mark", viewBox: "-7 -7 14 14", "aria-hidden": "true" });
  svg.append(shapeSvg(shape, 0, 0, 5.2, { fill: color, ...more }));
  return svg;
}
const markOf = (i) => mark(labels[labelOf[i]].shape, shade(labels[labelOf[i]].color));

// ---- colours: light and dark -----------------------------------------------------------------------------
const THEMES = {
  light: { back: "#ffffff", bands: ["#f3f6fa", "#fafbfc"], box: "#d9dee6", ink: "#2c3849", hub: "#111827", soft: "#5b6675",
    halo: "rgba(255,255,255,.92)", veil: "rgba(255,255,255,.82)", edge: [84, 112, 158], link: "#3f5f9c", path: "#c2410c", ring: "#c81e1e", none: "#b3bac5", hatch: "#bac3cf" },
  dark: { back: "#10161f", bands: ["#172029", "#131b24"], box: "#2d3948", ink: "#cfd8e3", hub: "#f2f5f9", soft: "#93a1b3",
    halo: "rgba(16,22,31,.9)", veil: "rgba(16,22,31,.82)", edge: [130, 158, 204], link: "#8fb0ea", path: "#fb923c", ring: "#ff6b6b", none: "#5c6776", hatch: "#4a586a" },
};
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
let themeName = prefersDark.matches ? "dark" : "light";
let T = THEMES[themeName];
const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const shades = new Map();
function shade(color) {
  if (themeName !== "dark") return color;
  if (!shades.has(color)) {
    let parts = rgb(color);
    const light = () => parts.reduce((sum, value, at) => sum + [0.2126, 0.7152, 0.0722][at] * (value / 255) ** 2.2, 0);
    while (light() < 0.22) parts = parts.map((value) => value + (255 - value) * 0.15);
    shades.set(color, "#" + parts.map((value) => Math.round(value).toString(16).padStart(2, "0")).join(""));
  }
  return shades.get(color);
}
// Five steps that stay apart for the colour-blind, and in print (ColorBrewer YlGnBu, without its palest).
const RAMP = ["#a1dab4", "#41b6c4", "#2c8fbe", "#2560a8", "#1d2f7f"];
const RAMP_DARK = ["#2b5d8c", "#2f83b0", "#3fb0bb", "#8fd6a8", "#f1f7b0"];
const GROUPS = ["#2563eb", "#d97706", "#0f766e", "#be185d", "#6d4bc3", "#65840f", "#0891b2", "#a3392b", "#7a5b1e", "#475569"];
