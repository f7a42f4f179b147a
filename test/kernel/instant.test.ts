import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  dayToLocalDate,
  instantSchema,
  isInstant,
  isLocalDate,
  localDateSchema,
  localDateToDay,
  toInstant,
  toMs,
} from "../../src/kernel/instant.js";

const first = Date.parse("0001-01-01T00:00:00.000Z");
const last = Date.parse("9999-12-31T23:59:59.999Z");
const anyMs = fc.integer({ min: first, max: last });
const runs = { numRuns: 5000 };

const notInstants: readonly unknown[] = [
  ...["", "2025-03-01", "2025-03-01T00:00:00Z", "2025-03-01T00:00:00.0000Z", "2025-03-01T00:00:00.000+"],
  ...["2025-03-01t00:00:00.000Z", "2025-03-01T00:00:00.000z", "2025-03-01 00:00:00.000Z", "2025-03-01T00:00:00,000Z"],
  ...["2025-02-29T00:00:00.000Z", "2025-02-30T00:00:00.000Z", "2025-04-31T00:00:00.000Z", "1900-02-29T00:00:00.000Z"],
  ...["2025-00-01T00:00:00.000Z", "2025-13-01T00:00:00.000Z", "2025-01-00T00:00:00.000Z", "2025-01-32T00:00:00.000Z"],
  ...["2025-03-01T24:00:00.000Z", "2025-03-01T00:60:00.000Z", "2025-03-01T23:59:60.000Z", "0000-01-01T00:00:00.000Z"],
  ...["2025-03-01T00:00:00.00 Z", "2025-03-01T00:00:00. 00Z", "2025-03-01T00:00:00.0/0Z", "2025-03-01T0::00:00.000Z"],
  ...["٢٠٢٥-03-01T00:00:00.000Z", "-025-03-01T00:00:00.000Z", "+2025-3-01T00:00:00.000Z", "2025-03-01T00:00:00.000Ｚ"],
  ...[
    null,
    undefined,
    0,
    Number.NaN,
    {},
    [],
    new Date(0),
    { length: 24 },
    Array(24),
    Object("2025-03-01T00:00:00.000Z"),
  ],
];

describe("instants", () => {
  it("are read and written as Date does", () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        const text = new Date(ms).toISOString();
        expect(toInstant(ms)).toBe(text);
        expect(toMs(text)).toBe(ms);
      }),
      runs,
    );
  });

  it("are in order as texts exactly where they are in order as times", () => {
    fc.assert(
      fc.property(anyMs, anyMs, (a, b) => {
        expect(toInstant(a) < toInstant(b)).toBe(a < b);
      }),
      runs,
    );
  });

  it("are exactly what survives a round trip through Date", () => {
    const near = fc
      .tuple(anyMs.map(toInstant), fc.nat(23), fc.string({ unit: "binary", minLength: 1, maxLength: 1 }))
      .map(([text, at, unit]) => text.slice(0, at) + unit + text.slice(at + 1));
    const digits = fc
      .array(fc.nat(9), { minLength: 17, maxLength: 17 })
      .map((d) => `dddd-dd-ddTdd:dd:dd.dddZ`.replaceAll("d", () => String(d.pop())));
    fc.assert(
      fc.property(fc.oneof(near, digits, fc.string()), (text) => {
        const ms = Date.parse(text);
        const real = !Number.isNaN(ms) && ms >= first && ms <= last && new Date(ms).toISOString() === text;
        expect(toMs(text)).toBe(real ? ms : Number.NaN);
        expect(z.safeParse(instantSchema, text).success).toBe(real);
      }),
      runs,
    );
  });

  it("refuse every other form", () => {
    for (const value of notInstants) {
      expect(isInstant(value), String(value)).toBe(false);
      expect(z.safeParse(instantSchema, value).success, String(value)).toBe(false);
    }
    expect(isInstant("0001-01-01T00:00:00.000Z") && isInstant("9999-12-31T23:59:59.999Z")).toBe(true);
  });

  it("are written for whole milliseconds of the years 1 to 9999 only", () => {
    for (const ms of [Number.NaN, Infinity, -Infinity, 0.5, first - 1, last + 1, "0", null, undefined, 1n, {}])
      expect(() => toInstant(ms as number), String(ms)).toThrow(expect.objectContaining({ code: "INVALID_INSTANT" }));
    expect([toInstant(first), toInstant(last), toInstant(-0)]).toEqual([
      "0001-01-01T00:00:00.000Z",
      "9999-12-31T23:59:59.999Z",
      "1970-01-01T00:00:00.000Z",
    ]);
  });
});

describe("local dates", () => {
  it("are every day of the years 1 to 9999, one after the other", () => {
    const start = localDateToDay("0001-01-01");
    const end = localDateToDay("9999-12-31");
    expect([start, end]).toEqual([-719_162, 2_932_896]);
    for (let day = start; day <= end; day += 1) {
      const date = dayToLocalDate(day);
      if (localDateToDay(date) !== day) throw new Error(date);
      if (day % 97 === 0 && date !== new Date(day * 86_400_000).toISOString().slice(0, 10)) throw new Error(date);
    }
  });

  it("refuse what is no day", () => {
    const bad = [
      "2025-02-29",
      "2025-2-09",
      "2025-13-01",
      "0000-01-01",
      "2025/01/01",
      "2025-01-01T",
      "",
      20250101,
      null,
    ];
    for (const value of [...bad, undefined, {}, "10000-01-01"]) {
      expect(isLocalDate(value), String(value)).toBe(false);
      expect(z.safeParse(localDateSchema, value).success, String(value)).toBe(false);
    }
    for (const day of [0.5, Number.NaN, 2_932_897, -719_163, "1"])
      expect(() => dayToLocalDate(day as number)).toThrow(expect.objectContaining({ code: "INVALID_INSTANT" }));
  });

  it("have schemas that say their form", () => {
    expect(z.toJSONSchema(instantSchema)).toMatchObject({ type: "string", format: "date-time" });
    expect(z.toJSONSchema(localDateSchema)).toMatchObject({ type: "string", format: "date" });
    expect(z.safeParse(localDateSchema, "2025-02-29").error?.issues).toHaveLength(1);
  });
});
