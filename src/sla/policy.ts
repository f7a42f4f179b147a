import * as z from "zod/mini";
import { durationMs } from "../calendar/index.js";
import { type PolicyKind, policyKind } from "../kernel/policy.js";
import { parse } from "../kernel/schema.js";
import { needsCalendar, type Target } from "./target.js";

/** A plain value of a record's field. */
export type Plain = string | number | boolean | null;

/** A target with the clock it is for, and for which records. */
export interface TargetRow extends Omit<Target, "repeats"> {
  readonly clock: string;
  /**
   * What the record's fields must be: one value, or any of a list; `slots.legal.court` is what a plugin keeps. Without
   * it: any record.
   */
  readonly when?: Readonly<Record<string, Plain | readonly Plain[]>> | undefined;
  /** The id of the calendar policy, where it is not the one of the whole. */
  readonly calendar?: string | undefined;
}

/** What a house promises. */
export interface ServiceLevels {
  /** The id of the calendar policy that working time and days are counted in. */
  readonly calendar?: string | undefined;
  /** Whether a clock keeps the calendar version it began under; `followed` unless said. */
  readonly calendarVersion?: "pinned" | "followed" | undefined;
  /** Whether a clock keeps the targets that were in force when it began; `followed` unless said. */
  readonly targetVersion?: "pinned" | "followed" | undefined;
  /** By record kind; of a clock the first row that fits the record. */
  readonly targets: Readonly<Record<string, readonly TargetRow[]>>;
}

const longest = 100 * 366 * 86_400_000;
const duration = z
  .union([
    z.number(),
    z.strictObject({ hours: z.optional(z.number()), minutes: z.optional(z.number()), seconds: z.optional(z.number()) }),
  ])
  .check(
    z.refine(
      (given) => {
        try {
          const ms = durationMs(given as number);
          return ms >= 0 && ms <= longest;
        } catch {
          return false;
        }
      },
      { error: "whole milliseconds from 0 to a hundred years, or { hours, minutes, seconds }, are needed" },
    ),
  );
const days = z.int().check(z.minimum(0), z.maximum(36_500));
const weeks = z.int().check(z.minimum(0), z.maximum(5_214));
const version = z.optional(z.enum(["pinned", "followed"]));
const name = z.string().check(z.minLength(1), z.maxLength(100));
const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const working = z.strictObject({ working: duration });
const elapsed = z.strictObject({ elapsed: duration });
const workingDays = z.strictObject({ workingDays: days });
const offset = z.union([working, elapsed, workingDays]);
const level = z.strictObject({
  id: name,
  at: z.union([
    z.strictObject({ percent: z.number().check(z.positive(), z.maximum(1000)) }),
    z.strictObject({ before: offset }),
    z.strictObject({ after: offset }),
  ]),
  escalates: z.optional(z.boolean()),
});
const row = z.strictObject({
  clock: name,
  when: z.optional(z.record(z.string(), z.union([plain, z.array(plain).check(z.minLength(1))]))),
  calendar: z.optional(name),
  within: z.union([
    working,
    elapsed,
    workingDays,
    z.strictObject({ days }),
    z.strictObject({ weeks }),
    z.strictObject({ field: name }),
  ]),
  land: z.optional(z.enum(["deadline", "resume"])),
  endOfDay: z.optional(z.boolean()),
  origin: z.optional(z.enum(["step", "roll"])),
  onReopen: z.optional(z.enum(["resume", "restart", "ignore"])),
  starts: z.optional(z.enum(["created", "customer waiting", "attached"])),
  pausable: z.optional(z.boolean()),
  levels: z.optional(
    z.array(level).check(
      z.maxLength(20),
      z.refine((levels) => new Set(levels.map((l) => l.id)).size === levels.length, {
        error: "each level has its own id",
      }),
    ),
  ),
});

/** What is wrong with the target that a clock brings along: what no policy could hold. Only a policy can name a calendar. */
export function wrongTarget(target: object): string | undefined {
  const read = parse(serviceLevels["~def"].body, { targets: { of: [{ clock: "own", ...target }] } });
  return read.ok ? undefined : read.error[0]?.message;
}

/**
 * The policy of service levels: what clocks are held to, by kind of record and by the record's own fields. A changed
 * version holds from its `from` on for whatever is open, unless it is pinned; what was breached stays breached.
 *
 * @example
 * ```ts
 * import { serviceLevels } from "clientele";
 *
 * const gold = serviceLevels.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: {
 *     calendar: "hq",
 *     targets: {
 *       complaint: [
 *         { clock: "acknowledge", within: { working: { hours: 4 } }, when: { severity: ["high", "critical"] } },
 *         { clock: "acknowledge", within: { workingDays: 1 } },
 *       ],
 *     },
 *   },
 * });
 * gold.body.targets["complaint"]?.length; // => 2
 * ```
 */
export const serviceLevels: PolicyKind<"service-level", ServiceLevels, ServiceLevels> = /* @__PURE__ */ policyKind(
  "service-level",
  {
    revision: 1,
    moves: true,
    body: /* @__PURE__ */ z
      .strictObject({
        calendar: z.optional(name),
        calendarVersion: version,
        targetVersion: version,
        targets: z.record(z.string(), z.array(row).check(z.maxLength(500))),
      })
      .check((payload) => {
        const { calendar, targets } = payload.value;
        for (const [of, rows] of Object.entries(targets))
          rows.forEach((one, i) => {
            if (calendar === undefined && one.calendar === undefined && needsCalendar(one as Target))
              payload.issues.push({
                code: "custom",
                input: one,
                path: ["targets", of, i, "calendar"],
                message: "working time and days need the id of a calendar",
              });
          });
      }) as never,
    policies: ({ calendar, targets }: ServiceLevels) => {
      const named = [calendar, ...Object.values(targets).flatMap((rows) => rows.map((one) => one.calendar))];
      return [...new Set(named)].flatMap((id) => (id === undefined ? [] : [{ kind: "calendar", id }]));
    },
    names: ({ targets }: ServiceLevels) =>
      Object.entries(targets).flatMap(([of, rows]) => rows.map(({ clock }) => ({ token: "clock", of, id: clock }))),
  },
);
