import { describe, expect, it } from "vitest";
import { type Calendar, explainBetween, intersect, subtract, unite } from "../../src/calendar/index.js";
import { always, coded, everyDay, hour, minute, office, onlyOn, workweek } from "./given.js";

const monday = (time: string) => `2026-03-02T${time}:00.000Z`;
const week = ["2026-03-02T00:00:00.000Z", "2026-03-09T00:00:00.000Z"] as const;
const hours = (calendar: Calendar) =>
  calendar
    .spans(monday("00:00"), "2026-03-03T00:00:00.000Z")
    .map(({ from, to }) => `${from.slice(11, 16)}-${to.slice(11, 16)}`);

const morning = office({ id: "morning", week: workweek("08:00-12:00") });
const midday = office({ id: "midday", week: workweek("10:00-14:00") });
const afternoon = office({ id: "afternoon", week: workweek("12:00-16:00") });

describe("in one zone", () => {
  it.each<[string, Calendar, readonly string[]]>([
    ["both", intersect(morning, midday), ["10:00-12:00"]],
    ["either", unite(morning, midday), ["08:00-14:00"]],
    ["one but not the other", subtract(morning, midday), ["08:00-10:00"]],
    ["the other but not the one", subtract(midday, morning), ["12:00-14:00"]],
    ["both of what touches", intersect(morning, afternoon), []],
    ["either of what touches is one stretch", unite(morning, afternoon), ["08:00-16:00"]],
    ["what touches is not taken away", subtract(morning, afternoon), ["08:00-12:00"]],
    ["both of the same", intersect(morning, morning), ["08:00-12:00"]],
    ["either of the same", unite(morning, morning), ["08:00-12:00"]],
    ["the same without itself", subtract(morning, morning), []],
    ["a hole in the middle", subtract(office(), midday), ["09:00-10:00", "14:00-17:00"]],
    [
      "many holes",
      subtract(office(), office({ week: workweek("09:00-09:30", "12:00-13:00", "16:59-20:00") })),
      ["09:30-12:00", "13:00-16:59"],
    ],
    ["everything without the office", subtract(always(), office()), ["00:00-09:00", "17:00-00:00"]],
    ["everything and the office", intersect(always(), office()), ["09:00-17:00"]],
    [
      "nights and days",
      unite(office({ week: everyDay("22:00-06:00") }), office()),
      ["00:00-06:00", "09:00-17:00", "22:00-00:00"],
    ],
  ])("%s", (_, calendar, expected) => {
    expect(hours(calendar)).toEqual(expected);
  });

  it("every door answers of the combination", () => {
    const both = intersect(morning, midday);
    expect([both.isOpen(monday("09:59")), both.isOpen(monday("10:00")), both.isOpen(monday("12:00"))]).toEqual([
      false,
      true,
      false,
    ]);
    expect(both.nextOpening(monday("12:00"))).toBe("2026-03-03T10:00:00.000Z");
    expect(both.nextClosing(monday("10:00"))).toBe(monday("12:00"));
    expect(both.previousOpening(monday("12:00"))).toBe(monday("10:00"));
    expect(both.previousClosing(monday("10:00"))).toBe("2026-02-27T12:00:00.000Z");
    expect(both.between(...week)).toBe(10 * hour);
    expect(both.add(monday("11:00"), { hours: 1 })).toBe(monday("12:00"));
    expect(both.add(monday("11:00"), { hours: 1 }, { land: "resume" })).toBe("2026-03-03T10:00:00.000Z");
    expect(both.addDays("2026-03-06", 1)).toBe("2026-03-09");
    expect(both.daysBetween("2026-03-02", "2026-03-09")).toBe(5);
    expect(both.isWorkingDay("2026-03-07")).toBe(false);
  });

  it("both and either tell the same, whichever comes first", () => {
    const other = office({ week: { ...workweek("11:00-15:00"), sat: ["10:00-02:00"] }, holidays: ["2026-03-03"] });
    expect(intersect(midday, other).spans(...week)).toEqual(intersect(other, midday).spans(...week));
    expect(unite(midday, other).spans(...week)).toEqual(unite(other, midday).spans(...week));
    expect(unite(subtract(midday, other), intersect(midday, other)).spans(...week)).toEqual(midday.spans(...week));
    expect(subtract(unite(midday, other), other).spans(...week)).toEqual(subtract(midday, other).spans(...week));
  });

  it("a day works where any of its time does, though its night began the day before", () => {
    const nights = office({ week: { fri: ["22:00-06:00"] } });
    expect([nights.isWorkingDay("2026-03-06"), nights.isWorkingDay("2026-03-07")]).toEqual([true, false]);
    const both = intersect(nights, always());
    expect([both.isWorkingDay("2026-03-06"), both.isWorkingDay("2026-03-07")]).toEqual([true, true]);
    const early = intersect(nights, office({ week: { fri: ["00:00-24:00"] } }));
    expect([early.isWorkingDay("2026-03-06"), early.isWorkingDay("2026-03-07")]).toEqual([true, false]);
  });

  it("maintenance beats everything on its date", () => {
    const upkeep = onlyOn({ "2026-03-02": ["10:00-11:30", "13:00-14:00"], "2026-03-03": ["00:00-24:00"] });
    const open = subtract(office(), upkeep);
    expect(hours(open)).toEqual(["09:00-10:00", "11:30-13:00", "14:00-17:00"]);
    expect([open.isWorkingDay("2026-03-02"), open.isWorkingDay("2026-03-03")]).toEqual([true, false]);
    expect(open.daysBetween("2026-03-01", "2026-03-08")).toBe(4);
  });
});

describe("in different zones", () => {
  const shanghai = office({ id: "desk", zone: "Asia/Shanghai", week: workweek("09:00-18:00") });
  const berlin = office({ id: "client", zone: "Europe/Berlin", week: workweek("08:00-17:00") });
  const losAngeles = office({ id: "far", zone: "America/Los_Angeles", week: workweek("10:00-17:00") });

  it("what both share moves with the clocks of either", () => {
    const both = intersect(shanghai, berlin);
    expect(both.spans("2026-03-27T00:00:00.000Z", "2026-03-31T00:00:00.000Z")).toEqual([
      { from: "2026-03-27T07:00:00.000Z", to: "2026-03-27T10:00:00.000Z" },
      { from: "2026-03-30T06:00:00.000Z", to: "2026-03-30T10:00:00.000Z" },
    ]);
    expect([both.zone, intersect(berlin, shanghai).zone]).toEqual(["Asia/Shanghai", "Europe/Berlin"]);
  });

  it("days are counted in the zone of the first", () => {
    const one = onlyOn({ "2026-03-02": ["20:00-23:00"] });
    const inShanghai = intersect(always("Asia/Shanghai"), one);
    expect([inShanghai.isWorkingDay("2026-03-02"), inShanghai.isWorkingDay("2026-03-03")]).toEqual([false, true]);
    const inUtc = intersect(one, always("Asia/Shanghai"));
    expect([inUtc.isWorkingDay("2026-03-02"), inUtc.isWorkingDay("2026-03-03")]).toEqual([true, false]);
    const midnight = intersect(always("Asia/Shanghai"), onlyOn({ "2026-03-02": ["15:00-16:00"] }));
    expect([midnight.isWorkingDay("2026-03-02"), midnight.isWorkingDay("2026-03-03")]).toEqual([true, false]);
    const over = intersect(always("Asia/Shanghai"), onlyOn({ "2026-03-02": ["15:00-16:01"] }));
    expect([over.isWorkingDay("2026-03-02"), over.isWorkingDay("2026-03-03")]).toEqual([true, true]);
  });

  it("what ends at a midnight that the clocks skip does not reach into the next day", () => {
    // Sao Paulo, 2018-11-04: 00:00 became 01:00.
    const evening = intersect(
      always("America/Sao_Paulo"),
      office({ zone: "America/Sao_Paulo", week: { sat: ["20:00-24:00"] } }),
    );
    expect([evening.isWorkingDay("2018-11-03"), evening.isWorkingDay("2018-11-04")]).toEqual([true, false]);
    const night = intersect(
      always("America/Sao_Paulo"),
      office({ zone: "America/Sao_Paulo", week: { sat: ["20:00-01:01"] } }),
    );
    expect([night.isWorkingDay("2018-11-03"), night.isWorkingDay("2018-11-04")]).toEqual([true, true]);
  });

  it("a hole of the one zone lies in a stretch of the other", () => {
    const calendar = subtract(
      always("Asia/Shanghai"),
      office({ zone: "America/New_York", week: { sun: ["01:30-03:30"] } }),
    );
    // 2026-03-08 has no hour between 02:00 and 03:00 in New York, 2026-11-01 has that before it twice.
    expect(calendar.between("2026-03-08T00:00:00.000Z", "2026-03-09T00:00:00.000Z")).toBe(23 * hour);
    expect(calendar.between("2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z")).toBe((24 - 2.5) * hour);
  });

  it("following the sun", () => {
    const sun = unite(unite(shanghai, berlin), losAngeles);
    expect(hours(sun)).toEqual(["01:00-16:00", "18:00-00:00"]);
    expect(sun.between(...week)).toBe(5 * (15 + 7) * hour);
  });

  it("two that no longer meet", () => {
    // While both zones kept the mean times of their suns, they met for minutes.
    const both = intersect(shanghai, losAngeles);
    const from = monday("00:00");
    expect(both.nextOpening(from)).toBeNull();
    expect(both.nextClosing(from)).toBeNull();
    expect(both.spans(from, "2126-03-02T00:00:00.000Z")).toEqual([]);
    expect(both.between(from, "2126-03-02T00:00:00.000Z")).toBe(0);
    expect(() => both.add(from, hour)).toThrow(coded("BEYOND_HORIZON"));
    expect(() => both.addDays("2026-03-02", 1)).toThrow(coded("BEYOND_HORIZON"));
  });
});

describe("two that never meet", () => {
  const both = intersect(morning, afternoon);

  it("are answered at once", () => {
    const from = monday("00:00");
    expect(both.isOpen(monday("12:00"))).toBe(false);
    for (const door of [both.nextOpening, both.nextClosing, both.previousOpening, both.previousClosing]) {
      expect(door(from)).toBeNull();
      expect(door(0)).toBeNull();
    }
    expect(both.spans("1900-01-01T00:00:00.000Z", "2199-12-31T00:00:00.000Z")).toEqual([]);
    expect(both.between("1900-01-01T00:00:00.000Z", "2199-12-31T00:00:00.000Z")).toBe(0);
    expect(both.daysBetween("1900-01-01", "2199-12-31") + 0).toBe(0);
    expect(both.isWorkingDay("2026-03-02")).toBe(false);
    expect(both.addDays("2026-03-02", 0)).toBe("2026-03-02");
  });

  it("have no working time to add", () => {
    for (const duration of [0, 1, -1, hour, 9e12, -9e12])
      for (const land of ["deadline", "resume"] as const)
        expect(() => both.add(monday("00:00"), duration, { land })).toThrow(coded("NO_WORKING_TIME"));
    for (const n of [1, -1, 1e9]) expect(() => both.addDays("2026-03-02", n)).toThrow(coded("NO_WORKING_TIME"));
    expect(() => both.addDays("2026-03-02", 0, { origin: "roll" })).toThrow(coded("NO_WORKING_TIME"));
  });

  it("are united and taken away like any other", () => {
    expect(hours(unite(both, morning))).toEqual(["08:00-12:00"]);
    expect(hours(subtract(morning, both))).toEqual(["08:00-12:00"]);
    expect(hours(intersect(both, always()))).toEqual([]);
    expect(hours(subtract(both, morning))).toEqual([]);
  });
});

it("a refusal does not depend on what was asked before", () => {
  const fair = () => intersect(always(), onlyOn({ "2020-01-06": ["09:00-17:00"] }));
  const code = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (thrown) {
      return (thrown as { code?: unknown }).code;
    }
  };
  const refused = (asked: readonly string[]) => {
    const questions: readonly ((calendar: Calendar) => unknown)[] = [
      (calendar) => calendar.add(monday("00:00"), hour),
      (calendar) => calendar.add(monday("00:00"), -9 * hour),
      (calendar) => calendar.add("2020-01-06T10:00:00.000Z", -2 * hour),
      (calendar) => calendar.addDays("2026-03-02", 1),
      (calendar) => calendar.addDays("2019-03-02", -1),
    ];
    return questions.map((question) => {
      const calendar = fair();
      for (const date of asked) calendar.isWorkingDay(date);
      return code(() => question(calendar));
    });
  };
  expect(refused(["2020-01-06"])).toEqual(refused([]));
  expect(refused(["1900-01-01", "2199-12-31"])).toEqual(refused([]));
});

describe("combinations of combinations", () => {
  it("nest as deep as anybody would", () => {
    let calendar = office();
    for (let i = 0; i < 40; i++)
      calendar = i % 2 === 0 ? intersect(calendar, always("Europe/Berlin")) : unite(calendar, office());
    expect(hours(calendar)).toEqual(["09:00-17:00"]);
    expect(calendar.add(monday("16:30"), { hours: 1 })).toBe("2026-03-03T09:30:00.000Z");
    expect(calendar.isWorkingDay("2026-03-07")).toBe(false);
    expect(calendar.id.length).toBeLessThanOrEqual(200);
  });

  it("each part is looked up once, however often it is part of the whole", () => {
    let built = 0;
    const part = office();
    const { "~def": def } = part;
    const counted: Calendar = {
      ...part,
      "~def": {
        ...def,
        source: {
          ...def.source,
          build: (first, last) => {
            built++;
            return def.source.build(first, last);
          },
        },
      },
    };
    let calendar = counted;
    for (let i = 0; i < 10; i++) calendar = unite(calendar, calendar);
    expect(hours(calendar)).toEqual(["09:00-17:00"]);
    expect(built).toBeLessThan(20);
  });
});

describe("what a combination is called and knows", () => {
  it("has the names of both and the newer version", () => {
    const [a, b] = [office({ id: "a", version: 3 }), office({ id: "b", version: 7 })];
    expect([intersect(a, b), unite(a, b), subtract(b, a)].map(({ id, version }) => [id, version])).toEqual([
      ["intersect(a,b)", 7],
      ["unite(a,b)", 7],
      ["subtract(b,a)", 7],
    ]);
  });

  it("is known for as long as the one that is known for less", () => {
    const until = (dataThrough: string | undefined) => office({ zone: "Asia/Shanghai", dataThrough });
    const [none, early, late] = [until(undefined), until("2026-06-30"), until("2026-12-31")];
    for (const combine of [intersect, unite, subtract]) {
      expect(combine(none, none).dataThrough).toBeNull();
      expect(combine(early, none).dataThrough).toBe("2026-06-30");
      expect(combine(none, late).dataThrough).toBe("2026-12-31");
      expect(combine(late, early).dataThrough).toBe("2026-06-30");
      expect(combine(early, late).isProvisional("2026-06-30T16:00:00.000Z")).toBe(true);
      expect(combine(early, late).isProvisional("2026-06-30T15:59:59.999Z")).toBe(false);
    }
  });

  it("names the holidays of both, but not of what is taken away", () => {
    const one = office({ holidays: [{ date: "2026-03-03", name: "of the first" }] });
    const other = office({
      holidays: [
        { date: "2026-03-04", name: "of the second" },
        { date: "2026-03-03", name: "of the second" },
      ],
    });
    const names = (calendar: Calendar) =>
      explainBetween(calendar, "2026-03-03T00:00:00.000Z", "2026-03-05T00:00:00.000Z")
        .skipped.filter(({ reason }) => reason === "holiday")
        .map(({ from, name }) => `${from.slice(8, 10)} ${name}`);
    expect(names(intersect(one, other))).toEqual(["03 of the first", "04 of the second"]);
    expect(names(unite(one, one))).toEqual(["03 of the first"]);
    expect(names(subtract(one, other))).toEqual(["03 of the first"]);
    // A holiday without a name is one all the same.
    const unnamed = office({ holidays: ["2026-03-03"] });
    expect(names(intersect(unnamed, other))).toEqual(["03 null", "04 of the second"]);
  });
});

it("what is no calendar is refused when it is combined, not when it is asked", () => {
  const sound = office();
  const broken = [undefined, null, {}, [], "office", 5, JSON.parse(JSON.stringify(sound))];
  for (const combine of [intersect, unite, subtract])
    for (const wrong of broken) {
      expect(() => combine(wrong as Calendar, sound)).toThrow(coded("INVALID_CALENDAR"));
      expect(() => combine(sound, wrong as Calendar)).toThrow(coded("INVALID_CALENDAR"));
    }
  expect(intersect(sound, sound).between(monday("09:00"), monday("09:01"))).toBe(minute);
});

it("the zone of a combination is the one that its first calendar was made with", () => {
  const sound = office();
  const relabelled = { ...sound, zone: "Mars/Base" };
  const zoneOf = (combine: typeof unite): string => {
    try {
      return combine(relabelled, sound).zone;
    } catch (thrown) {
      return (thrown as { code: string }).code;
    }
  };
  for (const combine of [intersect, unite, subtract]) expect(["UTC", "INVALID_CALENDAR"]).toContain(zoneOf(combine));
});
