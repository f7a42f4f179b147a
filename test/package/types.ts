// Writes hosts of 1, 10 and 25 plugins of 8 tokens each, and weighs what the compiler and an editor make of them: from
// the declarations in dist, as a host does (`npm run build` makes them).
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** A ceiling is raised only in the commit that causes it, with the reason in its message. */
const ceilings = {
  /** Instantiations, by the number of plugins of 8 tokens. */
  instantiations: new Map<number, number>([
    [1, Infinity],
    [10, Infinity],
    [25, 150_000],
  ]),
  /**
   * Characters that an editor shows on `InferRecord` of a host with one plugin, nothing elided, white space folded to
   * single blanks: what there is to read, not how an editor indents it. A complaint that is handled whole has forty
   * fields, of which an editor by itself shows a third.
   */
  hover: 2_000,
};

const root = fileURLToPath(new URL("../..", import.meta.url));
const generated = join(root, "test/package/generated");

/** One plugin with one token or more of each sort. The names of the core it needs stand in its first import. */
const pluginOf = (n: number): string => `import * as z from "zod/mini";
import { complaint, complaintCommands, complaintStates, definePlugin, deny } from "../../../dist/index.js";

export const wait = complaint.state("p${n}.wait", { phase: "paused", deadline: { days: ${n + 1} } });
export const waited = complaint.event("p${n}.waited", { v: 1, data: z.object({ ref: z.string(), n: z.number() }) });
export const place = complaint.slot("p${n}", z.object({ ref: z.string(), note: z.optional(z.string()) }));
export const pause = complaint.transition("p${n}.pause", {
  from: { phase: "open" },
  to: wait,
  input: z.object({ ref: z.string() }),
  when: ({ record }) => record.severity === "critical" || deny("p${n}.NO"),
  emits: [waited],
  emit: ({ input }) => waited({ ref: input.ref, n: 1 }, place({ ref: input.ref })),
});
export const resume = complaint.transition("p${n}.resume", {
  from: [wait],
  to: "previous",
  input: z.object({ n: z.number() }),
  emits: [waited],
  emit: ({ input }) => waited({ ref: "", n: input.n }),
});
export const end = complaint.transition("p${n}.end", { from: [wait], to: complaintStates.closed });
export const narrowed = complaint.guard("p${n}.guard", {
  on: complaintCommands.confirm,
  guard: ({ input }) => input.words !== undefined || deny("p${n}.NOT_CONFIRMED"),
});
export const permit = complaint.permit("p${n}.permit", { actors: ["staff"], commands: [pause, resume, end] });
export const plugin${n} = definePlugin({
  id: "p${n}",
  tokens: [wait, waited, place, pause, resume, end, narrowed, permit],
});
`;

/** A host that uses what it has composed as hosts do: records, commands and events by their inferred types. */
const hostOf = (count: number): string => {
  const numbers = Array.from({ length: count }, (_, n) => n);
  return `${numbers.map((n) => `import { plugin${n} } from "./p${n}.js";`).join("\n")}
import { createServiceRules, type InferCommand, type InferEvent, type InferRecord } from "../../../dist/index.js";

export const rules = createServiceRules({ plugins: [${numbers.map((n) => `plugin${n}`).join(", ")}] });
export type Complaint = InferRecord<typeof rules, "complaint">;
declare const record: Complaint;
declare const event: InferEvent<typeof rules, "complaint">;
export const name = (): string => {
  switch (event.type) {
    case "p0.waited":
      return event.data.ref;
    default:
      return event.type;
  }
};
export const noted = (): string | undefined => record.slots.p0?.note;
export const decided = (command: InferCommand<typeof rules, "complaint">) =>
  rules.complaints.decide(record, command, undefined as never);
export const one = () => rules.complaints.decide(record, { type: "p0.pause", input: { ref: "" } }, undefined as never);
`;
};

const config = {
  extends: "../../../tsconfig.json",
  compilerOptions: { noEmit: true, declaration: true, types: [] },
  include: [],
  exclude: [],
};

if (!existsSync(join(root, "dist/index.d.ts"))) throw new Error("no declarations in dist: npm run build makes them");

function generate(count: number): void {
  mkdirSync(generated, { recursive: true });
  // Only what this file has written: other gates keep their own folders in here.
  for (const file of readdirSync(generated)) if (/^(p\d+|host)\.ts$/.test(file)) rmSync(join(generated, file));
  for (let n = 0; n < count; n++) writeFileSync(join(generated, `p${n}.ts`), pluginOf(n));
  writeFileSync(join(generated, "host.ts"), hostOf(count));
  writeFileSync(join(generated, "tsconfig.json"), JSON.stringify({ ...config, files: ["host.ts"] }));
}

function compile(): { readonly ok: boolean; readonly output: string; readonly read: (name: string) => number } {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const run = spawnSync(process.execPath, [tsc, "-p", generated, "--extendedDiagnostics", "--pretty", "false"], {
    encoding: "utf8",
    cwd: root,
  });
  const read = (name: string) => Number(run.stdout.match(new RegExp(`^${name}:\\s+([\\d.]+)`, "m"))?.[1] ?? Number.NaN);
  return { ok: run.status === 0, output: run.stdout + run.stderr, read };
}

/** What an editor shows on a name: at most so many characters, by itself 500, and then says `… 13 more …`. */
function hover(name: string, most?: number): string {
  const file = join(generated, "host.ts");
  const json = ts.readConfigFile(join(generated, "tsconfig.json"), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(json, ts.sys, generated);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getCurrentDirectory: () => root,
    getScriptSnapshot: (path) => {
      const text = ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  const at = readFileSync(file, "utf8").indexOf(name);
  return ts.displayPartsToString(service.getQuickInfoAtPosition(file, at, most)?.displayParts);
}

const problems: string[] = [];
const number = (n: number): string => n.toLocaleString("en").padStart(9);

for (const [count, ceiling] of ceilings.instantiations) {
  generate(count);
  const { ok, output, read } = compile();
  const spent = read("Instantiations");
  const of = ceiling === Infinity ? "" : ` of ${number(ceiling).trim()}`;
  console.log(
    `${String(count).padStart(2)} plugins of 8 tokens: ${number(spent)} instantiations${of}, ${number(read("Types"))} types, ` +
      `check ${read("Check time")} s, ${Math.round(read("Memory used") / 1_024)} MB`,
  );
  if (!ok)
    problems.push(
      `the host of ${count} plugins does not compile\n${output
        .split(/^Files:/m)[0]
        ?.trim()
        .split("\n")
        .slice(0, 10)
        .join("\n")}`,
    );
  // A number that could not be read is not a number below the ceiling.
  if (!(spent <= ceiling)) problems.push(`${count} plugins: ${spent} instantiations, above ${ceiling}`);
}

generate(1);
const shown = hover("Complaint =");
const whole = hover("Complaint =", 1_000_000);
const folded = whole.replace(/\s+/g, " ");
console.log(`\nhover on InferRecord: ${folded.length} characters of ${ceilings.hover}, folded\n${whole}`);
if (shown !== whole) console.log(`(an editor by itself elides part of it: ${shown.length} characters)`);
if (!whole.startsWith("type Complaint = {")) problems.push("InferRecord is not shown as one flat object");
if (whole.includes("&")) problems.push("InferRecord is shown with an intersection in it");
if (folded.length >= ceilings.hover) problems.push(`InferRecord is shown with ${folded.length} characters`);

for (const problem of problems) console.error(`FAILED ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
