// Makes the editor and the interactive figures of the live page, and the file with the licences of what is in them. The same versions give the
// same bytes.
import { build } from "esbuild";
import { copyFile, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const assets = "../Assets";
const outfile = join(assets, "codemirror.js");
const plotly = "plotly.js-cartesian-dist-min";
const result = await build({
  entryPoints: ["codemirror.js"],
  bundle: true,
  format: "esm",
  minify: true,
  charset: "utf8",
  target: ["es2022"],
  legalComments: "none",
  metafile: true,
  outfile,
  banner: { js: "/* CodeMirror 6 and what it needs, bundled; licences: licences.txt */" },
});

// Only packages of which something is in the file; a package's folder is the last one behind node_modules.
const folders = new Set(
  Object.entries(Object.values(result.metafile.outputs)[0].inputs)
    .filter(([path, { bytesInOutput }]) => path.startsWith("node_modules/") && bytesInOutput > 0)
    .map(([path]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)[1]),
);
await copyFile(join("node_modules", plotly, "plotly-cartesian.min.js"), join(assets, "plotly.js"));
folders.add(plotly);

const licences = [];
for (const name of [...folders].sort()) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(folder, file), "utf8") : `(The package states ${license} and has no text.)`;
  licences.push(`${name} ${version}\n${"=".repeat(name.length + version.length + 1)}\n\n${text.trim()}\n`);
}
await writeFile(join(assets, "licences.txt"), licences.join("\n\n"));
console.log(`${licences.length} packages`);
