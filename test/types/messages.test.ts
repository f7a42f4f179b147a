import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const preamble = `
import { complaint, createServiceRules, definePlugin, recordKind } from "clientele";
import * as z from "zod/mini";
const hold = complaint.state("legal.hold", { phase: "paused", deadline: { days: 30 }, then: "previous" });
const legal = definePlugin({ id: "legal", tokens: [hold] });
const vip = definePlugin({ id: "vip", requires: [legal], tokens: [] });
export const used = [complaint, createServiceRules, definePlugin, recordKind, z, hold, legal, vip];
`;

/** What a plugin author may get wrong, and the very sentence that the compiler then shows. */
const mistakes: readonly (readonly [name: string, code: string, sentence: string])[] = [
  [
    "an id of somebody else",
    `definePlugin({ id: "legal", tokens: [hold, complaint.state("hold", { phase: "closed" })] })`,
    `Type 'State<"complaint", "hold">' is not assignable to type '"\\"hold\\" must begin with \\"legal.\\""'.`,
  ],
  [
    "a word of the core",
    `definePlugin({ id: "complaint", tokens: [] })`,
    `Type '"complaint"' is not assignable to type '"\\"complaint\\" is a word of the core"'.`,
  ],
  [
    "a dotted id",
    `definePlugin({ id: "legal.hold", tokens: [] })`,
    `Type '"legal.hold"' is not assignable to type '"the id of a plugin has no dot and is not empty"'.`,
  ],
  [
    "no id",
    `definePlugin({ id: "", tokens: [] })`,
    `Type '""' is not assignable to type '"the id of a plugin has no dot and is not empty"'.`,
  ],
  [
    "a plugin twice",
    `createServiceRules({ plugins: [legal, legal] })`,
    `Type 'Plugin<"legal", State<"complaint", "legal.hold">, never>' is not assignable to type '"plugin \\"legal\\" is installed twice"'.`,
  ],
  [
    "a missing requirement",
    `createServiceRules({ plugins: [vip] })`,
    `Type 'Plugin<"vip", never, "legal">' is not assignable to type '"plugin \\"legal\\" is required and not installed"'.`,
  ],
  [
    "an open state without a deadline",
    `complaint.state("legal.open", { phase: "open" })`,
    `Type '"open"' is not assignable to type '"a state that is not closed needs a deadline"'.`,
  ],
  [
    "a paused state without a deadline",
    `complaint.state("legal.paused", { phase: "paused", then: "previous" })`,
    `Type '"paused"' is not assignable to type '"a state that is not closed needs a deadline"'.`,
  ],
  [
    "a closed state with a deadline",
    `complaint.state("legal.closed", { phase: "closed", deadline: { days: 1 } })`,
    `Type '"closed"' is not assignable to type '"a closed state has no deadline"'.`,
  ],
  [
    "a field that every record has already",
    `recordKind("legal.case", { revision: 1, initial: "legal.new", schema: z.object({ id: z.string(), court: z.string() }) })`,
    `Type 'ZodMiniObject<{ id: ZodMiniString<string>; court: ZodMiniString<string>; }, $strip>' is not assignable to type '"every record already has \\"id\\""'.`,
  ],
];

const fileOf = (name: string): string => `${root}test/types/${name.replaceAll(" ", "-")}.snippet.ts`;

/** All snippets in one program: the sources are read and checked once. */
function compile(snippets: ReadonlyMap<string, string>): (file: string) => readonly ts.Diagnostic[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options, true);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => snippets.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const text = snippets.get(file);
    return text === undefined
      ? getSourceFile(file, ...rest)
      : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...snippets.keys()], { ...options, types: [] }, host);
  return (file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  };
}

let diagnosticsOf: (file: string) => readonly ts.Diagnostic[];
beforeAll(() => {
  const snippets = new Map(mistakes.map(([name, code]) => [fileOf(name), `${preamble}export const made = ${code};\n`]));
  snippets.set(fileOf("none"), `${preamble}export const made = createServiceRules({ plugins: [legal, vip] });\n`);
  diagnosticsOf = compile(snippets);
});
const sentencesOf = (name: string): readonly string[] =>
  diagnosticsOf(fileOf(name)).map((d) => ts.flattenDiagnosticMessageText(d.messageText, "\n"));

test.each(mistakes)("%s: one diagnostic, of one line", (name, _, sentence) => {
  expect(sentencesOf(name)).toEqual([sentence]);
  expect(sentence).not.toContain("\n");
});

test("of a plugin that is installed twice, the second is blamed", () => {
  const [found] = diagnosticsOf(fileOf("a plugin twice"));
  expect(found?.file?.text.slice(0, found.start)).toMatch(/plugins: \[legal, $/);
});

test("without a mistake there is no sentence", () => {
  expect(sentencesOf("none")).toEqual([]);
});
