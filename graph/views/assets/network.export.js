// ---- files: what is seen as PNG and SVG, what is shown as XLSX and CSV ------------------------------------
const PIXELS = 3840;
function save(parts, type, suffix) {
  const link = el("a", { href: URL.createObjectURL(new Blob(parts, { type })), download: "aikg-network." + suffix });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 4000);
}
const footLines = () => [fill(W.nodes_edges, { n: count(shownNodes), all: count(N), m: count(shownEdges) }), ...data.footer, W.absent, ...data.notes];
// Legend as lines: what a picture needs that leaves the page.
function keysShown() {
  const used = new Map();
  for (let i = 0; i < N; i++) if (nodeOn[i]) used.set(labelOf[i], (used.get(labelOf[i]) || 0) + 1);
  const measured = state.color !== "label";
  const made = labels.map((label, at) => ({ shape: label.shape, color: measured ? T.none : shade(label.color), text: label.name, count: used.get(at) })).filter((one) => one.count);
  if (measured) made.push({ title: measures.get(state.color).name }, ...steps.map((step) => ({ shape: "dot", ...step })));
  if (disputed.some((one, i) => one && nodeOn[i])) made.push({ shape: "dot", color: T.back, ring: true, text: W.has_conflict });
  return made;
}
function page() {
  const HEAD = 46, SIDE = 206, LINE = 17, foot = [];
  const measure = surface(8, 8).ctx;
  measure.font = "12px " + data.font;
  let line = "";
  for (const part of footLines()) {
    const longer = line ? line + "   " + clean(part) : clean(part);
    if (line && measure.measureText(longer).width > width + SIDE - 40) { foot.push(line); line = clean(part); } else line = longer;
  }
  if (line) foot.push(line);
  const free = room();
  // The part of the page beside legend and panel, with a legend of its own.
  return { HEAD, SIDE, LINE, foot, left: free.left, w: free.width + SIDE + 12, h: height + HEAD + foot.length * LINE + 16, pw: free.width, title: short(data.title, 80) };
}
function savePng() {
  const p = page(), k = Math.max(PIXELS / Math.max(p.w, p.h), 1), out = surface(p.w * k, p.h * k), ctx = out.ctx;
  stop();
  ctx.fillStyle = T.back;
  ctx.fillRect(0, 0, out.canvas.width, out.canvas.height);
  const made = surface(p.pw * k, height * k), t = { ctx: made.ctx, canvas: made.canvas, w: made.canvas.width, h: made.canvas.height, k };
  const V = scaled({ x: view.x - p.left, y: view.y, s: view.s }, k), held = focus();
  const job_ = base(t, V);
  while (!job_.next().done);
  if (held) overlay(t, V, held);
  names(t, V, held, []);
  ctx.drawImage(made.canvas, Math.round(p.SIDE * k), Math.round(p.HEAD * k));
  ctx.textBaseline = "middle";
  const write = (text, x, y, size, color, bold) => {
    ctx.font = (bold ? "600 " : "") + size * k + "px " + data.font;
    ctx.fillStyle = color;
    ctx.fillText(text, x * k, y * k);
  };
  write(p.title, 20, 26, 19, T.hub, true);
  keysShown().forEach((one, at) => {
    const y = p.HEAD + 20 + at * 19;
    if (one.title) { write(short(one.title, 14), 20, y, 12, T.soft, true); return; }
    outline(ctx, one.shape, 28 * k, y * k, 5.2 * k);
    ctx.fillStyle = one.color;
    ctx.fill();
    if (one.ring) { ctx.lineWidth = 2 * k; ctx.strokeStyle = T.ring; ctx.stroke(); }
    write(short(one.text, 14) + (one.count ? "  " + count(one.count) : ""), 42, y, 12.5, T.ink);
  });
  p.foot.forEach((text, at) => write(text, 20, p.HEAD + height + 14 + at * p.LINE, 12, T.soft));
  out.canvas.toBlob((blob) => save([blob], "image/png", "png"), "image/png");
  sharp();
}
function saveSvg() {
  const p = page(), V = { x: view.x - p.left, y: view.y, s: view.s }, held = focus();
  const root = svgEl("svg", { xmlns: SVG, viewBox: `0 0 ${p.w.toFixed(0)} ${p.h.toFixed(0)}`, width: p.w.toFixed(0), height: p.h.toFixed(0), "font-family": data.font.replace(/"/g, "'") });
  const n = (value) => value.toFixed(1), inside = (x, y) => x > -40 && y > -40 && x < p.pw + 40 && y < height + 40;
  const clipper = svgEl("clipPath", { id: "stage" });
  clipper.append(svgEl("rect", { x: 0, y: 0, width: n(p.pw), height: n(height) }));
  const pattern = svgEl("pattern", { id: "hatch", width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(svgEl("line", { x1: 0, y1: 0, x2: 0, y2: 9, stroke: T.hatch, "stroke-width": 1.4 }));
  const defs = svgEl("defs", {});
  defs.append(clipper, pattern);
  const back = svgEl("rect", { width: "100%", height: "100%", fill: T.back });
  const outer = svgEl("g", { transform: `translate(${p.SIDE} ${p.HEAD})` }), group = svgEl("g", { "clip-path": "url(#stage)" });
  outer.append(group);
  boxes().forEach((box, at) => {
    const wide_ = box.kind === "band" ? 12 : 0, where = { x: n((box.x - wide_) * V.s + V.x), y: n(box.y * V.s + V.y), width: n((box.width + 2 * wide_) * V.s), height: n(box.height * V.s) };
    group.append(svgEl("rect", { ...where, fill: box.kind === "band" ? T.bands[at % 2] : T.bands[0], stroke: box.kind === "band" ? "none" : T.box }));
    if (box.kind === "unknown") group.append(svgEl("rect", { ...where, fill: "url(#hatch)" }));
  });
  const chosen = new Set(held ? held.links : []);
  const line = (e, attributes) => {
    const x0 = X[from[e]] * V.s + V.x, y0 = Y[from[e]] * V.s + V.y, x1 = X[to[e]] * V.s + V.x, y1 = Y[to[e]] * V.s + V.y;
    if (!clip(x0, y0, x1, y1, p.pw, height)) return;
    group.append(svgEl("line", { x1: n(clipped[0]), y1: n(clipped[1]), x2: n(clipped[2]), y2: n(clipped[3]), ...attributes, ...(relations[typeOf[e]].dash ? { "stroke-dasharray": "4 4" } : {}) }));
  };
  const edge = { stroke: `rgb(${T.edge.join(",")})`, "stroke-opacity": opacity(shownEdges) * (held ? 0.2 : 1) };
  for (let e = 0; e < M; e++) if (edgeOn[e] && !chosen.has(e)) line(e, edge);
  for (const e of chosen) line(e, { stroke: held.path ? T.path : T.link, "stroke-width": held.path ? 3 : 1.4 });
  for (let at = N - 1; at >= 0; at--) {
    const i = ranked[at], x = X[i] * V.s + V.x, y = Y[i] * V.s + V.y;
    if (!nodeOn[i] || !inside(x, y)) continue;
    group.append(shapeSvg(labels[labelOf[i]].shape, x, y, reach(i, V.s), {
      fill: paint[i], stroke: disputed[i] ? T.ring : T.back, "stroke-width": disputed[i] ? 1.8 : 0.6, ...(held && !held.nodes.has(i) ? { opacity: 0.2 } : {}) }));
  }
  const t = { ...surface(p.pw, height), w: Math.round(p.pw), h: height, k: 1 };
  for (const one of names(t, V, held, []).placed) {
    group.append(svgEl("text", { x: n(one.x), y: n(one.y + 4.5), "font-size": one.font.match(/([\d.]+)px/)[1], "font-weight": one.font.startsWith("600") ? 600 : 400,
      fill: one.color, stroke: T.halo, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }, one.text));
  }
  const write = (text, x, y, size, color, bold) => svgEl("text", { x, y: y + 4, "font-size": size, fill: color, "font-weight": bold ? 600 : 400 }, text);
  root.append(defs, back, outer, write(p.title, 20, 26, 19, T.hub, true));
  keysShown().forEach((one, at) => {
    const y = p.HEAD + 20 + at * 19;
    if (one.title) { root.append(write(short(one.title, 14), 20, y, 12, T.soft, true)); return; }
    root.append(shapeSvg(one.shape, 28, y, 5.2, { fill: one.color, ...(one.ring ? { stroke: T.ring, "stroke-width": 2 } : {}) }),
      write(short(one.text, 14) + (one.count ? "  " + count(one.count) : ""), 42, y, 12.5, T.ink));
  });
  p.foot.forEach((text, at) => root.append(write(text, 20, p.HEAD + height + 14 + at * p.LINE, 12, T.soft)));
  save([new XMLSerializer().serializeToString(root)], "image/svg+xml", "svg");
}

// ---- tables ----------------------------------------------------------------------------------------------
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const textCell = (value) => String(value).replace(CONTROL, " ").slice(0, 32767);
const place = (i) => [...listed(nodePlaces, i)].map((at) => data.places[at].name).join("; ");
const layer = (i) => [...listed(nodeLayers, i)].map((at) => data.layers[at].name).join("; ");
function table(edges) {
  const made = [];
  if (edges) {
    made.push([W.subject, W.name, W.relation, W.object, W.name, W.recorded, W.sources]);
    for (let e = 0; e < M; e++) {
      if (!edgeOn[e]) continue;
      const cites = told ? (told.edges[e].sources || []).map((at) => told.cites[at].text).join(W.semicolon) : "";
      made.push([data.ids[from[e]], nameOf(from[e]), relations[typeOf[e]].name, data.ids[to[e]], nameOf(to[e]), edgeAsOf[e] || null, cites]);
    }
    return made;
  }
  const known = [...measures.values()];
  made.push([W.id, W.name, W.kind, W.aliases, W.layer, W.place, W.year, W.recorded, ...known.map((one) => one.name), W.sources]);
  for (let i = 0; i < N; i++) {
    if (!nodeOn[i]) continue;
    const cites = told ? (told.nodes[i].sources || []).map((at) => told.cites[at].text).join(W.semicolon) : "";
    made.push([data.ids[i], nameOf(i), kindOf(i), (data.aliases[i] || []).join("; "), layer(i), place(i), yearOf[i] || null, asOf[i] || null,
      ...known.map((one) => (Number.isNaN(one.values[i]) ? null : Number(one.values[i].toPrecision(6)))), cites]);
  }
  return made;
}
async function saveCsv(edges) {
  await details();
  // Text that a spreadsheet would take for a formula begins with an apostrophe.
  const cell = (value) => {
    if (value === null || value === "") return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  save(["\ufeff" + table(edges).map((row) => row.map((value) => cell(value === null ? null : typeof value === "number" ? value : textCell(value))).join(",")).join("\n") + "\n"],
    "text/csv", (edges ? "relations" : "nodes") + ".csv");
}
// An .xlsx is a zip of XML files; text stays text, and what is not recorded an empty cell.
async function saveXlsx() {
  await details();
  const xml = (text) => text.replace(/[<>&"]/g, (sign) => "&#" + sign.charCodeAt(0) + ";");
  const sheet = (rows_) => '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>'
    + rows_.map((row) => "<row>" + row.map((value) => (value === null || value === "" ? "<c/>" : typeof value === "number" ? `<c><v>${value}</v></c>`
      : `<c t="inlineStr"><is><t xml:space="preserve">${xml(textCell(value))}</t></is></c>`)).join("") + "</row>").join("") + "</sheetData></worksheet>";
  const head = '<?xml version="1.0" encoding="UTF-8"?>', office = "http://schemas.openxmlformats.org/", parts = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  save([zip([
    ["[Content_Types].xml", `${head}<Types xmlns="${office}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${parts}sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${parts}worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${parts}worksheet+xml"/></Types>`],
    ["_rels/.rels", `${head}<Relationships xmlns="${office}package/2006/relationships"><Relationship Id="r1" Type="${office}officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", `${head}<workbook xmlns="${office}spreadsheetml/2006/main" xmlns:r="${office}officeDocument/2006/relationships"><sheets><sheet name="${xml(W.sheet_nodes)}" sheetId="1" r:id="r1"/><sheet name="${xml(W.sheet_edges)}" sheetId="2" r:id="r2"/></sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `${head}<Relationships xmlns="${office}package/2006/relationships"><Relationship Id="r1" Type="${office}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`],
    ["xl/worksheets/sheet1.xml", sheet(table(false))],
    ["xl/worksheets/sheet2.xml", sheet(table(true))],
  ])], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
}
function zip(files) {
  const sums_ = new Uint32Array(256).map((_, i) => { for (let bit = 0; bit < 8; bit++) i = i & 1 ? (i >>> 1) ^ 0xedb88320 : i >>> 1; return i >>> 0; });
  const crc = (bytes) => { let sum = ~0; for (const byte of bytes) sum = sums_[(sum ^ byte) & 255] ^ (sum >>> 8); return ~sum >>> 0; };
  const numbers = (list) => { const made = []; for (const [value, size] of list) for (let i = 0; i < size; i++) made.push((value >>> (8 * i)) & 255); return made; };
  const coder = new TextEncoder(), parts = [], index = [];
  let at = 0;
  for (const [name, text] of files) {
    const path = coder.encode(name), bytes = coder.encode(text), common = [[20, 2], [0x800, 2], [0, 2], [0, 2], [0x21, 2], [crc(bytes), 4], [bytes.length, 4], [bytes.length, 4], [path.length, 2], [0, 2]];
    const head = [...numbers([[0x04034b50, 4], ...common]), ...path];
    index.push([...numbers([[0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]), ...path]);
    parts.push(Uint8Array.from(head), bytes);
    at += head.length + bytes.length;
  }
  const list = index.flat();
  parts.push(Uint8Array.from([...list, ...numbers([[0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [list.length, 4], [at, 4], [0, 2]])]));
  return new Blob(parts);
}
