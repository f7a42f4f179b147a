import { createHash } from "node:crypto";
import { complaint, definePlugin } from "clientele";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { workingHours } from "../../src/calendar/index.js";
import type { Instant } from "../../src/kernel/instant.js";
import type { Policy } from "../../src/kernel/policy.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { createServiceRules, policyBook } from "../../src/rules/index.js";
import { heldFor, type ServiceLevels, serviceLevels, type Target, type TargetRow } from "../../src/sla/index.js";
import { coded, hour, workweek } from "../calendar/given.js";
import { noon, refused, stored } from "../given.js";

const call = complaint.clock("acme.call", { hears: [] });
const acme = definePlugin({ id: "acme", tokens: [call] });

const row = (more: Partial<TargetRow> = {}): TargetRow => ({
  clock: "acme.call",
  within: { working: 4 * hour },
  ...more,
});
const body = (...rows: readonly TargetRow[]): ServiceLevels => ({ calendar: "hq", targets: { complaint: rows } });
const version = (body: ServiceLevels, number = 1, from: Instant = noon) =>
  serviceLevels.version({ id: "standard", version: number, from, body });
const level = (id: string, at: NonNullable<Target["levels"]>[number]["at"]) => ({ id, at });

describe("service levels", () => {
  it("come back from a store as they were", () => {
    const rules = createServiceRules({ plugins: [acme] });
    const policy = version({
      ...body(
        row({ when: { severity: ["high", "critical"], "slots.legal.court": true }, calendar: "plant", land: "resume" }),
        row({ within: { workingDays: 2 }, endOfDay: true, origin: "roll", onReopen: "restart", starts: "attached" }),
        row({ within: { days: 3 }, pausable: false }),
        row({ within: { weeks: 8 } }),
        row({
          within: { elapsed: { hours: 72, minutes: 30 } },
          levels: [
            level("half", { percent: 50 }),
            { ...level("soon", { before: { working: { minutes: 30 } } }), escalates: true },
            level("lost", { after: { workingDays: 1 } }),
            level("gone", { after: { elapsed: hour } }),
          ],
        }),
      ),
      calendarVersion: "pinned",
      targetVersion: "followed",
    });
    expect(rules.readPolicy(stored(policy))).toEqual({ ok: true, value: policy });
  });

  it("are hashed over their canonical JSON, in whatever order they were written", () => {
    const written = body(row({ when: { severity: "high" }, pausable: false }));
    const { hash } = version(written);
    const turned = {
      targets: {
        complaint: [{ pausable: false, within: { working: 4 * hour }, when: { severity: "high" }, clock: "acme.call" }],
      },
      calendar: "hq",
    };
    expect(version(turned).hash).toBe(hash);
    const canonical =
      '{"body":{"calendar":"hq","targets":{"complaint":[{"clock":"acme.call","pausable":false,"when":{"severity":"high"},' +
      '"within":{"working":14400000}}]}},"from":"2026-03-02T12:00:00.000Z","id":"standard","kind":"service-level",' +
      '"revision":1,"version":1}';
    expect(hash).toBe(createHash("sha256").update(canonical).digest("hex"));
    const others = [
      body(row()),
      body(row({ when: { severity: "low" }, pausable: false })),
      { ...written, calendar: "plant" },
    ];
    expect(new Set([hash, ...others.map((other) => version(other).hash), version(written, 2).hash]).size).toBe(5);
  });

  it("are named by the clocks and calendars that they are about", () => {
    const { names, policies } = serviceLevels["~def"];
    const all = {
      calendar: "hq",
      targets: {
        complaint: [row(), row({ calendar: "plant" })],
        "follow-up": [row({ clock: "visit", calendar: "hq" })],
      },
    } as never;
    expect(names!(all)).toEqual([
      { token: "clock", of: "complaint", id: "acme.call" },
      { token: "clock", of: "complaint", id: "acme.call" },
      { token: "clock", of: "follow-up", id: "visit" },
    ]);
    expect(policies!(all)).toEqual([
      { kind: "calendar", id: "hq" },
      { kind: "calendar", id: "plant" },
    ]);
    expect(policies!({ targets: {} } as never)).toEqual([]);
  });

  it("are refused where they name a clock that nobody installed", () => {
    const policy = version(body(row()));
    expect(refused(createServiceRules().readPolicy(policy))).toEqual({
      code: "UNKNOWN_REFERENCE",
      subject: "clock complaint/acme.call",
    });
    const rules = createServiceRules({ plugins: [acme] });
    expect(rules.readPolicy(policy).ok).toBe(true);
    const elsewhere = version({ calendar: "hq", targets: { "follow-up": [row()] } });
    expect(refused(rules.readPolicy(elsewhere))).toMatchObject({ subject: "clock follow-up/acme.call" });
  });

  it("have a JSON Schema", () => {
    const schema = z.toJSONSchema(serviceLevels["~def"].body as never, { io: "input" });
    expect(stored(schema)).toMatchObject({
      type: "object",
      required: ["targets"],
      additionalProperties: false,
      properties: {
        calendarVersion: { enum: ["pinned", "followed"] },
        targets: {
          additionalProperties: {
            type: "array",
            items: {
              type: "object",
              required: ["clock", "within"],
              additionalProperties: false,
              properties: {
                starts: { enum: ["created", "customer waiting", "attached"] },
                onReopen: { enum: ["resume", "restart", "ignore"] },
                levels: { type: "array", maxItems: 20 },
              },
            },
          },
        },
      },
    });
  });

  it.each<readonly [string, unknown]>([
    ["a negative duration", body(row({ within: { working: -1 } }))],
    ["negative hours", body(row({ within: { elapsed: { hours: -1 } } }))],
    [
      "hours that minutes take back to less than nothing",
      body(row({ within: { working: { hours: 1, minutes: -61 } } })),
    ],
    ["half a millisecond", body(row({ within: { working: 0.5 } }))],
    ["days of working time", body(row({ within: { working: { days: 1 } as never } }))],
    ["more than a hundred years", body(row({ within: { elapsed: 101 * 366 * 24 * hour } }))],
    ["negative working days", body(row({ within: { workingDays: -1 } }))],
    ["half a working day", body(row({ within: { workingDays: 0.5 } }))],
    ["negative days", body(row({ within: { days: -1 } }))],
    ["days of more than a hundred years", body(row({ within: { days: 36_601 } }))],
    ["weeks of more than a hundred years", body(row({ within: { weeks: 5_300 } }))],
    ["two spans at once", body(row({ within: { days: 1, weeks: 1 } as never }))],
    ["no span", body(row({ within: {} as never }))],
    ["an empty list of values", body(row({ when: { severity: [] } }))],
    ["a value that is not plain", body(row({ when: { severity: { level: 1 } as never } }))],
    ["a clock without a name", body(row({ clock: "" }))],
    ["two levels of one id", body(row({ levels: [level("x", { percent: 50 }), level("x", { percent: 60 })] }))],
    [
      "more than twenty levels",
      body(row({ levels: Array.from({ length: 21 }, (_, i) => level(`l${i}`, { percent: i + 1 })) })),
    ],
    ["a level at nothing", body(row({ levels: [level("x", { percent: 0 })] }))],
    ["a level at less", body(row({ levels: [level("x", { percent: -50 })] }))],
    ["a level at more than tenfold", body(row({ levels: [level("x", { percent: 1001 })] }))],
    ["a level at no number", body(row({ levels: [level("x", { percent: Number.NaN })] }))],
    ["a level a negative time before", body(row({ levels: [level("x", { before: { working: -1 } })] }))],
    [
      "a level before and after",
      body(row({ levels: [level("x", { before: { working: 1 }, after: { working: 1 } } as never)] })),
    ],
    ["another landing", body(row({ land: "closing" as never }))],
    ["another way to reopen", body(row({ onReopen: "always" as never }))],
    ["another beginning", body(row({ starts: "opened" as never }))],
    ["another version", { ...body(row()), calendarVersion: "latest" }],
    ["a misspelt field", body({ ...row(), pauseable: false } as never)],
    ["what is the clock's own to say", body({ ...row(), repeats: true } as never)],
    ["no targets", { calendar: "hq" }],
    ["more than five hundred rows", body(...Array.from({ length: 501 }, () => row()))],
  ])("cannot have %s", (_, data) => {
    expect(() => version(data as ServiceLevels)).toThrow(coded("INVALID_POLICY"));
  });

  it.each<readonly [string, TargetRow]>([
    ["working time", row()],
    ["working days", row({ within: { workingDays: 1 } })],
    ["days", row({ within: { days: 1 } })],
    ["weeks", row({ within: { weeks: 1 } })],
    ["a level in working time", row({ within: { elapsed: 1 }, levels: [level("x", { before: { working: 1 } })] })],
    ["a level in working days", row({ within: { elapsed: 1 }, levels: [level("x", { after: { workingDays: 1 } })] })],
  ])("need a calendar for %s", (_, row) => {
    const { calendar: _hq, ...none } = body(row);
    expect(() => version(none)).toThrow(
      expect.objectContaining({
        code: "INVALID_POLICY",
        details: [expect.objectContaining({ path: "body.targets.complaint.0.calendar" })],
      }),
    );
    expect(version({ targets: { complaint: [{ ...row, calendar: "plant" }] } }).version).toBe(1);
    expect(version(body(row)).version).toBe(1);
  });

  it("need none for elapsed time", () => {
    const levels = [level("x", { before: { elapsed: 1 } }), level("y", { percent: 50 })];
    expect(version({ targets: { complaint: [row({ within: { elapsed: hour }, levels })] } }).version).toBe(1);
    expect(version({ targets: {} }).version).toBe(1);
  });
});

describe("what holds for a clock", () => {
  const hours = (id: string, number = 1, from: Instant = noon) =>
    workingHours.version({ id, version: number, from, body: { zone: "UTC", week: workweek(`0${number}:00-17:00`) } });
  const record = (fields: object = {}) =>
    ({ kind: "complaint", severity: "high", slots: {}, ...fields }) as unknown as AnyRecord;
  const own: Target = { within: { elapsed: hour } };
  const clock = { id: "acme.call", repeats: false, target: own };
  const later = "2026-04-01T00:00:00.000Z";
  const held = (policies: readonly Policy[], of = record(), began: Instant = noon, at: Instant = later) =>
    heldFor(clock, of, began, at, policyBook(policies));

  it("is its own target where no policy is in force", () => {
    expect(held([])).toMatchObject({ target: own, calendar: undefined, policy: undefined });
    expect(held([version(body(row()), 1, "2026-05-01T00:00:00.000Z")]).target).toBe(own);
    expect(heldFor({ ...clock, target: undefined }, record(), noon, noon, policyBook([])).target).toBeNull();
  });

  it("is the first row of its kind and clock that fits the record; none where no row does", () => {
    const rows = [
      row({ clock: "other", within: { elapsed: 1 } }),
      row({ when: { severity: ["low", "normal"] }, within: { elapsed: 2 } }),
      row({ when: { severity: "high", channel: null }, within: { elapsed: 3 } }),
      row({ when: { "slots.legal.court": true }, within: { elapsed: 4 } }),
      row({ when: { amount: 7, paid: false }, within: { elapsed: 5 } }),
    ];
    const policy = version(body(...rows));
    const target = (fields: object) => held([policy], record(fields)).target;
    expect(target({})).toEqual(rows[2]);
    expect(target({ severity: "low" })).toEqual(rows[1]);
    expect(target({ channel: "phone" })).toBeNull();
    expect(target({ channel: "phone", slots: { legal: { court: true } } })).toEqual(rows[3]);
    expect(target({ channel: "phone", slots: { legal: "court" } })).toBeNull();
    expect(target({ channel: "phone", amount: 7, paid: false })).toEqual(rows[4]);
    expect(target({ channel: "phone", amount: "7", paid: false })).toBeNull();
    expect(held([policy], record({ kind: "follow-up" })).target).toBeNull();
  });

  it("is asked of the row's calendar, or else of the policy's, and of none where it needs none", () => {
    const policies = [hours("hq"), hours("plant", 2)];
    expect(held([...policies, version(body(row()))])).toMatchObject({ calendar: { id: "hq" }, hours: { id: "hq" } });
    expect(held([...policies, version(body(row({ calendar: "plant" })))])).toMatchObject({ calendar: { id: "plant" } });
    expect(held([...policies, version(body(row({ within: { elapsed: 1 } })))]).calendar).toBeUndefined();
  });

  it("is refused where its calendar is missing", () => {
    expect(() => held([version(body(row()))])).toThrow(
      expect.objectContaining({ code: "REFUSED", details: { code: "NO_POLICY", subject: "calendar hq" } }),
    );
  });

  it("follows the versions of targets and calendars, unless they are pinned", () => {
    const then = "2026-03-15T00:00:00.000Z";
    const first = body(row({ within: { working: 1 } }));
    const second = body(row({ within: { working: 2 } }));
    const all = (more: Partial<ServiceLevels>) => [
      hours("hq"),
      hours("hq", 2, then),
      version({ ...first, ...more }),
      version({ ...second, ...more }, 2, then),
    ];
    expect(held(all({}))).toMatchObject({ target: { within: { working: 2 } }, calendar: { version: 2 } });
    expect(held(all({}), record(), noon, noon)).toMatchObject({
      target: { within: { working: 1 } },
      calendar: { version: 1 },
    });
    expect(held(all({ targetVersion: "pinned" }))).toMatchObject({
      target: { within: { working: 1 } },
      calendar: { version: 2 },
    });
    expect(held(all({ calendarVersion: "pinned" }))).toMatchObject({
      target: { within: { working: 2 } },
      calendar: { version: 1 },
    });
    // What began later is pinned to what held then.
    const pinned = all({ targetVersion: "pinned", calendarVersion: "pinned" });
    expect(held(pinned, record(), then)).toMatchObject({
      target: { within: { working: 2 } },
      calendar: { version: 2 },
    });
  });

  it("is the calendar of now where none was in force when a pinned clock began", () => {
    const policies = [
      hours("hq", 2, "2026-03-15T00:00:00.000Z"),
      version({ ...body(row()), calendarVersion: "pinned" }),
    ];
    expect(held(policies).calendar?.version).toBe(2);
  });
});
