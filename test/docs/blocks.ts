import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** One fenced piece of TypeScript, as a reader sees it. */
export interface Block {
  readonly file: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly code: string;
  /** `no-run`: it is compiled only. `no-check`: neither, for signatures and fragments. */
  readonly mode: "run" | "no-run" | "no-check";
  /** The region of a file that it claims to quote. */
  readonly region?: { readonly path: string; readonly name: string };
}

export interface Found {
  readonly blocks: readonly Block[];
  /** What looks like an example and cannot be read as one: `file:line` and a sentence. */
  readonly problems: readonly string[];
}

interface Line {
  readonly text: string;
  readonly at: number;
}

const modes: Readonly<Record<string, Block["mode"]>> = { "": "run", "no-run": "no-run", "no-check": "no-check" };
const marker = /^<!--\s*region:\s*(\S+?)#(\S+)\s*-->$/;

/** The blocks of a markdown file. */
export const fromMarkdown = (file: string, text: string): Found => fences(file, lines(text));

/** The blocks in the doc comments of a TypeScript file. An `@example` without a fence is a problem. */
export function fromSource(file: string, text: string): Found {
  const comments = docComments(lines(text));
  const found = comments.map((comment) => fences(file, comment));
  const bare = comments.flatMap((comment) =>
    comment
      .filter((line, n) => /^@example\b/.test(line.text.trim()) && !/^\s*```ts\b/m.test(section(comment, n)))
      .map((line) => `${file}:${line.at} an @example without a ts fence`),
  );
  return { blocks: found.flatMap((f) => f.blocks), problems: [...found.flatMap((f) => f.problems), ...bare] };
}

/** Everything that a reader may copy: README, docs and the doc comments of src. */
export function allBlocks(root: string): Found {
  const under = (folder: string, suffix: string): readonly string[] =>
    !existsSync(join(root, folder))
      ? []
      : readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
          .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
          .sort();
  const pages = [...(existsSync(join(root, "README.md")) ? ["README.md"] : []), ...under("docs", ".md")];
  const found = [
    // The reference is generated from the doc comments, which are read below.
    ...pages.filter((f) => !f.startsWith("docs/reference/")).map((f) => fromMarkdown(f, read(root, f))),
    ...under("src", ".ts").map((f) => fromSource(f, read(root, f))),
  ];
  return { blocks: found.flatMap((f) => f.blocks), problems: found.flatMap((f) => f.problems) };
}

const read = (root: string, file: string): string => readFileSync(join(root, file), "utf8");
const lines = (text: string): readonly Line[] => text.split(/\r?\n/).map((line, n) => ({ text: line, at: n + 1 }));

/** The lines of each doc comment without its stars. */
function docComments(all: readonly Line[]): readonly (readonly Line[])[] {
  const comments: Line[][] = [];
  let open: Line[] | undefined;
  for (const { text, at } of all) {
    if (open === undefined && /^\s*\/\*\*/.test(text)) {
      open = [];
      comments.push(open);
    }
    open?.push({ text: text.replace(/^\s*(\/\*\*|\*(?!\/)) ?/, "").replace(/\s*\*\/.*$/, ""), at });
    if (text.includes("*/")) open = undefined;
  }
  return comments;
}

/** What belongs to the tag in line `n`: up to the next tag, those inside fences not counted. */
function section(comment: readonly Line[], n: number): string {
  let inside = false;
  const end = comment.findIndex(({ text }, i) => {
    if (/^\s*```/.test(text)) inside = !inside;
    return i > n && !inside && /^\s*@\w/.test(text);
  });
  return comment
    .slice(n, end < 0 ? undefined : end)
    .map((line) => line.text)
    .join("\n");
}

function fences(file: string, all: readonly Line[]): Found {
  const blocks: Block[] = [];
  const problems: string[] = [];
  let region: Block["region"];
  for (let n = 0; n < all.length; n++) {
    const { text, at } = all[n]!;
    const quoted = text.trim().match(marker);
    const fence = text.match(/^(\s*)(`{3,}|~{3,})\s*(.*?)\s*$/);
    if (region !== undefined && !fence) problems.push(`${file}:${at - 1} a region without a code fence below it`);
    if (!fence) {
      region = quoted ? { path: quoted[1]!, name: quoted[2]! } : undefined;
      if (!quoted && /<!--\s*region\b/.test(text))
        problems.push(`${file}:${at} a region is <!-- region: path#name -->`);
      continue;
    }
    const [, indent = "", ticks = "", info = ""] = fence;
    const end = all.findIndex((line, i) => i > n && line.text.trim() === ticks);
    if (end < 0) problems.push(`${file}:${at} a fence that never closes`);
    const inner = all.slice(n + 1, end < 0 ? undefined : end);
    const [language = "", ...rest] = info.split(/\s+/);
    const mode = modes[rest.join(" ")];
    if (language === "ts" && mode === undefined)
      problems.push(`${file}:${at} a ts fence says nothing, no-run or no-check`);
    if (language === "ts" && mode !== undefined) {
      const code = inner.map((line) =>
        line.text.startsWith(indent) ? line.text.slice(indent.length) : line.text.trimStart(),
      );
      blocks.push({ file, line: at + 1, code: code.join("\n"), mode, ...(region && { region }) });
    } else if (region !== undefined) problems.push(`${file}:${at} a region above a fence that is not ts`);
    region = undefined;
    n = end < 0 ? all.length : end;
  }
  if (region !== undefined) problems.push(`${file}:${all.at(-1)?.at} a region without a code fence below it`);
  return { blocks, problems };
}
