import { describe, expect, it } from "vitest";
import type { Target } from "../../src/sla/index.js";
import { hour } from "../calendar/given.js";
import {
  afterDue,
  beforeDue,
  begun,
  levels,
  on,
  pause,
  percent,
  read,
  reopen,
  retarget,
  start,
  stop,
  working,
} from "./given.js";

describe("levels (rules 47 to 51)", () => {
  const four = (...list: readonly NonNullable<Target["levels"]>[number][]) => working(4, { levels: list });

  it("47: before and after the due time, in working time, elapsed time or working days", () => {
    const target = four(
      afterDue("after a day", { workingDays: 1 }),
      afterDue("after hours", { working: { hours: 4 } }),
      afterDue("after elapsed", { elapsed: { hours: 4 } }),
      beforeDue("before", { working: { hours: 1 } }),
      beforeDue("before elapsed", { elapsed: { minutes: 30 } }),
    );
    // Due on Monday at 14:00.
    expect(levels(read(target, [begun], "Wed 12:00"))).toEqual([
      ["before", on("Mon 13:00")],
      ["before elapsed", on("Mon 13:30")],
      ["after elapsed", on("Mon 18:00")],
      ["after hours", on("Tue 10:00")],
      ["after a day", on("Tue 14:00")],
    ]);
  });

  it("47: after a due time at closing it starts at the next opening", () => {
    const target = working(7, {
      levels: [afterDue("hour", { working: hour }), beforeDue("hour before", { working: hour })],
    });
    expect(levels(read(target, [begun], "Wed 12:00"))).toEqual([
      ["hour before", on("Mon 16:00")],
      ["hour", on("Tue 10:00")],
    ]);
  });

  it("47: nothing before a due time at closing is that closing", () => {
    const target = working(7, { levels: [beforeDue("now", { working: 0 })] });
    expect(levels(read(target, [begun], "Wed 12:00"))).toEqual([["now", on("Mon 17:00")]]);
  });

  it("47: more before the due time than there is, it is reached at the start", () => {
    expect(levels(read(four(beforeDue("week", { workingDays: 5 })), [begun], "Mon 11:00"))).toEqual([
      ["week", on("Mon 10:00")],
    ]);
  });

  it("48: shares of the target, on both sides of the due time", () => {
    const target = four(percent("half", 50), percent("all", 100), percent("again", 150), percent("third", 33.3));
    expect(levels(read(target, [begun], "Wed 12:00"))).toEqual([
      ["third", on("Mon 11:19:55.200")],
      ["half", on("Mon 12:00")],
      ["all", on("Mon 14:00")],
      ["again", on("Mon 16:00")],
    ]);
  });

  it("48: a pause moves them", () => {
    const target = four(percent("half", 50), beforeDue("soon", { working: hour }), afterDue("hour", { working: hour }));
    const marks = [begun, pause("Mon 11:00", "Mon 13:00")];
    // Due on Monday at 16:00.
    expect(levels(read(target, marks, "Wed 12:00"))).toEqual([
      ["half", on("Mon 14:00")],
      ["soon", on("Mon 15:00")],
      ["hour", on("Mon 17:00")],
    ]);
    const later = read(target, [begun, pause("Mon 14:30", "Mon 15:30")], "Wed 12:00");
    expect(levels(later)[2]).toEqual(["hour", on("Mon 16:00")]);
  });

  it("48: a threshold that is passed already when the goal shrinks is reached at the moment of change", () => {
    const marks = [begun, retarget("Mon 13:00", four(percent("half", 50), percent("most", 90)))];
    expect(levels(read(working(40), marks, "Mon 13:00"))).toEqual([["half", on("Mon 13:00")]]);
    expect(levels(read(working(40), marks, "Mon 14:00"))).toEqual([
      ["half", on("Mon 13:00")],
      ["most", on("Mon 13:36")],
    ]);
  });

  it("48: nor does a pause take it back, that was there when the goal shrank", () => {
    const less = working(4, { levels: [percent("half", 50), beforeDue("soon", { working: { hours: 3 } })] });
    const marks = [begun, pause("Mon 12:30"), retarget("Mon 13:00", less)];
    const reached = [
      ["half", on("Mon 13:00")],
      ["soon", on("Mon 13:00")],
    ];
    const [, resumed] = pause("Mon 12:30", "Mon 16:00");
    expect(levels(read(working(40), marks, "Mon 13:30"))).toEqual(reached);
    expect(levels(read(working(40), [marks, resumed!].flat(2), "Mon 16:30"))).toEqual(reached);
  });

  it("49: each is reached once, in order and at its nominal time, however late it is asked", () => {
    const target = four(percent("most", 90), percent("half", 50), afterDue("hour", { working: hour }));
    const all = [
      ["half", on("Mon 12:00")],
      ["most", on("Mon 13:36")],
      ["hour", on("Mon 15:00")],
    ];
    for (const asOf of ["Mon 15:01", "Tue 12:00", "Sun+4 00:00"])
      expect(levels(read(target, [begun], asOf))).toEqual(all);
    expect(levels(read(target, [begun], "Mon 13:36"))).toEqual(all.slice(0, 1));
    expect(levels(read(target, [begun], "Mon 13:36:00.001"))).toEqual(all.slice(0, 2));
  });

  it("49: reached under one target it is not reached under the next", () => {
    const marks = [begun, retarget("Mon 13:00", working(8, { levels: [percent("half", 50), percent("most", 75)] }))];
    expect(levels(read(four(percent("half", 50)), marks, "Mon 16:30"))).toEqual([
      ["half", on("Mon 12:00")],
      ["most", on("Mon 16:00")],
    ]);
  });

  it("51: reached, it is not reached again after a pause or a reopening", () => {
    const target = four(beforeDue("soon", { working: { hours: 2 } }));
    const fired = [["soon", on("Mon 12:00")]];
    const held = [begun, pause("Mon 13:00", "Mon 16:00")];
    expect(levels(read(target, held, "Mon 13:30"))).toEqual(fired);
    expect(levels(read(target, held, "Wed 12:00"))).toEqual(fired);
    const reopened = [begun, stop("Mon 13:00"), reopen("Tue 10:00")];
    expect(levels(read(target, reopened, "Wed 12:00"))).toEqual(fired);
  });

  it("51: a pause that begins just when it would be reached puts it off", () => {
    const target = four(beforeDue("soon", { working: { hours: 2 } }));
    expect(levels(read(target, [begun, pause("Mon 12:00", "Mon 13:00")], "Tue 12:00"))).toEqual([
      ["soon", on("Mon 13:00")],
    ]);
    expect(levels(read(target, [begun, stop("Mon 12:00")], "Tue 12:00"))).toEqual([]);
  });

  it("51: what is stopped or paused reaches none", () => {
    const target = four(percent("half", 50));
    expect(levels(read(target, [begun, pause("Mon 11:00")], "Fri 12:00"))).toEqual([]);
    expect(levels(read(target, [begun, stop("Mon 11:00")], "Fri 12:00"))).toEqual([]);
  });

  it("each run has its own", () => {
    const target = working(2, { repeats: true, levels: [percent("half", 50)] });
    const marks = [begun, stop("Mon 11:30"), start("Mon 14:00")];
    expect(levels(read(target, marks, "Mon 14:30"))).toEqual([]);
    expect(levels(read(target, marks, "Mon 15:30"))).toEqual([["half", on("Mon 15:00")]]);
  });
});
