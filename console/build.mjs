// Builds the page of `aikg serve` into facade/serve/static: console.js, console.css, LICENSES.txt (of what is bundled),
// and bundle.json, which says from which sources it was made, so that a test notices a bundle that is out of date.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "facade", "serve", "static");

const made = await build({
  entryPoints: [join(here, "src", "main.js")],
  outfile: join(target, "console.js"),
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: ["es2022"],
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
await build({ entryPoints: [join(here, "src", "console.css")], outfile: join(target, "console.css"), minify: true, charset: "utf8", logLevel: "warning" });

const packages = new Set(
  Object.keys(made.metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
const licences = [...packages].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file || about.license !== "MIT") throw new Error(`${name}: licence ${about.license} is not the MIT licence, or has no text`);
  return `${name} ${about.version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
writeFileSync(join(target, "LICENSES.txt"), `console.js contains these packages.\n\n${licences.join(`\n${"-".repeat(78)}\n\n`)}`);

const digest = createHash("sha256");
for (const name of ["package.json", "package-lock.json", "build.mjs", ...readdirSync(join(here, "src")).sort().map((name) => `src/${name}`)]) {
  digest.update(`${name}\n`).update(readFileSync(join(here, name), "utf8").replaceAll("\r\n", "\n"));
}
writeFileSync(join(target, "bundle.json"), `${JSON.stringify({ sources: digest.digest("hex"), packages: [...packages].sort() }, null, 1)}\n`);
for (const name of ["console.js", "console.css"]) {
  process.stdout.write(`${name} ${Math.round(readFileSync(join(target, name)).length / 1024)} KB\n`);
}
