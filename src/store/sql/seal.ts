import { ClienteleError } from "../../kernel/errors.js";
import type { Mark } from "../../kernel/personal.js";
import { decoded, encoded, type SealingKey } from "./cipher.js";

// Personal fields are sealed with AES-256-GCM under a key of their person. What a sealed field belongs to is bound into
// it, so that one cannot be moved to another place.

/** A host's own keeper of keys: what it wraps is what the store keeps of a person's key. */
export interface KeyKeeper {
  readonly wrap: (key: Uint8Array, whose: { readonly tenant: string }) => Promise<string>;
  readonly unwrap: (wrapped: string, whose: { readonly tenant: string }) => Promise<Uint8Array>;
}

/** Keys as they are, in a table of the store's own: erasing a person deletes them there. */
export const plainKeeper: KeyKeeper = {
  wrap: async (key) => encoded(key),
  unwrap: async (wrapped) => decoded(wrapped),
};

/** A person's key, of which there is another after each erasure. */
export interface PersonKey {
  readonly generation: number;
  readonly key: SealingKey;
}

/** A field that was taken out: where it stood, whose it is, under which key, and what it was. */
export type Box = readonly [path: Mark["path"], person: string, generation: number, sealed: string];

async function opening(key: SealingKey, place: string, sealed: string): Promise<string> {
  try {
    return await key.open(sealed, place);
  } catch (thrown) {
    throw new ClienteleError("UNREADABLE", `what is sealed at ${place} does not open`, thrown);
  }
}

/** A box that was opened, and what was in it. */
export interface Opened {
  readonly box: Box;
  readonly json: string;
}

/** A value without its personal fields, and those sealed. `place` names the value: another one cannot pass for it. */
export async function seal(
  text: string,
  marks: readonly Mark[],
  place: string,
  keyOf: (person: string) => Promise<PersonKey & { readonly name: string }>,
  opened: ReadonlyMap<string, Opened>,
): Promise<{ readonly body: string; readonly boxes: string | null }> {
  if (marks.length === 0) return { body: text, boxes: null };
  const value: unknown = JSON.parse(text);
  const boxes: (Box | Promise<Box>)[] = [];
  for (const { path, person } of marks) {
    const { name, generation, key } = await keyOf(person);
    const json = JSON.stringify(exchange(value, path, null));
    const at = place + JSON.stringify(path);
    const had = opened.get(at);
    const isSame = had?.json === json && had.box[1] === name && had.box[2] === generation;
    const boxed = async (): Promise<Box> => [path, name, generation, await key.seal(json, at)];
    boxes.push(isSame ? had.box : boxed());
  }
  return { body: JSON.stringify(value), boxes: JSON.stringify(await Promise.all(boxes)) };
}

/** The value again; what nobody has the key to any more reads as erased. */
export async function unseal(
  body: unknown,
  boxes: readonly Box[],
  place: string,
  keyOf: (name: string) => PersonKey | undefined,
  opened: Map<string, Opened>,
): Promise<unknown> {
  await Promise.all(
    boxes.map(async (box) => {
      const [path, name, generation, text] = box;
      const known = keyOf(name);
      if (known?.generation !== generation) return exchange(body, path, { erased: true });
      const at = place + JSON.stringify(path);
      const json = await opening(known.key, at, text);
      opened.set(at, { box, json });
      return exchange(body, path, JSON.parse(json));
    }),
  );
  return body;
}

/** Puts a value at a path and answers what was there. */
function exchange(root: unknown, path: Mark["path"], value: unknown): unknown {
  let node = root;
  for (const step of path.slice(0, -1)) node = within(node, step)[step];
  const end = path.at(-1);
  if (end === undefined) throw new ClienteleError("INVALID_OPTIONS", "a personal field has a path");
  const before = within(node, end)[end];
  (node as Record<string | number, unknown>)[end] = value;
  return before;
}

/** Its own, never what every object inherits: that would be written to all of them. */
function within(node: unknown, step: string | number): Record<string | number, unknown> {
  if (typeof node === "object" && node !== null && Object.hasOwn(node, step)) return node as Record<string, unknown>;
  throw new ClienteleError("INVALID_OPTIONS", `no personal field stands at "${step}"`);
}
