import { describe, expect, it } from "vitest";
import { spanMs } from "../../src/lifecycle/span.js";

describe("a span", () => {
  it("is whole milliseconds of elapsed time, up to a hundred years", () => {
    expect(spanMs({ days: 2 })).toBe(172_800_000);
    expect(spanMs({ hours: 1.5 })).toBe(5_400_000);
    expect(spanMs({ minutes: 1 / 60_000 })).toBe(1);
    expect(spanMs({ days: 36_525 })).toBe(36_525 * 86_400_000);
  });

  it.each([
    [{ days: 36_526 }],
    [{ days: 0 }],
    [{ days: -1 }],
    [{ minutes: 0.00001 }],
    [{ days: Number.NaN }],
    [{ hours: Infinity }],
    [{ days: "2" }],
    [{ weeks: 1 }],
    [{}],
    [{ days: 1, hours: 1 }],
    [null],
    [undefined],
    ["2 days"],
  ])("is nothing else: %j", (span) => {
    expect(spanMs(span as never)).toBeNaN();
  });
});
