import ts from "typescript";
import { expect } from "vitest";

/** The code with its `// =>` comments made into assertions, line for line; and those that cannot be. */
export interface Rewritten {
  readonly code: string;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const arrow = /^\/\/\s*=>\s*(.*)$/;

/** `label` says of a line where it stands for the reader. The names begin with `__` so that no example uses them. */
export function rewrite(code: string, label: (line: number) => string): Rewritten {
  const source = ts.createSourceFile("block.ts", code, ts.ScriptTarget.Latest, true);
  const lines = code.split("\n");
  const lineOf = (at: number): number => source.getLineAndCharacterOfPosition(at).line;
  const edits: Edit[] = [];
  const problems: { line: number; message: string }[] = [];
  const read = new Set<number>();

  const visit = (node: ts.Node): void => {
    // What stands inside a function runs when it is called, if at all: a comment there asserts nothing.
    if (ts.isFunctionLike(node)) return;
    if (ts.isExpressionStatement(node) || ts.isVariableStatement(node)) {
      const comment = ts.getTrailingCommentRanges(code, node.end)?.[0];
      const said = comment && code.slice(comment.pos, comment.end).match(arrow)?.[1];
      if (comment !== undefined && said !== undefined) {
        const line = lineOf(comment.pos);
        read.add(line);
        const outcome = edit(node, expected(said, lines.slice(line + 1)), JSON.stringify(label(line + 1)));
        if (typeof outcome === "string") problems.push({ line: line + 1, message: outcome });
        else edits.push(outcome);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);

  for (const [n, line] of lines.entries())
    if (/\/\/\s*=>/.test(line) && !read.has(n))
      problems.push({ line: n + 1, message: "`// =>` asserts only behind `expression;` or `const name = …;`" });
  const changed = edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: by }) => text.slice(0, from) + by + text.slice(to), code);
  return { code: changed, problems };
}

type Expected = { readonly literal: string } | { readonly throws: string } | undefined;

/** A literal that is too long for its line goes on in the comment lines below it. */
function expected(said: string, below: readonly string[]): Expected {
  const code = said.match(/^throws\s+([\w.-]+)$/)?.[1];
  if (code !== undefined) return { throws: code };
  let literal = said;
  for (const line of ["//", ...below]) {
    const more = line.match(/^\s*\/\/(?!\s*=>)(.*)$/)?.[1];
    if (more === undefined) return undefined;
    literal = `${literal} ${more.trim()}`.trim();
    if (isLiteral(literal)) return { literal };
  }
  return undefined;
}

function edit(node: ts.ExpressionStatement | ts.VariableStatement, wanted: Expected, at: string): Edit | string {
  if (wanted === undefined) return "what follows `// =>` is a literal, or `throws CODE`";
  if (ts.isVariableStatement(node)) {
    const [one, ...more] = node.declarationList.declarations;
    if (one === undefined || more.length > 0 || !ts.isIdentifier(one.name)) return "`// =>` behind one plain name only";
    if ("throws" in wanted) return "`throws` behind an expression only";
    return { from: node.end, to: node.end, text: ` __equal(${one.name.text}, ${wanted.literal}, ${at});` };
  }
  const shown = printed(node.expression) ?? node.expression;
  const text = shown.getText();
  const by =
    "throws" in wanted
      ? `await __throws(async () => (${text}), ${JSON.stringify(wanted.throws)}, ${at});`
      : `__equal((${text}), ${wanted.literal}, ${at});`;
  return { from: node.getStart(), to: node.end, text: by };
}

/** `console.log(x); // => 3` says what is printed. */
const printed = (node: ts.Expression): ts.Expression | undefined =>
  ts.isCallExpression(node) && node.expression.getText() === "console.log" && node.arguments.length === 1
    ? node.arguments[0]
    : undefined;

function isLiteral(text: string): boolean {
  const wrapped = `(${text});`;
  const { diagnostics = [] } = ts.transpileModule(wrapped, { reportDiagnostics: true });
  if (diagnostics.length > 0) return false;
  const [statement, ...more] = ts.createSourceFile("literal.ts", wrapped, ts.ScriptTarget.Latest, true).statements;
  return (
    more.length === 0 && statement !== undefined && ts.isExpressionStatement(statement) && plain(statement.expression)
  );
}

function plain(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return plain(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(plain);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.every(
      (p) => ts.isPropertyAssignment(p) && !ts.isComputedPropertyName(p.name) && plain(p.initializer),
    );
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.MinusToken && plain(node.operand);
  if (ts.isIdentifier(node)) return ["undefined", "NaN", "Infinity"].includes(node.text);
  return (
    ts.isLiteralExpression(node) ||
    [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind)
  );
}

/** What a rewritten block calls. */
export const equal = (actual: unknown, wanted: unknown, at: string): void => expect(actual, at).toStrictEqual(wanted);

export async function throws(run: () => Promise<unknown>, code: string, at: string): Promise<void> {
  const answer = await run().then(
    (value) => ({ returned: value }),
    (error: unknown) => ({ code: (error as { code?: unknown } | undefined)?.code, error }),
  );
  if ("returned" in answer) throw new Error(`${at}: nothing was thrown, expected ${code}`);
  // An error of another kind is the more telling one.
  if (answer.code === undefined) throw answer.error;
  expect(answer.code, at).toBe(code);
}
