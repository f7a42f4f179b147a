/**
 * What every token has. A token is a named definition that is a value: it is passed by reference, so a typo is a type
 * error. Its type parameters carry ids and payloads only, never whole schemas; its behaviour sits on the token itself
 * (under `~def`), so that two copies of this package work together.
 */
export interface Token<T extends string = string, K extends string = string, Id extends string = string> {
  readonly token: T;
  /** The id of the record kind it belongs to. */
  readonly of: K;
  readonly id: Id;
}

/** Finds a token of a composition by what it is and its id. */
export type Installed = (token: string, id: string) => Token | undefined;

/** The id that a token bears. */
export type IdOf<T> = T extends { readonly id: infer Id extends string } ? Id : never;
/** The ids of the tokens that a module exports. */
export type Ids<Module> = IdOf<Module[keyof Module]>;
/** The tokens that a module exports. */
export type Values<Module> = Module[keyof Module];
