import { ClienteleError } from "../../kernel/errors.js";
import { type Bytes, platform } from "./platform.js";

type Now<T> = T | Promise<T>;

/** A key of AES-256-GCM. What is sealed is text, as are the places that it belongs to. */
export interface SealingKey {
  readonly seal: (text: string, place: string) => Now<string>;
  readonly open: (sealed: string, place: string) => Now<string>;
}
/** Names what nobody may read: HMAC-SHA-256 under the secret of the tables. */
export type Naming = (text: string) => Now<string>;

/** How a store seals and names: the same bytes, whoever works them out. */
export interface Cipher {
  readonly keyOf: (key: Bytes) => Now<SealingKey>;
  readonly namingBy: (secret: Bytes) => Now<Naming>;
}

/** What seals, or opens, one box. */
export interface Sealer {
  readonly setAAD: (place: Uint8Array) => unknown;
  readonly update: (text: Uint8Array) => Uint8Array;
  readonly final: () => Uint8Array;
}
/** What is used of the module `node:crypto`. */
export interface NodeCrypto {
  readonly createCipheriv: (
    algorithm: "aes-256-gcm",
    key: Uint8Array,
    iv: Uint8Array,
  ) => Sealer & { readonly getAuthTag: () => Uint8Array };
  readonly createDecipheriv: (
    algorithm: "aes-256-gcm",
    key: Uint8Array,
    iv: Uint8Array,
  ) => Sealer & { readonly setAuthTag: (tag: Uint8Array) => unknown };
  readonly createHmac: (
    algorithm: "sha256",
    secret: Uint8Array,
  ) => { readonly update: (text: string) => { readonly digest: () => Uint8Array } };
}

// What is sealed is the nonce, the text, and the tag, in this order.
const [nonceSize, tagSize] = [12, 16];
const { crypto } = platform;
const bytes = /* @__PURE__ */ new platform.TextEncoder();
const texts = /* @__PURE__ */ new platform.TextDecoder();

export const newKey = (): Bytes => crypto.getRandomValues(new Uint8Array(32));
const newNonce = (): Bytes => crypto.getRandomValues(new Uint8Array(nonceSize));

/** By what Node, browsers and workers share; each box is a way to another thread and back. */
export const webCipher: Cipher = {
  keyOf: async (raw) => {
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    const algorithm = (iv: Bytes, place: string) => ({ name: "AES-GCM", iv, additionalData: bytes.encode(place) });
    return {
      seal: async (text, place) => {
        const nonce = newNonce();
        const sealed = await crypto.subtle.encrypt(algorithm(nonce, place), key, bytes.encode(text));
        return encoded(joined(nonce, new Uint8Array(sealed)));
      },
      open: async (sealed, place) => {
        const whole = decoded(sealed);
        const nonce = whole.subarray(0, nonceSize);
        return texts.decode(await crypto.subtle.decrypt(algorithm(nonce, place), key, whole.subarray(nonceSize)));
      },
    };
  },
  namingBy: async (secret) => {
    const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return async (text) => encoded(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes.encode(text))));
  },
};

/** By Node alone, at once. */
export function nodeCipher({ createCipheriv, createDecipheriv, createHmac }: NodeCrypto): Cipher {
  for (const door of [createCipheriv, createDecipheriv, createHmac])
    if (typeof door !== "function") throw new ClienteleError("INVALID_OPTIONS", "crypto: the module node:crypto");
  return {
    keyOf: (key) => ({
      seal: (text, place) => {
        const nonce = newNonce();
        const sealer = createCipheriv("aes-256-gcm", key, nonce);
        sealer.setAAD(bytes.encode(place));
        return encoded(joined(nonce, sealer.update(bytes.encode(text)), sealer.final(), sealer.getAuthTag()));
      },
      open: (sealed, place) => {
        const whole = decoded(sealed);
        const end = whole.length - tagSize;
        const opener = createDecipheriv("aes-256-gcm", key, whole.subarray(0, nonceSize));
        opener.setAAD(bytes.encode(place));
        opener.setAuthTag(whole.subarray(end));
        return texts.decode(joined(opener.update(whole.subarray(nonceSize, end)), opener.final()));
      },
    }),
    namingBy: (secret) => (text) => encoded(createHmac("sha256", secret).update(text).digest()),
  };
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function encoded(list: Uint8Array): string {
  let binary = "";
  for (const byte of list) binary += String.fromCharCode(byte);
  return platform.btoa(binary);
}
export function decoded(text: string): Bytes {
  const binary = platform.atob(text);
  const list = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) list[i] = binary.charCodeAt(i);
  return list;
}
