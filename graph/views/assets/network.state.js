// ---- what is shown ---------------------------------------------------------------------------------------
const state = {
  layout: Math.max(layouts.findIndex((one) => one.key === data.first.layout), 0), size: data.first.size, color: data.first.color,
  labels: new Set(), relations: new Set(), // hidden ones
  layer: -1, place: -1, time: "", since: 0, until: 0, undated: true,
  node: -1, link: -1, steps: 1, only: false, path: null, avoid: false, themed: false,
};
let X = null, Y = null;
const nodeOn = new Uint8Array(N), edgeOn = new Uint8Array(M);
let shownNodes = 0, shownEdges = 0;
const holds = (held, i, wanted) => listed(held, i).includes(wanted);
const NO = 0, YES = 1, NONE = 2;

// A node fits, does not, or has nothing to fit by. The last kind (a segment has no place) stays where it is directly
// related to one that fits: else a filter by place would leave dots without their relations.
function fits(i) {
  if (state.labels.has(labels[labelOf[i]].key)) return NO;
  let found = YES;
  for (const [wanted, held] of [[state.layer, nodeLayers], [state.place, nodePlaces]]) {
    if (wanted < 0) continue;
    if (!listed(held, i).length) found = NONE;
    else if (!holds(held, i, wanted)) return NO;
  }
  const year = state.time === "date" ? yearOf[i] : state.time === "as_of" ? asOf[i] : -1;
  if (year === 0 && !state.undated) return NO;
  if (year > 0 && (year < state.since || year > state.until)) return NO;
  return found;
}
function applyFilters() {
  const fit = new Uint8Array(N);
  for (let i = 0; i < N; i++) fit[i] = fits(i);
  for (let e = 0; e < M; e++) {
    const year = state.time === "as_of" ? edgeAsOf[e] : -1;
    const dated = year < 0 || (year === 0 ? state.undated : year >= state.since && year <= state.until);
    edgeOn[e] = dated && !state.relations.has(relations[typeOf[e]].key) && fit[from[e]] !== NO && fit[to[e]] !== NO ? 1 : 0;
  }
  for (let i = 0; i < N; i++) {
    nodeOn[i] = fit[i] === YES ? 1 : 0;
    if (fit[i] === NONE) for (const e of linksOf(i)) if (edgeOn[e] && fit[far(e, i)] === YES) { nodeOn[i] = 1; break; }
  }
  if (state.only && state.node >= 0) {
    const near = neighbourhood(state.node, state.steps, (e) => edgeOn[e] && nodeOn[from[e]] && nodeOn[to[e]]);
    for (let i = 0; i < N; i++) if (!near.has(i)) nodeOn[i] = 0;
  }
  shownNodes = shownEdges = 0;
  for (let i = 0; i < N; i++) shownNodes += nodeOn[i];
  for (let e = 0; e < M; e++) { edgeOn[e] = edgeOn[e] && nodeOn[from[e]] && nodeOn[to[e]] ? 1 : 0; shownEdges += edgeOn[e]; }
}
const filtering = () => state.layer >= 0 || state.place >= 0 || state.time !== "" || state.labels.size > 0 || state.relations.size > 0 || state.only;

function neighbourhood(start, steps, open) {
  const near = new Set([start]);
  let front = [start];
  for (let step = 0; step < steps; step++) {
    const next = [];
    for (const i of front) for (const e of linksOf(i)) {
      const other = far(e, i);
      if (open(e) && !near.has(other)) { near.add(other); next.push(other); }
    }
    front = next;
  }
  return near;
}
// Among all shortest paths the one whose inner nodes have the fewest relations: it says most about its ends.
function shortest(start, end) {
  if (start === end) return { nodes: [start], links: [], ways: 1 };
  const barred = (i) => state.avoid && i !== start && i !== end && (i === data.root || data.hubs.includes(labelOf[i]));
  const distance = new Int32Array(N).fill(-1), cost = new Float64Array(N).fill(Infinity), ways = new Float64Array(N);
  const by = new Int32Array(N).fill(-1);
  distance[start] = cost[start] = 0;
  ways[start] = 1;
  let front = [start];
  while (front.length && distance[end] < 0) {
    const next = [];
    for (const i of front) {
      const seen = new Set();
      for (const e of linksOf(i)) {
        const other = far(e, i);
        if (!edgeOn[e] || seen.has(other) || barred(other)) continue;
        seen.add(other);
        if (distance[other] < 0) { distance[other] = distance[i] + 1; next.push(other); }
        if (distance[other] !== distance[i] + 1) continue;
        ways[other] += ways[i];
        const own = cost[i] + Math.log(1 + degree[other]);
        if (own < cost[other]) { cost[other] = own; by[other] = e; }
      }
    }
    front = next;
  }
  if (distance[end] < 0) return null;
  const nodes = [end], links_ = [];
  while (nodes[0] !== start) { links_.unshift(by[nodes[0]]); nodes.unshift(far(by[nodes[0]], nodes[0])); }
  return { nodes, links: links_, ways: ways[end] };
}

// ---- size and colour -------------------------------------------------------------------------------------
const radius = new Float32Array(N);
const paint = new Array(N);
let steps = []; // of a coloured measure: what the legend lists
function applySizes() {
  const values = measures.has(state.size) ? measures.get(state.size).values : null;
  let most = 0;
  if (values) for (const value of values) if (value > most) most = value;
  for (let i = 0; i < N; i++) {
    const base = labels[labelOf[i]].size;
    if (!values) radius[i] = base;
    else if (state.size === "degree") radius[i] = base + Math.min(Math.log2(1 + values[i]), 6);
    else radius[i] = values[i] > 0 ? 4 + 16 * Math.sqrt(values[i] / most) : 4;
  }
}
function applyColors() {
  const measure = measures.get(state.color);
  steps = [];
  if (!measure) {
    const own = labels.map((label) => shade(label.color));
    for (let i = 0; i < N; i++) paint[i] = own[labelOf[i]];
    return;
  }
  if (state.color === "community") {
    const sizes = new Map();
    measure.values.forEach((value) => { if (value > 0) sizes.set(value, (sizes.get(value) || 0) + 1); });
    const own = GROUPS.map(shade);
    for (let i = 0; i < N; i++) {
      const value = measure.values[i];
      paint[i] = value > 0 ? (value <= own.length ? own[value - 1] : T.soft) : T.none;
    }
    steps = own.slice(0, sizes.size).map((color, at) => ({ color, text: fill(W.community_n, { n: at + 1 }), count: sizes.get(at + 1) || 0 }));
    let rest = 0;
    for (const [value, size] of sizes) if (value > own.length) rest += size;
    if (rest) steps.push({ color: T.soft, text: W.other_communities, count: rest });
  } else {
    const ramp = themeName === "dark" ? RAMP_DARK : RAMP;
    // Steps hold equally many values: measures of networks are so skewed that equal widths would show one colour, and
    // so many nodes share the least value that equally many nodes would, too.
    const sorted = Float32Array.from(new Set(measure.values.filter((value) => !Number.isNaN(value)))).sort();
    const bounds = ramp.map((_, at) => sorted[Math.floor((sorted.length * at) / ramp.length)]);
    for (let i = 0; i < N; i++) {
      const value = measure.values[i];
      let at = 0;
      while (at + 1 < bounds.length && value >= bounds[at + 1]) at++;
      paint[i] = Number.isNaN(value) ? T.none : ramp[at];
    }
    steps = sorted.length ? ramp.map((color, at) => ({ color, text: "≥ " + valueText(bounds[at]) })).filter((step, at) => at + 1 >= bounds.length || bounds[at] < bounds[at + 1]) : [];
    if (steps.length) steps[0].text = W.low + " · " + steps[0].text;
    if (steps.length > 1) steps[steps.length - 1].text += " · " + W.high;
  }
  if (measure.values.some((value) => Number.isNaN(value))) steps.push({ color: T.none, text: W.not_computed });
}
const valueText = (value) => (value === undefined || Number.isNaN(value) ? W.not_computed
  : value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(4))));
