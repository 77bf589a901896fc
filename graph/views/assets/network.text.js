const data = JSON.parse(document.getElementById("data").textContent);
const W = data.words;
const byId = (id) => document.getElementById(id);
const details = data.details || {}, relations = data.relations || {}, cites = data.cites || [];
const groupsOf = data.groups || {};

// ---- text ------------------------------------------------------------------------------------------------
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

// ---- DOM -------------------------------------------------------------------------------------------------
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
const SVG = "http://www.w3.org/2000/svg";
const OUTLINES = {
  square: "2,2 12,2 12,12 2,12", diamond: "7,0.5 13.5,7 7,13.5 0.5,7", triangle: "7,1 13.5,12.5 0.5,12.5",
  triangleDown: "7,13 13.5,1.5 0.5,1.5", hexagon: "3.5,1 10.5,1 14,7 10.5,13 3.5,13 0,7",
  star: "7,0 8.8,4.8 14,5 9.9,8.2 11.4,13.3 7,10.3 2.6,13.3 4.1,8.2 0,5 5.2,4.8",
};
function mark(shape, color) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "mark");
  svg.setAttribute("viewBox", "0 0 14 14");
  svg.setAttribute("aria-hidden", "true");
  const outline = OUTLINES[shape];
  const drawn = document.createElementNS(SVG, outline ? "polygon" : "circle");
  if (outline) drawn.setAttribute("points", outline);
  else for (const [name, value] of [["cx", 7], ["cy", 7], ["r", 6]]) drawn.setAttribute(name, String(value));
  drawn.setAttribute("fill", typeof color === "string" ? color : "#6b7280");
  svg.append(drawn);
  return svg;
}
