import * as z from "zod/mini";
import { type PolicyKind, policyKind } from "../kernel/policy.js";
import type { CalendarData, CalendarProblem } from "./data.js";
import { readPlan } from "./plan.js";

const windows = z.array(z.string());
const weekday = z.optional(windows);

/**
 * The policy of working hours: one calendar under each id, versioned. Its data is that of `createCalendar` without the
 * id and version, which the policy has.
 *
 * @example
 * ```ts
 * import { workingHours } from "clientele";
 *
 * const hq = workingHours.version({
 *   id: "hq", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: { zone: "Asia/Shanghai", week: { mon: ["09:00-18:00"] }, dataThrough: "2026-12-31" },
 * });
 * hq.body.zone; // => "Asia/Shanghai"
 * ```
 */
export const workingHours: PolicyKind<"calendar", CalendarData, CalendarData> = /* @__PURE__ */ policyKind("calendar", {
  revision: 1,
  moves: true,
  body: /* @__PURE__ */ z
    .strictObject({
      zone: z.string(),
      week: /* @__PURE__ */ z.strictObject({
        mon: weekday,
        tue: weekday,
        wed: weekday,
        thu: weekday,
        fri: weekday,
        sat: weekday,
        sun: weekday,
      }),
      holidays: z.optional(z.array(z.union([z.string(), z.strictObject({ date: z.string(), name: z.string() })]))),
      days: z.optional(z.record(z.string(), z.union([windows, z.strictObject({ windows, name: z.string() })]))),
      dataThrough: z.optional(z.string()),
    })
    .check((payload) => {
      const problems: CalendarProblem[] = [];
      readPlan(payload.value, problems);
      for (const { path, message } of problems)
        payload.issues.push({ code: "custom", input: payload.value, path: path.split("."), message });
    }) as never,
});
