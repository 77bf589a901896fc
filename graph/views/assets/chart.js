"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const W = data.words;
const stage = document.getElementById("stage");
const panel = document.getElementById("panel");
const picture = stage.querySelector("svg");
const whole = picture.viewBox.baseVal;
const full = { width: whole.width, height: whole.height };

function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) made.append(child);
  return made;
}
const bdi = (text) => el("bdi", null, String(text));
const button = (text, title, onclick) => el("button", { type: "button", title, onclick }, text);

// ---- details ---------------------------------------------------------------------------------------------
// Two cells of one row are one line of one table: cited once.
const distinct = (list) => [...new Map((list || []).map((at) => [data.cites[at].text, at])).values()];
const cited = (list) => distinct(list).map((at) => {
  const cite = data.cites[at];
  // Only web addresses become links; javascript:, data: and the like stay text.
  if (cite.url && /^https?:\/\//i.test(cite.url)) {
    return el("span", { class: "cite" }, el("a", { href: cite.url, target: "_blank", rel: "noopener noreferrer" }, bdi(cite.text)));
  }
  return el("span", { class: "cite" }, bdi(cite.text));
});
const section = (title, css, items, most = 12) => {
  if (!items.length) return null;
  const list = el("ul", null, items.slice(0, most));
  if (items.length > most) {
    const more = button(W.more.replace("{n}", String(items.length - most)), "", () => { more.remove(); list.append(...items.slice(most)); });
    more.className = "go";
    list.append(el("li", null, more));
  }
  return el("section", { class: css }, el("h3", null, title), list);
};
let chosen = null;
function close() {
  panel.hidden = true;
  picture.querySelectorAll(".chosen").forEach((shape) => shape.classList.remove("chosen"));
  if (chosen) chosen.focus({ preventScroll: true });
  chosen = null;
}
function tell(key, shape) {
  const own = data.details[key];
  if (!own) return;
  picture.querySelectorAll(".chosen").forEach((other) => other.classList.remove("chosen"));
  if (shape) { chosen = shape; shape.classList.add("chosen"); }
  const numbers = distinct([...own.sources, ...own.lines.flatMap((line) => line[2]), ...own.conflicts.flatMap((c) => c.values.flatMap((v) => v.cites))]);
  const copy = button(W.copy, W.copy, () => copied(copy, own.title + W.colon + numbers.map((at) => data.cites[at].text).join(W.semicolon)));
  copy.className = "copy";
  panel.replaceChildren(...[
    el("button", { type: "button", class: "close", "aria-label": W.close, title: W.close, onclick: close }, "×"),
    el("h2", { tabindex: "-1" }, bdi(own.title)),
    own.kind ? el("div", { class: "kind" }, bdi(own.kind)) : null,
    el("dl", null, own.lines.flatMap(([name, value, cites]) => [el("dt", null, bdi(name)),
      el("dd", null, value === null ? el("span", { class: "unknown" }, W.not_recorded) : bdi(value), cited(cites))])),
    section(W.conflicts, "alert", own.conflicts.map((one) => el("li", { class: "conflict" }, bdi(one.text),
      one.values.map((value) => [el("div", null, bdi(value.value)), cited(value.cites)])))),
    section(W.facts, "", (own.facts || []).map((at) => el("li", null, bdi(data.facts[at].text), cited(data.facts[at].cites)))),
    section(W.neighbours, "", (own.nodes || []).filter((other) => data.details[other]).map((other) => {
      const go = button("", "", () => tell(other, null));
      go.className = "go";
      go.append(bdi(data.details[other].title));
      return el("li", null, go);
    }), 30),
    section(W.sources, "", distinct(own.sources).map((at) => el("li", null, cited([at]))), 8),
    numbers.length ? copy : null,
  ].filter(Boolean));
  panel.hidden = false;
  panel.scrollTop = 0;
  panel.querySelector("h2").focus({ preventScroll: true });
}
async function copied(where, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  where.textContent = W.copied;
}
picture.addEventListener("click", (event) => {
  const shape = event.target.closest("[data-key]");
  if (shape) tell(shape.dataset.key, shape);
});
picture.addEventListener("keydown", (event) => {
  const shape = event.target.closest("[data-key]");
  if (shape && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); tell(shape.dataset.key, shape); }
});

// ---- filters ---------------------------------------------------------------------------------------------
const picked = new Map();
function filter() {
  const wanted = [...picked.values()].filter(Boolean);
  picture.querySelectorAll("[data-tags]").forEach((shape) => {
    const tags = shape.dataset.tags.split(" ");
    shape.classList.toggle("faded", !wanted.every((tag) => tags.includes(tag)));
  });
}

// ---- exports ---------------------------------------------------------------------------------------------
const RATIOS = { natural: null, wide: 16 / 9, a4: 297 / 210, a3: 420 / 297 };
let format = "natural";
function framed() {
  const ratio = RATIOS[format];
  if (!ratio) return { x: 0, y: 0, ...full };
  const width = Math.max(full.width, full.height * ratio), height = Math.max(full.height, full.width / ratio);
  return { x: (full.width - width) / 2, y: (full.height - height) / 2, width, height };
}
function standalone(pixels) {
  const made = picture.cloneNode(true), box = framed();
  made.querySelectorAll("[data-key], [data-tags]").forEach((shape) => {
    for (const name of ["data-key", "data-tags", "tabindex", "role", "class"]) {
      if (name === "class" && shape.classList.contains("faded")) shape.setAttribute("opacity", "0.1");
      shape.removeAttribute(name);
    }
  });
  made.setAttribute("viewBox", [box.x, box.y, box.width, box.height].join(" "));
  const back = made.querySelector("rect");
  const ground = made.querySelector(":scope > rect") || back;
  for (const [name, value] of Object.entries({ x: box.x, y: box.y, width: box.width, height: box.height })) ground.setAttribute(name, value);
  made.setAttribute("width", pixels || box.width);
  made.setAttribute("height", pixels ? Math.round((pixels * box.height) / box.width) : box.height);
  return { text: new XMLSerializer().serializeToString(made), box };
}
function save(blob, suffix) {
  const link = el("a", { href: URL.createObjectURL(blob), download: `aikg-${data.name}.${suffix}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 4000);
}
const saveSvg = () => save(new Blob([standalone().text], { type: "image/svg+xml" }), "svg");
function savePng() {
  const box = framed();
  // The longer side has 3840 pixels, A3 at 300 dots per inch 4961.
  const long = format === "a3" ? 4961 : 3840;
  const pixels = box.width >= box.height ? long : Math.round((long * box.width) / box.height);
  const made = standalone(pixels), image = new Image();
  image.onload = () => {
    // Not computed back from the rounded width: the longer side would lose a pixel.
    const height = box.width >= box.height ? Math.round((pixels * box.height) / box.width) : long;
    const canvas = el("canvas", { width: pixels, height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, "png"), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(made.text);
}
function saveWorkbook() {
  const bytes = Uint8Array.from(atob(data.workbook), (sign) => sign.charCodeAt(0));
  save(new Blob([bytes], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" }), "xlsx");
}

// ---- presentation ----------------------------------------------------------------------------------------
function present(on) {
  document.body.classList.toggle("presenting", on);
  const box = on ? framed() : { x: 0, y: 0, ...full };
  picture.setAttribute("viewBox", [box.x, box.y, box.width, box.height].join(" "));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.body.classList.contains("presenting") ? present(false) : close();
  if (event.key === "p" && !event.ctrlKey && !event.metaKey && !/^(select|input|textarea)$/i.test(event.target.tagName)) present(true);
});

// ---- tool bar --------------------------------------------------------------------------------------------
document.getElementById("bar").append(
  ...data.filters.map((one) => el("label", null, one.name, el("select", { onchange: (event) => { picked.set(one.name, event.target.value); filter(); } },
    el("option", { value: "" }, W.everything), one.options.map(([value, text]) => el("option", { value }, text))))),
  el("span", { class: "gap" }),
  el("label", null, W.format, el("select", { id: "format", onchange: (event) => {
    document.body.classList.remove(format);
    format = event.target.value;
    document.body.classList.add(format);
  } }, [["natural", W.natural], ["wide", "16:9"], ["a4", "A4"], ["a3", "A3"]].map(([value, text]) => el("option", { value }, text)))),
  button("SVG", W.save_as, saveSvg), button("PNG", W.save_as, savePng),
  ...(data.workbook ? [button("XLSX", W.save_data, saveWorkbook)] : []),
  button(W.print, W.print, () => window.print()),
  button(W.present, W.present_tip, () => present(true)),
);
document.body.dataset.ready = "1";
