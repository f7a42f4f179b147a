import type { SqlConnection, SqlDialect, SqlRow } from "./client.js";

/** A piece of a statement: its text, with values apart from it. */
export interface Fragment {
  readonly pieces: readonly (string | { readonly value: unknown })[];
}

/** A statement whose holes are values, never text: what stands in them cannot become SQL. Fragments are taken in. */
export function sql(strings: readonly string[], ...holes: readonly unknown[]): Fragment {
  const pieces: (string | { readonly value: unknown })[] = [];
  strings.forEach((string, i) => {
    pieces.push(string);
    if (i >= holes.length) return;
    const hole = holes[i];
    if (isFragment(hole)) pieces.push(...hole.pieces);
    else pieces.push({ value: hole });
  });
  return { pieces };
}

const isFragment = (hole: unknown): hole is Fragment =>
  typeof hole === "object" && hole !== null && Array.isArray((hole as Partial<Fragment>).pieces);

/** Text of our own, such as the name of a table. */
export const raw = (text: string): Fragment => ({ pieces: [text] });

export const listed = (fragments: readonly Fragment[], by = ", "): Fragment => ({
  pieces: fragments.flatMap((one, i) => (i === 0 ? one.pieces : [by, ...one.pieces])),
});

/** Each value in a hole of its own. */
export const values = (list: readonly unknown[]): Fragment => listed(list.map((value) => sql`${value}`));

export function run(connection: SqlConnection, dialect: SqlDialect, { pieces }: Fragment): Promise<readonly SqlRow[]> {
  let text = "";
  const given: unknown[] = [];
  for (const piece of pieces) {
    if (typeof piece === "string") text += piece;
    else {
      given.push(piece.value);
      text += dialect === "postgres" ? `$${given.length}` : "?";
    }
  }
  return connection.query(text, given);
}
