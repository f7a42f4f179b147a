import type { Result } from "../kernel/result.js";

/** One call of a door of the desk, when it is over: for traces and metrics. */
export interface DoorSpan {
  /** `complaint.execute`, `sweep`, `relay`, … */
  readonly door: string;
  readonly tenant: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly outcome: "done" | "refused" | "failed";
  /** The code of a refusal or of a `ClienteleError`. */
  readonly code?: string;
}
export type Observer = (span: DoorSpan) => void;

/** Runs a door and tells the observer; an observer that throws is not heard, and does no harm. */
export async function observed<R>(
  observe: Observer | undefined,
  door: string,
  tenant: string,
  work: () => Promise<R>,
): Promise<R> {
  if (observe === undefined) return work();
  const tell = teller(observe, door, tenant);
  try {
    const result = await work();
    const answer = result as Partial<Result<unknown>> | undefined;
    if (answer?.ok === false) tell("refused", answer.error);
    else tell("done");
    return result;
  } catch (error) {
    tell("failed", error);
    throw error;
  }
}

/** The same for a door that answers one by one: its span ends with the last answer, or when nobody wants more. */
export async function* observedEach<T>(
  observe: Observer | undefined,
  door: string,
  tenant: string,
  work: () => AsyncIterable<T>,
): AsyncGenerator<T> {
  const tell = teller(observe, door, tenant);
  let failure: { readonly error: unknown } | undefined;
  try {
    yield* work();
  } catch (error) {
    failure = { error };
    throw error;
  } finally {
    if (failure === undefined) tell("done");
    else tell("failed", failure.error);
  }
}

function teller(observe: Observer | undefined, door: string, tenant: string) {
  const startedAt = Date.now();
  return (outcome: DoorSpan["outcome"], why?: unknown): void => {
    const span = { door, tenant, startedAt, duration: Date.now() - startedAt, outcome };
    try {
      const code = (why as { code?: unknown } | null | undefined)?.code;
      observe?.(typeof code === "string" ? { ...span, code } : span);
    } catch {
      // What watches must not change what is watched.
    }
  };
}
