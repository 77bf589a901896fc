// ---- nodes and edges -------------------------------------------------------------------------------------
const OUTSIDE = new Set(["dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"]);
let given = { nodes: data.nodes, edges: data.edges };
if (data.dot) {
  const parsed = vis.network.convertDot(data.dot);
  given = { nodes: parsed.nodes, edges: parsed.edges };
}
const colorOf = (node) => {
  const color = node.color !== undefined ? node.color : (groupsOf[node.group] || {}).color;
  return typeof color === "string" ? color : (color && color.background) || "#6d8fc7";
};
const nodes = new Map();
for (const node of given.nodes) {
  const shape = node.shape || (groupsOf[node.group] || {}).shape || "dot";
  nodes.set(node.id, {
    id: node.id, name: String(node.label === undefined ? node.id : node.label), group: node.group, shape,
    color: colorOf(node), size: Number(node.size) || 25, links: [], own: !OUTSIDE.has(shape), raw: node,
    text: short(node.label === undefined ? node.id : node.label, 22), rank: Number(node.rank) || 0,
    tip: [short(node.label === undefined ? node.id : node.label, 80), (groupsOf[node.group] || {}).name].filter(Boolean).join("\n"),
    keys: [node.label, ...((details[String(node.id)] || {}).aliases || []), node.id].map((t) => folded(t ?? "")),
  });
}
const edges = new Map();
const endsKnown = given.edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
endsKnown.forEach((edge, at) => {
  const id = edge.id === undefined ? "edge " + at : edge.id;
  const link = { id, from: nodes.get(edge.from), to: nodes.get(edge.to), type: edge.type, raw: edge };
  edges.set(id, link);
  link.from.links.push(link);
  if (link.to !== link.from) link.to.links.push(link);
});
// Hubs of the picture first, then the best connected: the order in which labels get room.
const ranked = [...nodes.values()].sort((a, b) => b.rank - a.rank || b.links.length - a.links.length);

const hiddenGroups = new Set(), hiddenRelations = new Set();
const seen = (node) => !hiddenGroups.has(String(node.group));
const linkSeen = (link) => !hiddenRelations.has(String(link.type)) && seen(link.from) && seen(link.to);

// ---- the network -----------------------------------------------------------------------------------------
const large = nodes.size > 1500 || edges.size > 3000;
const visNodes = new vis.DataSet([...nodes.values()].map((node) => {
  const shown = { ...node.raw };
  // Labels beside dots are drawn below, where they do not cover each other; vis keeps those inside a shape.
  if (!node.own) delete shown.label; else shown.label = node.text;
  shown.title = shown.title === undefined ? node.tip : String(shown.title).slice(0, 600);
  return shown;
}));
const visEdges = new vis.DataSet([...edges.values()].map((link) => {
  const shown = { ...link.raw, id: link.id };
  if (shown.label !== undefined) shown.label = short(shown.label, 30);
  shown.title = shown.title === undefined ? (relations[link.type] || {}).name : String(shown.title).slice(0, 600);
  return shown;
}));
const options = { ...data.options };
const over = (name, values) => { options[name] = { ...values, ...(options[name] || {}) }; };
over("layout", { improvedLayout: false });
over("interaction", { tooltipDelay: 120, hover: !large, selectConnectedEdges: false, multiselect: false });
if (large) Object.assign(options.interaction, { hideEdgesOnDrag: true, hideEdgesOnZoom: true });
options.autoResize = true;
if (options.configure) options.configure = { ...options.configure, container: byId("config") };
const stage = byId("network");
if (typeof data.background === "string") stage.style.backgroundColor = data.background;

let network = null;
try {
  network = new vis.Network(stage, { nodes: visNodes, edges: visEdges }, options);
} catch (error) {
  note(W.failed + error.message, true);
  throw error;
}
const physics = options.physics === undefined || options.physics === true || (options.physics || {}).enabled !== false;
let places = null;
const where = (node) => {
  if (places === null) places = network.getPositions();
  return places[node.id] || { x: 0, y: 0 };
};

function note(text, failed) {
  const notes = byId("notes");
  notes.hidden = false;
  if (failed) notes.className = "failed";
  notes.append(el("span", null, text), " ");
}
