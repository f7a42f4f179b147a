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
  const startedAt = Date.now();
  const tell = (outcome: DoorSpan["outcome"], code: unknown) => {
    const span = { door, tenant, startedAt, duration: Date.now() - startedAt, outcome };
    try {
      observe(typeof code === "string" ? { ...span, code } : span);
    } catch {
      // What watches must not change what is watched.
    }
  };
  try {
    const result = await work();
    const answer = result as Partial<Result<unknown>> | undefined;
    if (answer?.ok === false) tell("refused", (answer.error as { code?: unknown } | undefined)?.code);
    else tell("done", undefined);
    return result;
  } catch (error) {
    tell("failed", (error as { code?: unknown } | null)?.code);
    throw error;
  }
}
