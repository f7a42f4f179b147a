// Of the platform only what Node, browsers and workers share. Its types are not those of any one of them, so that the
// package can be compiled against without `dom` and without `@types/node`.

/** A key that the platform keeps. */
interface SecretKey {
  readonly type: string;
}
export type Bytes = Uint8Array<ArrayBuffer>;
interface Platform {
  readonly crypto: {
    readonly getRandomValues: (bytes: Bytes) => Bytes;
    readonly randomUUID: () => string;
    readonly subtle: {
      readonly importKey: (
        format: "raw",
        key: Bytes,
        algorithm: string | { readonly name: string; readonly hash: string },
        extractable: boolean,
        usages: readonly string[],
      ) => Promise<SecretKey>;
      readonly sign: (algorithm: "HMAC", key: SecretKey, data: Bytes) => Promise<ArrayBuffer>;
      readonly encrypt: (algorithm: object, key: SecretKey, data: Bytes) => Promise<ArrayBuffer>;
      readonly decrypt: (algorithm: object, key: SecretKey, data: Bytes) => Promise<ArrayBuffer>;
    };
  };
  readonly TextEncoder: new () => { readonly encode: (text: string) => Bytes };
  readonly TextDecoder: new () => { readonly decode: (bytes: ArrayBuffer | Bytes) => string };
  readonly btoa: (binary: string) => string;
  readonly atob: (text: string) => string;
}

export const platform: Platform = globalThis as unknown as Platform;
