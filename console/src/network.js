// An answer as a network in SVG. Positions come from the server; here it is moved, zoomed and asked.

import { el, shown, svg } from "./dom.js";
import { showNode, showRelation } from "./panel.js";
import { count, t } from "./state.js";

const TEXT = 12;
const LINE_NAMES = 40; // up to so many relations, their kinds stand beside the lines

function outline(shape, r) {
  const polygon = (n, turn) => Array.from({ length: n }, (_, i) => {
    const a = turn + (2 * Math.PI * i) / n;
    return `${(r * Math.cos(a)).toFixed(1)},${(r * Math.sin(a)).toFixed(1)}`;
  }).join(" ");
  if (shape === "square") return svg("rect", { x: -r * 0.88, y: -r * 0.88, width: r * 1.76, height: r * 1.76, rx: 1.5 });
  if (shape === "diamond") return svg("polygon", { points: polygon(4, 0) });
  if (shape === "triangle") return svg("polygon", { points: polygon(3, -Math.PI / 2) });
  if (shape === "triangleDown") return svg("polygon", { points: polygon(3, Math.PI / 2) });
  if (shape === "hexagon") return svg("polygon", { points: polygon(6, 0) });
  if (shape === "star") {
    const points = Array.from({ length: 10 }, (_, i) => {
      const a = -Math.PI / 2 + (Math.PI * i) / 5;
      const d = i % 2 ? r * 0.5 : r * 1.15;
      return `${(d * Math.cos(a)).toFixed(1)},${(d * Math.sin(a)).toFixed(1)}`;
    });
    return svg("polygon", { points: points.join(" ") });
  }
  return svg("circle", { r });
}

const widthOf = (text) => Array.from(text).reduce((sum, sign) => sum + (sign > "\u2e7f" ? TEXT : TEXT * 0.58), 0);

class Network {
  constructor(data, notes) {
    this.nodes = data.nodes.map((node) => ({ ...node, degree: 0 }));
    this.byId = new Map(this.nodes.map((node) => [node.id, node]));
    this.lines = data.relations.map((relation) => ({ ...relation, a: this.byId.get(relation.from), b: this.byId.get(relation.to) }))
      .filter((line) => line.a && line.b);
    this.cites = data.cites;
    this.spread();
    this.view = { k: 1, x: 0, y: 0 };
    this.hidden = new Set();
    this.lineLayer = svg("g", { class: "lines" });
    this.nodeLayer = svg("g");
    this.textLayer = svg("g", { class: "names" });
    this.picture = svg("svg", { class: "network", role: "img",
      "aria-label": t("network_size", { nodes: this.nodes.length, relations: this.lines.length }) },
    svg("defs", {}, svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto" },
      svg("path", { d: "M0,0.8 L7.5,4 L0,7.2 z", fill: "#8f9bab" }))), this.lineLayer, this.nodeLayer, this.textLayer);
    this.make();
    this.node = el("div", { class: "network-box" }, this.picture, this.legend(),
      el("div", { class: "network-tools" },
        el("span", {}, t("network_size", { nodes: count(this.nodes.length), relations: count(this.lines.length) })),
        notes.map((note) => el("span", {}, note)), el("span", {}, t("network_hint")),
        el("button", { onclick: () => { this.moved = false; this.fit(); } }, t("fit"))));
    this.listen();
    new ResizeObserver(() => { if (!this.moved) this.fit(); }).observe(this.picture);
  }

  // Several relations between the same two nodes are drawn side by side.
  spread() {
    const between = new Map();
    for (const line of this.lines) {
      line.a.degree += 1;
      line.b.degree += 1;
      const key = [line.from, line.to].sort().join("\u0001");
      if (!between.has(key)) between.set(key, []);
      between.get(key).push(line);
    }
    for (const lines of between.values()) {
      lines.forEach((line, at) => {
        line.bend = (at - (lines.length - 1) / 2) * 14 * (line.from < line.to ? 1 : -1);
      });
    }
  }

  make() {
    const named = this.lines.length <= LINE_NAMES;
    for (const line of this.lines) {
      const names = [line.a.name, line.b.name];
      const open = () => showRelation(line, names, this.cites);
      line.path = svg("path", { class: "line", "marker-end": "url(#arrow)" });
      line.wide = svg("path", { class: "wide", onclick: open }, svg("title", {}, `${shown(names[0], 60)} — ${line.kind} → ${shown(names[1], 60)}`));
      line.text = named ? svg("text", { class: "line-name", "text-anchor": "middle" }, line.kind) : null;
      this.lineLayer.append(line.path, line.wide);
      if (line.text) this.textLayer.append(line.text);
    }
    for (const node of this.nodes) {
      const r = node.size * (node.degree > 8 ? 1.35 : 1.1) + 1;
      node.r = r;
      const form = outline(node.shape, r);
      form.setAttribute("fill", node.color);
      node.mark = svg("g", { class: "node", tabindex: 0, role: "button", "data-id": node.id, "aria-label": shown(`${node.name} ${node.kind}`, 80) },
        svg("title", {}, `${shown(node.name, 200)}\n${node.kind}`), form);
      const whole = shown(node.name, 400);
      node.short = Array.from(whole).length > 14 ? Array.from(whole).slice(0, 13).join("") + "…" : whole;
      node.text = svg("text", {}, node.short);
      this.nodeLayer.append(node.mark);
      this.textLayer.append(node.text);
    }
  }

  legend() {
    const kinds = new Map();
    for (const node of this.nodes) {
      if (!kinds.has(node.label)) kinds.set(node.label, { ...node, n: 0 });
      kinds.get(node.label).n += 1;
    }
    return el("ul", { class: "legend" }, [...kinds.values()].sort((a, b) => b.n - a.n).map((kind) => {
      const mark = outline(kind.shape, 6);
      mark.setAttribute("fill", kind.color);
      const key = el("button", { "aria-pressed": "true", onclick: () => {
        if (this.hidden.has(kind.label)) this.hidden.delete(kind.label);
        else this.hidden.add(kind.label);
        key.setAttribute("aria-pressed", String(!this.hidden.has(kind.label)));
        this.draw();
      } }, svg("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true" }, mark), `${kind.kind} ${kind.n}`);
      return el("li", {}, key);
    }));
  }

  fit() {
    const box = this.picture.getBoundingClientRect();
    if (!box.width || !this.nodes.length) return;
    const xs = this.nodes.map((node) => node.x);
    const ys = this.nodes.map((node) => node.y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const k = Math.min((box.width - 190) / Math.max(right - left, 1), (box.height - 110) / Math.max(bottom - top, 1), 1.6);
    this.view = { k, x: box.width / 2 - (k * (left + right)) / 2 - 30, y: box.height / 2 - (k * (top + bottom)) / 2 + 8 };
    this.draw();
  }

  draw() {
    const { k, x, y } = this.view;
    for (const node of this.nodes) {
      node.sx = node.x * k + x;
      node.sy = node.y * k + y;
      node.off = this.hidden.has(node.label);
      node.mark.setAttribute("transform", `translate(${node.sx.toFixed(1)} ${node.sy.toFixed(1)})`);
      node.mark.style.display = node.off ? "none" : "";
    }
    for (const line of this.lines) this.drawLine(line);
    this.drawNames();
  }

  drawLine(line) {
    const { a, b } = line;
    const off = a.off || b.off;
    for (const part of [line.path, line.wide]) part.style.display = off ? "none" : "";
    line.at = null;
    if (off) return;
    const dx = b.sx - a.sx;
    const dy = b.sy - a.sy;
    const length = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / length, dy / length];
    const mx = (a.sx + b.sx) / 2 - uy * line.bend;
    const my = (a.sy + b.sy) / 2 + ux * line.bend;
    const path = a === b
      ? `M${a.sx},${a.sy - a.r} c-22,-34 22,-34 0,0`
      : `M${a.sx + ux * a.r},${a.sy + uy * a.r} Q${mx},${my} ${b.sx - ux * (b.r + 2)},${b.sy - uy * (b.r + 2)}`;
    line.path.setAttribute("d", path);
    line.wide.setAttribute("d", path);
    if (length > 60) line.at = [(a.sx + b.sx) / 4 + mx / 2, (a.sy + b.sy) / 4 + my / 2 - 2];
  }

  // The best connected are named first; a name that would lie on another one waits until there is room.
  drawNames() {
    const taken = this.nodes.filter((node) => !node.off).map((node) => [node.sx - node.r, node.sy - node.r, node.sx + node.r, node.sy + node.r]);
    const meets = (box) => taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    for (const node of [...this.nodes].sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1))) {
      const width = widthOf(node.short);
      const places = [
        [node.sx + node.r + 3, node.sy + 4], [node.sx - node.r - 3 - width, node.sy + 4],
        [node.sx - width / 2, node.sy + node.r + TEXT], [node.sx - width / 2, node.sy - node.r - 4]];
      const at = node.off ? undefined : places.find(([px, py]) => !meets([px, py - TEXT + 1, px + width, py + 3]));
      node.text.style.display = at ? "" : "none";
      if (!at) continue;
      node.text.setAttribute("x", at[0].toFixed(1));
      node.text.setAttribute("y", at[1].toFixed(1));
      taken.push([at[0], at[1] - TEXT + 1, at[0] + width, at[1] + 3]);
    }
    for (const line of this.lines) {
      if (!line.text) continue;
      const half = widthOf(line.kind) / 2;
      const box = line.at && [line.at[0] - half, line.at[1] - 10, line.at[0] + half, line.at[1] + 3];
      const room = box && !meets(box);
      line.text.style.display = room ? "" : "none";
      if (!room) continue;
      line.text.setAttribute("x", line.at[0].toFixed(1));
      line.text.setAttribute("y", line.at[1].toFixed(1));
      taken.push(box);
    }
  }

  listen() {
    let held = null;
    const stop = () => { held = null; };
    this.picture.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = this.picture.getBoundingClientRect();
      const [px, py] = [event.clientX - box.left, event.clientY - box.top];
      const k = Math.min(8, Math.max(0.05, this.view.k * Math.exp(-event.deltaY * 0.0015)));
      const f = k / this.view.k;
      this.view = { k, x: px - (px - this.view.x) * f, y: py - (py - this.view.y) * f };
      this.moved = true;
      this.draw();
    }, { passive: false });
    this.picture.addEventListener("pointerdown", (event) => {
      const mark = event.target.closest(".node");
      held = { node: mark ? this.byId.get(mark.dataset.id) : null, x: event.clientX, y: event.clientY, moved: false };
    });
    window.addEventListener("pointermove", (event) => {
      if (!held || !this.picture.isConnected) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.moved && Math.hypot(dx, dy) < 4) return;
      this.moved = true;
      Object.assign(held, { moved: true, x: event.clientX, y: event.clientY });
      if (held.node) {
        held.node.x += dx / this.view.k;
        held.node.y += dy / this.view.k;
      } else {
        this.view.x += dx;
        this.view.y += dy;
      }
      this.draw();
    });
    window.addEventListener("pointerup", (event) => {
      if (held && held.node && !held.moved && event.target.closest && event.target.closest(".node")) showNode(held.node.id);
      stop();
    });
    this.picture.addEventListener("keydown", (event) => {
      const mark = event.target.closest(".node");
      if (mark && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        showNode(mark.dataset.id);
      }
    });
  }
}

/** The network of an answer, or a line that says why there is none. */
export function network(data) {
  if (!data.nodes.length) return el("p", { class: "empty" }, t("no_network"));
  const notes = [];
  if (data.all > data.nodes.length) notes.push(t("network_cut", { n: data.nodes.length, all: count(data.all) }));
  if (data.joined && data.relations.length) notes.push(t("network_joined"));
  return new Network(data, notes).node;
}

