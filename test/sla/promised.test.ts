import { describe, expect, it } from "vitest";
import { type Instant, toInstant, toMs } from "../../src/kernel/instant.js";
import { readClock, type Target } from "../../src/sla/index.js";
import { begun, on, pause, percent, read, stop } from "./given.js";

const until = (text: string, rest: Partial<Target> = {}): Target => ({
  within: { until: on(text) },
  ...rest,
});

describe("a target until an instant that was promised", () => {
  it("is due then, in a calendar or without one, and needs no working time", () => {
    expect(read(until("Sat 12:00"), [begun], "Mon 11:00")).toMatchObject({ state: "running", due: on("Sat 12:00") });
    const bare = readClock(until("Sat 12:00"), [{ type: "start", at: on("Mon 10:00") }], { asOf: on("Mon 11:00") });
    expect(bare.due).toBe(on("Sat 12:00"));
  });

  it("is kept by what comes in that millisecond, and broken by one later (case 37)", () => {
    const at = on("Tue 12:00");
    const verdict = (stopped: Instant) =>
      readClock(until("Tue 12:00"), [begun, { type: "stop", at: stopped }], { asOf: on("Wed 12:00") }).verdict;
    expect([verdict(at), verdict(toInstant(toMs(at) + 1))]).toEqual(["on time", "late"]);
  });

  it("stands, whatever else is waited for in between (case 46)", () => {
    const marks = [begun, pause("Mon 11:00", "Mon 16:00")];
    expect(read(until("Tue 12:00"), marks, "Mon 17:00").due).toBe(on("Tue 12:00"));
    expect(read(until("Tue 12:00", { pausable: false }), [begun, pause("Mon 11:00")], "Wed 10:00")).toMatchObject({
      verdict: "late",
      due: on("Tue 12:00"),
    });
  });

  it("is near when a share of the time until then is used up", () => {
    const target = until("Mon 20:00", { levels: [percent("near", 50)] });
    const reached = (asOf: string) => read(target, [begun], asOf).levels.map((l) => l.id);
    expect(reached("Mon 15:00")).toEqual([]);
    expect(reached("Mon 15:01")).toEqual(["near"]);
  });

  it("that is over when the clock begins is broken from the beginning", () => {
    expect(read(until("Mon 09:00"), [begun], "Mon 11:00")).toMatchObject({ verdict: "late", due: on("Mon 09:00") });
  });

  it("is refused where it is no instant, and where a field is named but no record is there to have it", () => {
    const codeOf = (target: unknown) => {
      try {
        readClock(target as Target, [], { asOf: on("Mon 10:00") });
        return "none";
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect(codeOf({ within: { until: "tomorrow" as Instant } })).toBe("INVALID_INSTANT");
    expect(codeOf({ within: { until: 5 } })).toBe("INVALID_INSTANT");
    expect(codeOf({ within: { field: "promisedFor" } })).toBe("INVALID_DURATION");
  });

  it("that has been stopped keeps its verdict", () => {
    expect(read(until("Tue 12:00"), [begun, stop("Tue 11:00")], "Fri 10:00")).toMatchObject({ verdict: "on time" });
  });
});
