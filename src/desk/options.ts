/** The part of an `AbortSignal` that a batch looks at, between two steps. */
export interface Abort {
  readonly aborted: boolean;
}
