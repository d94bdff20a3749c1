// Makes ../Assets/codemirror.js and the file with the licences of what is in it. The same versions give the same bytes.
import { build } from "esbuild";
import { readFile, writeFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

const outfile = "../Assets/codemirror.js";
const result = await build({
  entryPoints: ["entry.js"],
  bundle: true,
  format: "esm",
  minify: true,
  charset: "utf8",
  target: ["es2022"],
  legalComments: "none",
  metafile: true,
  outfile,
  banner: { js: "/* CodeMirror 6 and what it needs, bundled; licences: codemirror.licences.txt */" },
});

// Only packages of which something is in the file; a package's folder is the last one behind node_modules.
const folders = new Set(
  Object.entries(Object.values(result.metafile.outputs)[0].inputs)
    .filter(([path, { bytesInOutput }]) => path.startsWith("node_modules/") && bytesInOutput > 0)
    .map(([path]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)[1]),
);
const licences = [];
for (const name of [...folders].sort()) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(folder, file), "utf8") : `(The package states ${license} and has no text.)`;
  licences.push(`${name} ${version}\n${"=".repeat(name.length + version.length + 1)}\n\n${text.trim()}\n`);
}
await writeFile(join(dirname(outfile), "codemirror.licences.txt"), licences.join("\n\n"));
console.log(`${outfile}: ${licences.length} packages`);
