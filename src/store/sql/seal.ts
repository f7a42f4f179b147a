import { ClienteleError } from "../../kernel/errors.js";
import type { Mark } from "../../kernel/personal.js";
import { platform, type SecretKey } from "./platform.js";

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
  readonly key: SecretKey;
}

/** A field that was taken out: where it stood, whose it is, under which key, and what it was. */
export type Box = readonly [path: Mark["path"], person: string, generation: number, sealed: string];

const iv = 12;
const { crypto } = platform;
const bytes = /* @__PURE__ */ new platform.TextEncoder();
const texts = /* @__PURE__ */ new platform.TextDecoder();

export const newKey = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32));
export const imported = (key: Uint8Array): Promise<SecretKey> =>
  crypto.subtle.importKey("raw", key as Uint8Array<ArrayBuffer>, "AES-GCM", false, ["encrypt", "decrypt"]);

/** The name that a person is found by: nobody who reads it learns who it is. */
export async function nameOf(secret: SecretKey, tenant: string, person: string): Promise<string> {
  const signed = await crypto.subtle.sign("HMAC", secret, bytes.encode(JSON.stringify([tenant, person])));
  return encoded(new Uint8Array(signed));
}
export const importedSecret = (secret: Uint8Array): Promise<SecretKey> =>
  crypto.subtle.importKey("raw", secret as Uint8Array<ArrayBuffer>, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

async function sealed(key: SecretKey, place: string, json: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(iv));
  const additionalData = bytes.encode(place);
  const plain = bytes.encode(json);
  const cipher = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, plain);
  const whole = new Uint8Array(iv + cipher.byteLength);
  whole.set(nonce);
  whole.set(new Uint8Array(cipher), iv);
  return encoded(whole);
}

async function opening(key: SecretKey, place: string, text: string): Promise<string> {
  try {
    const whole = decoded(text);
    const additionalData = bytes.encode(place);
    const algorithm = { name: "AES-GCM", iv: whole.subarray(0, iv), additionalData };
    return texts.decode(await crypto.subtle.decrypt(algorithm, key, whole.subarray(iv)));
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
    boxes.push(isSame ? had.box : sealed(key, at, json).then((box): Box => [path, name, generation, box]));
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
  let node = root as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) node = node[step] as Record<string | number, unknown>;
  const end = path.at(-1);
  if (end === undefined) throw new ClienteleError("INVALID_OPTIONS", "a personal field has a path");
  const before = node[end];
  node[end] = value;
  return before;
}

export function encoded(list: Uint8Array): string {
  let binary = "";
  for (const byte of list) binary += String.fromCharCode(byte);
  return platform.btoa(binary);
}
export const decoded = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(platform.atob(text), (c) => c.charCodeAt(0));
