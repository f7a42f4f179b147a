// Bundles what a host would import, as a host's bundler would, and weighs it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

interface Entry {
  readonly code: string;
  /** Ceilings in bytes after gzip. `own` leaves the dependencies out, `whole` has everything in. */
  readonly ceiling: { readonly own?: number; readonly whole?: number };
  /** Texts that would mean that something has been dragged in. */
  readonly free?: readonly string[];
  /** Folders of `dist` and packages of which no byte may arrive. */
  readonly without?: readonly string[];
}

/** A ceiling is raised only in the commit that causes it, with the reason in its message. */
const entries: readonly Entry[] = [
  { code: 'export { deny } from "clientele"', ceiling: { whole: 1_024 } },
  {
    code: 'export { createServiceRules } from "clientele"',
    // 25 KB for the foundations and the four concepts; 11 KB since complaints are held to service clocks by policy. What
    // makes calendars comes with the policy book, and reading a whole history with `clockHistory` and `replay`. 3 KB for
    // corrective actions, whose effect is told by `effectOf`, which is imported by those who ask. 7 KB for the whole
    // case: assessment, limits, the ledger, findings, links, owners, promises, silence; reports are imported apart.
    ceiling: { own: 47_104 },
    free: ["投诉", "setTimeout", "setInterval", "fetch(", "nanoid"],
    without: ["dist/desk/", "dist/store/", "dist/presets/", "dist/testing/", "node_modules/nanoid/"],
  },
  { code: 'export { createServiceDesk, memoryStore } from "clientele"', ceiling: {} },
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const dependencies = ["zod", "date-fns", "@date-fns/tz", "nanoid"];

/** `clientele` is found by self-reference: through the exports of this package, in `dist`, as a host finds it. */
async function bundle(code: string, external: string[]): Promise<{ text: string; gzip: number; parts: Metafile }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    treeShaking: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    // The stricter half of the hosts: no Node built-in is at hand.
    conditions: ["browser"],
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "error",
    external,
  });
  const { text } = outputFiles[0]!;
  // Of what is left out, each file still has an import: lines that vanish in the bundle of a host, who has it once.
  const own = text.replaceAll(/import\*as \w+ from"[^"]+";/g, "");
  return { text, gzip: gzipSync(own, { level: 9 }).length, parts: metafile };
}

/** Minified bytes by where they come from: `clientele`, or the name of the package. */
function shares({ outputs }: Metafile): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.values(outputs).flatMap((o) => Object.entries(o.inputs))) {
    const name = file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/)?.[1] ?? "clientele";
    if (bytesInOutput > 0) sums.set(name, (sums.get(name) ?? 0) + bytesInOutput);
  }
  return sums;
}

const arrived = ({ outputs }: Metafile, folder: string): readonly string[] =>
  Object.values(outputs)
    .flatMap((o) => Object.entries(o.inputs))
    .filter(([file, { bytesInOutput }]) => file.includes(folder) && bytesInOutput > 0)
    .map(([file, { bytesInOutput }]) => `${file} (${bytesInOutput} bytes)`);

const kb = (bytes: number): string => `${(bytes / 1_024).toFixed(2)} KB`;

async function weigh({ code, ceiling, free = [], without = [] }: Entry): Promise<readonly string[]> {
  const own = await bundle(code, dependencies);
  const whole = await bundle(code, []);
  const parts = [...shares(whole.parts)].map(([name, bytes]) => `${name} ${kb(bytes)}`).join(", ");
  const below = (name: "own" | "whole") => (ceiling[name] === undefined ? "" : ` of ${kb(ceiling[name])}`);
  console.log(`${code}
  own code gzip ${kb(own.gzip)}${below("own")}; with dependencies gzip ${kb(whole.gzip)}${below("whole")}
  minified: ${parts}`);
  return [
    ...(own.gzip > (ceiling.own ?? Infinity) ? [`own code is ${kb(own.gzip)}, above ${kb(ceiling.own ?? 0)}`] : []),
    ...(whole.gzip > (ceiling.whole ?? Infinity)
      ? [`whole is ${kb(whole.gzip)}, above ${kb(ceiling.whole ?? 0)}`]
      : []),
    ...free.filter((text) => own.text.includes(text)).map((text) => `"${text}" must not be in it`),
    ...without.flatMap((folder) => arrived(whole.parts, folder)).map((part) => `${part} must not be in it`),
  ].map((problem) => `${code}: ${problem}`);
}

if (!existsSync(join(root, "dist/index.js"))) throw new Error("nothing to weigh: `npm run build` first");
const problems: string[] = [];
for (const entry of entries) problems.push(...(await weigh(entry)));
for (const problem of problems) console.error(`FAILED ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
