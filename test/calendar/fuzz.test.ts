import { expect, it } from "vitest";
import { unite } from "../../src/calendar/index.js";
import { always, make } from "./arbitraries.js";
import { fuzz } from "./fuzz.js";

it("whatever a calendar is made from and asked, it answers rightly or refuses with a code, after bounded work", () => {
  const tally = fuzz(10_000, 20_251_031);
  expect(tally.examples).toEqual([]);
  // Neither all is answered nor all refused: what was thrown at it was sound and spoilt.
  expect(tally.answers).toBeGreaterThan(5000);
  for (const code of ["INVALID_INSTANT", "INVALID_DURATION", "INVALID_OPTIONS", "INVALID_CALENDAR", "BEYOND_HORIZON"])
    expect([code, tally.refusals[code]]).toEqual([code, expect.any(Number)]);
});

it("the same seed asks the same questions", () => {
  expect(fuzz(500, 7)).toEqual(fuzz(500, 7));
});

it("a calendar that is combined with itself over and over is worked out no more often than it was combined", () => {
  const leaf = make({ id: "c", version: 1, zone: "Europe/Berlin", week: always });
  const source = leaf["~def"].source as { build: (typeof leaf)["~def"]["source"]["build"] };
  const { build } = source;
  let builds = 0;
  source.build = (from, to) => {
    builds++;
    return build(from, to);
  };
  let calendar = leaf;
  for (let i = 0; i < 12; i++) calendar = unite(calendar, calendar);
  expect(calendar.isOpen("2025-06-01T00:00:00.000Z")).toBe(true);
  expect(builds).toBeLessThanOrEqual(24);
});
