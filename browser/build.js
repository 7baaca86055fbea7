// Bundles age.js and qr.js for the browser, each with the licences of all that went into it.
//
//   node build.js [FOLDER]      default: ../app/web/static/js/vendor
import { build } from "esbuild";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "../app/web/static/js/vendor");

const { outputFiles, metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["age.js", "qr.js"],
  outdir: "vendor",
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none", // all licences stand whole in LICENCES.txt
  metafile: true,
  write: false,
});

await mkdir(target, { recursive: true });
await put("LICENCES.txt", await licencesOf(metafile));
for (const file of outputFiles) await put(file.path.split("/").at(-1), file.contents);

// Renamed into place, so that nobody is ever served half a file.
async function put(name, content) {
  const path = join(target, name);
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}

async function licencesOf({ inputs }) {
  const packages = new Set(Object.keys(inputs).flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
  const texts = [];
  for (const name of [...packages].sort()) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} comes without its licence`);
    texts.push(`${name} ${version} (${license})\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`);
  }
  return `What is bundled in age.js and qr.js, and under which licence.\n\n${texts.join(`\n${"-".repeat(72)}\n\n`)}`;
}
