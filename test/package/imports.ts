import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import ts from "typescript";

/** The source tree: path below `src`, with slashes, to its text. */
export type Tree = ReadonlyMap<string, string>;

export interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  /** `type` leaves no trace in the emitted JavaScript. */
  readonly kind: "value" | "type";
  /** What is imported by name, as the other file calls it. */
  readonly names: readonly string[];
}

/** From left to right: a concept may import the `index.ts` of those before it. */
export const concepts: readonly string[] = [
  "customer",
  "grading",
  "complaint",
  "corrective-action",
  "satisfaction",
  "follow-up",
];

const numbers = ["calendar", "statistics"];
const engines = ["sla", "lifecycle", "scorecard"];
const foundations = ["kernel", ...numbers, ...engines];
const rest = ["plugin", "rules", "ports", "desk", "store", "presets", "testing", "index.ts"];
const everything: readonly string[] = [...foundations, ...concepts, ...rest];

/**
 * The table of DESIGN.md §2, but that a life keeps the clocks of its records, so service levels stand below it. A room
 * may always import itself; a room that is not in it is unknown.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  ...Object.fromEntries(numbers.map((room) => [room, ["kernel"]])),
  ...Object.fromEntries(engines.map((room) => [room, ["kernel", ...numbers]])),
  lifecycle: ["kernel", ...numbers, "sla"],
  ...Object.fromEntries(concepts.map((room, at) => [room, [...foundations, ...concepts.slice(0, at)]])),
  plugin: [...foundations, ...concepts],
  rules: [...foundations, ...concepts, "plugin"],
  ports: ["kernel"],
  desk: ["kernel", "rules", "ports"],
  store: ["kernel", "ports"],
  presets: ["index.ts"],
  testing: everything,
  "index.ts": everything.filter((room) => room !== "testing" && room !== "presets"),
};

/** Rooms that see the inside of a concept; all others see its `index.ts`. */
const insiders = ["testing", "index.ts"];

/** Single files or folders that a room may not import although it may import their room. */
const except: readonly (readonly [room: string, folder: string])[] = [["index.ts", "store/sql/"]];

/** The bare packages, each by the only name under which it may be imported. */
export const packages: readonly string[] = ["zod/mini", "zod/v4/core", "date-fns", "@date-fns/tz", "nanoid"];

export const roomOf = (file: string): string => file.split("/")[0] ?? file;

export function readTree(root: string): Tree {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
  return new Map(
    paths
      .filter((path) => path.endsWith(".ts"))
      .sort()
      .map((path) => [path, readFileSync(join(root, path), "utf8")]),
  );
}

/** Every specifier of a file: imports, re-exports, `import()`, `import("…").Type`, `import = require()`, `require()`. */
export function readImports(file: string, text: string): readonly Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (at: ts.Node, specifier: ts.Node | undefined, kind: Import["kind"], names: readonly string[] = []) => {
    const line = source.getLineAndCharacterOfPosition(at.getStart()).line + 1;
    // A computed specifier cannot be judged, so it is reported as one that is in no table.
    const named = specifier !== undefined && ts.isStringLiteralLike(specifier);
    found.push({ file, line, specifier: named ? specifier.text : "(computed)", kind, names });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      // `import { type A }` keeps an empty import under verbatimModuleSyntax: only `import type` disappears.
      const kind = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? "type" : "value";
      add(node, node.moduleSpecifier, kind, clause === undefined ? [] : namesOf(clause));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      add(node, node.moduleSpecifier, node.isTypeOnly ? "type" : "value");
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node, node.moduleReference.expression, node.isTypeOnly ? "type" : "value");
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, "type");
    } else if (ts.isCallExpression(node) && isLoading(node.expression)) {
      add(node, node.arguments[0], "value");
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const reference of [...source.typeReferenceDirectives, ...source.referencedFiles]) {
    const line = source.getLineAndCharacterOfPosition(reference.pos).line + 1;
    found.push({ file, line, specifier: reference.fileName, kind: "type", names: [] });
  }
  return found;
}

const isLoading = (callee: ts.Expression): boolean =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require");

function namesOf(clause: ts.ImportClause): readonly string[] {
  const bindings = clause.namedBindings;
  const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
  return [...(clause.name ? ["default"] : []), ...named.map((e) => (e.propertyName ?? e.name).text)];
}

/** The file that a relative specifier means, below `src`; `undefined` where it means none. */
const target = (tree: Tree, { file, specifier }: Import): string | undefined => {
  const path = posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts");
  return specifier.endsWith(".js") && tree.has(path) ? path : undefined;
};

/** What one import breaks, as a sentence. */
function breach(tree: Tree, one: Import): string | undefined {
  const { file, specifier, names } = one;
  if (!/^\.{1,2}\//.test(specifier)) {
    if (specifier.startsWith("zod") && names.some((name) => name === "z" || name === "default"))
      return 'write `import * as z from "zod/mini"`: a named `z` defeats tree shaking';
    return packages.includes(specifier) ? undefined : `only these packages: ${packages.join(", ")}`;
  }
  const to = target(tree, one);
  if (to === undefined) return "a relative import names a file below src by its `.js` name";
  const from = roomOf(file);
  const room = roomOf(to);
  if (from === room) return undefined;
  const allowed = mayImport[from] ?? [];
  if (!allowed.includes(room)) return `${from} may import ${allowed.length > 0 ? allowed.join(", ") : "nothing"}`;
  const hidden = except.find(([who, folder]) => who === from && to.startsWith(folder));
  if (hidden) return `${from} may not import ${hidden[1]}`;
  if (concepts.includes(room) && !insiders.includes(from) && to !== `${room}/index.ts`)
    return `of ${room}, ${from} may import only ${room}/index.ts`;
  return undefined;
}

/** Everything that is wrong with the imports of a tree: one line for each, sorted by file. */
export function violations(tree: Tree): readonly string[] {
  const imports = [...tree].flatMap(([file, text]) => readImports(file, text));
  const unknown = [...new Set([...tree.keys()].map(roomOf))].filter((room) => !Object.hasOwn(mayImport, room));
  const breaches = imports.flatMap((one) => {
    const rule = breach(tree, one);
    return rule === undefined ? [] : [`src/${one.file}:${one.line} imports "${one.specifier}": ${rule}`];
  });
  const edges = imports.flatMap((one) => {
    const to = one.specifier.startsWith(".") ? target(tree, one) : undefined;
    return to === undefined ? [] : [{ from: one.file, to, kind: one.kind }];
  });
  const files = edges.filter((edge) => edge.kind === "value");
  const rooms = edges
    .map((edge) => ({ from: roomOf(edge.from), to: roomOf(edge.to) }))
    .filter((edge) => edge.from !== edge.to);
  return [
    ...unknown.map((room) => `src/${room}: no room of this name in DESIGN.md §2`),
    ...breaches,
    ...circles(files).map((circle) => `circle of files: ${circle.join(" → ")}`),
    ...circles(rooms).map((circle) => `circle of rooms: ${circle.join(" → ")}`),
  ];
}

/** The circles that a walk of the graph meets, each beginning and ending with the first of its names. */
export function circles(edges: readonly { readonly from: string; readonly to: string }[]): readonly string[][] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const done = new Set<string>();
  const found: string[][] = [];
  const walk = (name: string, path: readonly string[]): void => {
    const at = path.indexOf(name);
    if (at >= 0) found.push(turned(path.slice(at)));
    if (at >= 0 || done.has(name)) return;
    for (const to of [...(next.get(name) ?? [])].sort()) walk(to, [...path, name]);
    done.add(name);
  };
  for (const name of [...next.keys()].sort()) walk(name, []);
  return found;
}

/** The same circle, wherever the walk entered it. */
function turned(names: readonly string[]): string[] {
  const first = names.indexOf([...names].sort()[0] ?? "");
  return [...names.slice(first), ...names.slice(0, first + 1)];
}
