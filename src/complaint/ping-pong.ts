import { guarded } from "../kernel/guarded.js";
import { preview } from "../kernel/schema.js";
import { objectOf, ownersOf } from "./case.js";
import type { ComplaintFields } from "./model.js";
import { wrong } from "./telling.js";

/** A complaint came back to somebody who had it before. */
export interface Return {
  readonly to: string;
  /** Who had it in between, in order; `null` is somebody who was erased. */
  readonly over: readonly (string | null)[];
}

/** Whether a complaint has been pushed around. */
export interface PingPong {
  /** All that there were. */
  readonly handovers: number;
  readonly returns: readonly Return[];
  readonly isPushedAround: boolean;
}

/**
 * Whether a complaint was pushed from one to another (D2, D9): it came back to somebody who had given it away (A → B →
 * A, or over more), or there were so many handovers as the policy's `handovers` says, 3 unless said. The record keeps
 * its last ten owners; returns beyond them are not seen, handovers are all counted. A record from before owners were
 * kept has no returns.
 *
 * Throws `INVALID_OPTIONS` for what is no complaint, and for a number of handovers that is not whole and 1 to 100.
 *
 * @example
 * ```ts
 * import { pingPong } from "clientele";
 *
 * const tally = { notes: 0, contacts: 0, proposals: 0, handovers: 2, reopenings: 0 };
 * const found = pingPong({ owners: ["ann", "ben", "ann"], tally });
 * found.returns; // => [{ to: "ann", over: ["ben"] }]
 * found.isPushedAround; // => true
 * pingPong({ owners: ["ann", "ben", "eve"], tally }).isPushedAround; // => false
 * pingPong({ owners: ["ann", "ben", "eve"], tally }, { handovers: 2 }).isPushedAround; // => true
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function pingPong(
  record: Pick<ComplaintFields, "owners" | "tally">,
  options: { readonly handovers?: number | undefined } = {},
): PingPong {
  return guarded("INVALID_OPTIONS", "pingPong", () => {
    const limit = handoversOf(options.handovers);
    const { owners, tally } = objectOf("record", record);
    const { handovers } = objectOf("tally", tally);
    if (!Number.isSafeInteger(handovers) || (handovers as number) < 0)
      throw wrong(`tally.handovers: a whole number from 0 is needed, found ${preview(handovers)}`);
    return pushed(ownersOf(owners), handovers as number, limit);
  });
}

export function handoversOf(handovers = 3): number {
  if (Number.isSafeInteger(handovers) && handovers >= 1 && handovers <= 100) return handovers;
  throw wrong(`handovers: a whole number of 1 to 100 is needed, found ${preview(handovers)}`);
}

export function pushed(owners: readonly (string | null)[], handovers: number, limit: number): PingPong {
  const returns = returnsIn(owners);
  return { handovers, returns, isPushedAround: returns.length > 0 || handovers >= limit };
}

/** Each place at which a list comes back to what was there before, from where it last was there. */
export function returnsIn(owners: readonly (string | null)[]): readonly Return[] {
  const last = new Map<string, number>();
  const returns: Return[] = [];
  owners.forEach((to, i) => {
    if (to === null) return;
    const had = last.get(to);
    // To stay is no return.
    if (had !== undefined && had < i - 1) returns.push({ to, over: owners.slice(had + 1, i) });
    last.set(to, i);
  });
  return returns;
}
