import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { rewrite } from "./assertions.js";
import type { Block } from "./blocks.js";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Below `test`, because a runner leaves modules in `node_modules` as they are: no alias, no TypeScript. */
const folder = join(root, "test/package/generated/docs");

/** What a reader has installed. */
const importable: readonly string[] = [
  ...["clientele", "clientele/sql", "clientele/testing", "zod", "zod/mini"],
  // The drivers of a host, and what Node brings along.
  ...["@electric-sql/pglite", "pg", "node:crypto"],
];

/** A fragment quoted from a file is compiled where it comes from. */
export const compiled = (block: Block): boolean =>
  block.mode === "run" || (block.mode === "no-run" && block.region === undefined);

const moduleOf = ({ file, line }: Block): string => join(folder, `${file.replace(/\W+/g, "-")}-${line}.ts`);

/** A block begins in its module on the line on which it begins in its file, so that every message points there. */
const placed = ({ line, code }: Block): string => `${"\n".repeat(line - 1)}${code}\nexport {};\n`;

/** Imports of what no reader has, and `// =>` comments that assert nothing. */
export function problemsOf(block: Block): readonly string[] {
  if (block.mode === "no-check") return [];
  const foreign = ts.preProcessFile(block.code).importedFiles.filter((i) => !importable.includes(i.fileName));
  return [
    ...foreign.map((i) => `${block.file}:${block.line} imports "${i.fileName}"; a reader has ${importable.join(", ")}`),
    ...rewrite(block.code, String).problems.map((p) => `${block.file}:${block.line + p.line - 1} ${p.message}`),
  ];
}

/** Writes the block as a module with its assertions, and answers its path. */
export function writeModule(block: Block): string {
  const path = moduleOf(block);
  const { code } = rewrite(block.code, (line) => `${block.file}:${block.line + line - 1}`);
  const text = `import { equal as __equal, throws as __throws } from "../../../docs/assertions.js";${placed({ ...block, code })}`;
  mkdirSync(folder, { recursive: true });
  // Another run in the same checkout may be reading it.
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  return path;
}

/** All blocks in one program, as a reader would compile them: `file:line` and the message of each mistake. */
export function compile(blocks: readonly Block[]): readonly string[] {
  const texts = new Map(blocks.map((block) => [moduleOf(block), { block, text: placed(block) }]));
  const json = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config;
  const options: ts.CompilerOptions = {
    ...ts.parseJsonConfigFileContent(json, ts.sys, root).options,
    noEmit: true,
    // An example shows a value more often than it uses it.
    noUnusedLocals: false,
    noUnusedParameters: false,
    // A rule of this house, not of its readers'.
    noPropertyAccessFromIndexSignature: false,
    paths: {
      clientele: [join(root, "src/index.ts")],
      "clientele/sql": [join(root, "src/store/sql/index.ts")],
      "clientele/testing": [join(root, "src/testing/index.ts")],
    },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists.call(host, path);
  host.readFile = (path) => texts.get(path)?.text ?? readFile.call(host, path);
  host.getSourceFile = (path, target, ...more) => {
    const text = texts.get(path)?.text;
    return text === undefined
      ? getSourceFile.call(host, path, target, ...more)
      : ts.createSourceFile(path, text, target);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts].flatMap(([path, { block }]) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start = 0, messageText }) => {
      const line = (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
      return `${block.file}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  });
}
