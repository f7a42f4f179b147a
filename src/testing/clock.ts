import { ClienteleError } from "../kernel/errors.js";
import { type Instant, isInstant, toInstant, toMs } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import { type Span, spanMs } from "../lifecycle/span.js";

/** A clock that stands still until it is told otherwise. It is a function: give it to a desk as its `clock`. */
export interface FixedClock {
  (): Instant;
  readonly now: () => Instant;
  /** Goes on by a span; answers the new time. Throws `INVALID_INSTANT` for what is no span. */
  readonly advance: (span: Span) => Instant;
  /** Goes to an instant, earlier ones too. Throws `INVALID_INSTANT` for what is none. */
  readonly set: (instant: Instant) => Instant;
}

/** When the stories of the fixtures begin. */
export const storyBegins: Instant = "2026-01-01T09:00:00.000Z";

/**
 * A clock for tests.
 *
 * @example
 * ```ts
 * import { createServiceDesk, memoryStore, unwrap } from "clientele";
 * import { fixedClock, staff } from "clientele/testing";
 *
 * const clock = fixedClock("2026-01-01T09:00:00.000Z");
 * const desk = createServiceDesk({ store: memoryStore(), clock });
 * await desk.complaints.open({ input: { customerId: "c-7", summary: "It does not cool" }, actor: staff("ann") });
 * clock.advance({ days: 3 }); // => "2026-01-04T09:00:00.000Z"
 * (await desk.sweep()).swept; // => 1
 * ```
 */
export function fixedClock(start: Instant = storyBegins): FixedClock {
  let time = checked(start);
  const now = (): Instant => time;
  return Object.assign((): Instant => time, {
    now,
    advance: (span: Span) => {
      time = after(time, span);
      return time;
    },
    set: (instant: Instant) => {
      time = checked(instant);
      return time;
    },
  });
}

/** An instant that much later. */
export function after(instant: Instant, span: Span): Instant {
  const ms = spanMs(span);
  if (Number.isNaN(ms)) throw new ClienteleError("INVALID_INSTANT", `a span is needed, found ${JSON.stringify(span)}`);
  return toInstant(toMs(instant) + ms);
}

function checked(instant: Instant): Instant {
  if (!isInstant(instant))
    throw new ClienteleError("INVALID_INSTANT", `an instant is needed, found ${preview(instant)}`);
  return instant;
}
