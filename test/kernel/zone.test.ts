import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localDateToDay, toInstant, toMs } from "../../src/kernel/instant.js";
import { isZone, localDateOf, startOfLocalDate } from "../../src/kernel/zone.js";

const unknown = expect.objectContaining({ code: "UNKNOWN_ZONE" });
const noInstant = expect.objectContaining({ code: "INVALID_INSTANT" });

describe("zone names", () => {
  it("are those of the zone database", () => {
    const links = ["UTC", "GMT", "GMT+0", "Etc/GMT+12", "Etc/GMT-14", "Asia/Kolkata", "EST5EDT", "US/East-Indiana"];
    for (const name of [...Intl.supportedValuesOf("timeZone"), ...links, "America/Port-au-Prince"])
      expect(isZone(name), name).toBe(true);
  });

  it("are nothing else", () => {
    const texts = ["", " ", "UTC ", "\nUTC", "Mars/Base", "+02:00", "-0500", "GMT+12", "Etc/GMT+99", "Etc/GMT+05"];
    const inherited = ["constructor", "__proto__", "toString", "valueOf", "hasOwnProperty", "undefined", "null"];
    const disguised = ["Foo/Bar+12", "Foo+12:30", "Europe/Berlin+01", `${"A".repeat(1e6)}`, "../../etc/passwd", "Z+05"];
    for (const name of [...texts, ...inherited, ...disguised, null, undefined, 0, {}, [], ["UTC"], new Date(0)])
      expect(isZone(name), String(name).slice(0, 40)).toBe(false);
  });

  it("are refused by code where they are unknown", () => {
    for (const zone of ["Mars/Base", "constructor", "+02:00", "", "x+12", 5, null, undefined, {}]) {
      expect(() => localDateOf("2025-03-01T00:00:00.000Z", zone as string)).toThrow(unknown);
      expect(() => startOfLocalDate("2025-03-01", zone as string)).toThrow(unknown);
    }
  });
});

describe("localDateOf", () => {
  it.each([
    ["2025-03-01T04:59:59.999Z", "America/New_York", "2025-02-28"],
    ["2025-03-01T05:00:00.000Z", "America/New_York", "2025-03-01"],
    ["2025-07-01T03:59:59.999Z", "America/New_York", "2025-06-30"],
    ["2025-07-01T04:00:00.000Z", "America/New_York", "2025-07-01"],
    ["2025-03-29T23:00:00.000Z", "Europe/Berlin", "2025-03-30"],
    ["2025-03-30T21:59:59.999Z", "Europe/Berlin", "2025-03-30"],
    ["2025-03-30T22:00:00.000Z", "Europe/Berlin", "2025-03-31"],
    ["2018-11-04T02:59:59.999Z", "America/Sao_Paulo", "2018-11-03"],
    ["2018-11-04T03:00:00.000Z", "America/Sao_Paulo", "2018-11-04"],
    ["2011-12-30T09:59:59.999Z", "Pacific/Apia", "2011-12-29"],
    ["2011-12-30T10:00:00.000Z", "Pacific/Apia", "2011-12-31"],
    ["2025-03-01T18:14:59.999Z", "Asia/Kathmandu", "2025-03-01"],
    ["2025-03-01T18:15:00.000Z", "Asia/Kathmandu", "2025-03-02"],
    ["2025-03-01T16:00:00.000Z", "Asia/Shanghai", "2025-03-02"],
    ["1960-01-01T00:44:29.000Z", "Africa/Monrovia", "1959-12-31"],
    ["1960-01-01T00:44:30.000Z", "Africa/Monrovia", "1960-01-01"],
    ["2025-03-01T23:59:59.999Z", "UTC", "2025-03-01"],
  ])("%s in %s is %s", (instant, zone, date) => {
    expect(localDateOf(instant, zone)).toBe(date);
  });

  it("refuses what is no instant, or no day of the years 1 to 9999", () => {
    expect(() => localDateOf("2025-03-01", "UTC")).toThrow(noInstant);
    expect(() => localDateOf("9999-12-31T23:00:00.000Z", "Asia/Shanghai")).toThrow(noInstant);
    expect(() => localDateOf("0001-01-01T00:00:00.000Z", "America/New_York")).toThrow(noInstant);
  });

  it("agrees with the platform", () => {
    const zones = ["America/New_York", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu"];
    const formats = new Map(
      zones.map((z) => [z, new Intl.DateTimeFormat("en-CA", { timeZone: z, dateStyle: "short" })]),
    );
    const range = { min: Date.UTC(1925, 0), max: Date.UTC(2100, 0) };
    fc.assert(
      fc.property(fc.integer(range), fc.constantFrom(...zones), (ms, zone) => {
        expect(localDateOf(toInstant(ms), zone)).toBe(formats.get(zone)?.format(ms));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("startOfLocalDate", () => {
  it.each([
    ["2025-03-09", "America/New_York", "2025-03-09T05:00:00.000Z"],
    ["2025-03-10", "America/New_York", "2025-03-10T04:00:00.000Z"],
    ["2025-11-02", "America/New_York", "2025-11-02T04:00:00.000Z"],
    ["2025-11-03", "America/New_York", "2025-11-03T05:00:00.000Z"],
    ["2025-03-30", "Europe/Berlin", "2025-03-29T23:00:00.000Z"],
    ["2025-03-31", "Europe/Berlin", "2025-03-30T22:00:00.000Z"],
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
    ["2018-02-18", "America/Sao_Paulo", "2018-02-18T03:00:00.000Z"],
    ["2011-12-29", "Pacific/Apia", "2011-12-29T10:00:00.000Z"],
    ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
    ["2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
    ["2012-01-01", "Pacific/Apia", "2011-12-31T10:00:00.000Z"],
    ["2025-03-02", "Asia/Kathmandu", "2025-03-01T18:15:00.000Z"],
    ["2025-03-02", "Asia/Shanghai", "2025-03-01T16:00:00.000Z"],
    ["2025-03-02", "UTC", "2025-03-02T00:00:00.000Z"],
    // Clocks went back from 00:01 to 23:01: midnight came twice, and the day began at the first one.
    ["2000-10-29", "America/St_Johns", "2000-10-29T02:30:00.000Z"],
    ["1960-01-01", "Africa/Monrovia", "1960-01-01T00:44:30.000Z"],
  ])("%s in %s is %s", (date, zone, instant) => {
    expect(startOfLocalDate(date, zone)).toBe(instant);
  });

  it("refuses what is no date, or begins outside the years 1 to 9999", () => {
    expect(() => startOfLocalDate("2025-02-29", "UTC")).toThrow(noInstant);
    expect(() => startOfLocalDate("0001-01-01", "Asia/Shanghai")).toThrow(noInstant);
  });

  it("is the first moment at which that day, or a later one, has come", () => {
    const day = fc.integer({ min: localDateToDay("1950-01-01"), max: localDateToDay("2037-12-31") });
    fc.assert(
      fc.property(day, fc.constantFrom(...Intl.supportedValuesOf("timeZone")), (n, zone) => {
        const date = toInstant(n * 86_400_000).slice(0, 10);
        const start = toMs(startOfLocalDate(date, zone));
        expect(localDateOf(toInstant(start), zone) >= date).toBe(true);
        for (const earlier of [1, 60_000, 3_600_000, 7_200_000, 86_400_000])
          expect(localDateOf(toInstant(start - earlier), zone) < date).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
