// ---- data: typed columns, and compressed text where there is much of it ----------------------------------
function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const signs = atob(text), bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i++) bytes[i] = signs.charCodeAt(i);
  return bytes;
}
async function gunzip(bytes) {
  if (typeof DecompressionStream === "function") {
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }
  return new TextDecoder().decode(inflate(bytes, 10)); // Python writes a header of 10 bytes and no name
}
// RFC 1951, for browsers before 2023: slower, but the same page opens there too.
function inflate(from, start) {
  let at = start, bit = 0, held = 0, out = new Uint8Array(from.length * 6), end = 0;
  const need = (n) => { while (bit < n) { held |= from[at++] << bit; bit += 8; } };
  const take = (n) => { if (!n) return 0; need(n); const value = held & ((1 << n) - 1); held >>>= n; bit -= n; return value; };
  const room = (n) => { if (end + n > out.length) { const more = new Uint8Array((end + n) * 2); more.set(out); out = more; } };
  const tree = (lengths) => {
    const counts = new Uint16Array(16), firsts = new Uint16Array(16), signs = new Uint16Array(lengths.length);
    for (const length of lengths) counts[length]++;
    counts[0] = 0;
    for (let i = 1; i < 16; i++) firsts[i] = firsts[i - 1] + counts[i - 1];
    const next = firsts.slice();
    lengths.forEach((length, sign) => { if (length) signs[next[length]++] = sign; });
    return { counts, signs };
  };
  const sign = ({ counts, signs }) => {
    let code = 0, first = 0, index = 0;
    for (let length = 1; length < 16; length++) {
      code |= take(1);
      const count = counts[length];
      if (code - count < first) return signs[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error("the data of this page are damaged");
  };
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const extra = (i, step) => (i < 2 * step ? 0 : Math.floor(i / step) - 1);
  const bases = (size, step, first) => Array.from({ length: size }, (_, i) => { const base = first; first += 1 << extra(i, step); return base; });
  const LENGTHS = bases(28, 4, 3).concat(258), FAR = bases(30, 2, 1);
  for (let last = 0; !last;) {
    last = take(1);
    const kind = take(2);
    if (kind === 0) {
      held = bit = 0;
      const size = from[at] | (from[at + 1] << 8);
      at += 4;
      room(size);
      out.set(from.subarray(at, at + size), end);
      at += size;
      end += size;
      continue;
    }
    let codes, spans;
    if (kind === 1) {
      codes = tree(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
      spans = tree(new Array(30).fill(5));
    } else {
      const many = take(5) + 257, far = take(5) + 1, own = take(4) + 4, lengths = new Array(19).fill(0);
      for (let i = 0; i < own; i++) lengths[ORDER[i]] = take(3);
      const meta = tree(lengths), all = [];
      while (all.length < many + far) {
        const one = sign(meta);
        if (one < 16) all.push(one);
        else if (one === 16) for (let i = 3 + take(2), value = all[all.length - 1]; i; i--) all.push(value);
        else for (let i = one === 17 ? 3 + take(3) : 11 + take(7); i; i--) all.push(0);
      }
      codes = tree(all.slice(0, many));
      spans = tree(all.slice(many));
    }
    for (;;) {
      const one = sign(codes);
      if (one === 256) break;
      room(300);
      if (one < 256) { out[end++] = one; continue; }
      const length = LENGTHS[one - 257] + (one === 285 ? 0 : take(extra(one - 257, 4)));
      const way = sign(spans), back = FAR[way] + take(extra(way, 2));
      for (let i = 0; i < length; i++, end++) out[end] = out[end - back];
    }
  }
  return out.subarray(0, end);
}
const KINDS = { u1: Uint8Array, i2: Int16Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array };
const column = (held) => { const [[kind, text]] = Object.entries(held); return new KINDS[kind](bytesOf(text).buffer); };

const raw = JSON.parse(document.getElementById("data").textContent);
const data = raw.gzip ? JSON.parse(await gunzip(bytesOf(raw.gzip))) : raw;
const W = data.words;
const N = data.ids.length;
const labelOf = column(data.label), disputed = column(data.disputed);
const from = column(data.from), to = column(data.to), typeOf = column(data.type);
const M = from.length;
const layouts = data.layouts.map((one) => ({ ...one, x: column(one.x), y: column(one.y) }));
const measures = new Map(data.measures.map((one) => [one.key, { ...one, values: column(one.values) }]));
const lists = (held) => ({ ends: column(held.ends), all: column(held.all) });
const nodeLayers = lists(data.node_layers), nodePlaces = lists(data.node_places);
const listed = (held, i) => held.all.subarray(i ? held.ends[i - 1] : 0, held.ends[i]);
const yearOf = column(data.year), asOf = column(data.as_of), edgeAsOf = column(data.edge_as_of);
const labels = data.labels, relations = data.relations;
const degree = measures.get("degree").values;
const indexOf = new Map(data.ids.map((id, i) => [id, i]));

// Relations of a node: links[starts[i]] … links[starts[i + 1] - 1].
const starts = new Uint32Array(N + 1), links = new Uint32Array(2 * M);
for (let e = 0; e < M; e++) { starts[from[e] + 1]++; if (to[e] !== from[e]) starts[to[e] + 1]++; }
for (let i = 0; i < N; i++) starts[i + 1] += starts[i];
{
  const next = starts.slice(0, N);
  for (let e = 0; e < M; e++) { links[next[from[e]]++] = e; if (to[e] !== from[e]) links[next[to[e]]++] = e; }
}
const linksOf = (i) => links.subarray(starts[i], starts[i + 1]);
const far = (e, i) => (from[e] === i ? to[e] : from[e]);
const rankOf = (i) => labels[labelOf[i]].rank;
// Hubs of the picture first, then the best connected: the order in which labels get room.
const ranked = (() => {
  const keys = new Float64Array(N);
  for (let i = 0; i < N; i++) keys[i] = (1e8 - rankOf(i) * 1e7 - Math.min(degree[i], 9e6)) * 1048576 + i;
  return Uint32Array.from(keys.sort(), (key) => key % 1048576);
})();

// What is said of each node and relation comes last: the page is drawn before it is unpacked.
let told = data.details && !data.details.gzip ? data.details : null;
let telling = null;
function details() {
  if (told || !data.details) return null;
  telling = telling || gunzip(bytesOf(data.details.gzip)).then((text) => { told = JSON.parse(text); data.details = null; });
  return telling;
}
