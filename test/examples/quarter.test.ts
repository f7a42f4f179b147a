import { beforeAll, describe, expect, it } from "vitest";
import { main } from "../../examples/01-a-quarter-at-the-desk.js";
import { cells, rows, section, shown } from "./demo.js";
import { drawings, misnested } from "./markup.js";

const sum = (numbers: readonly (string | undefined)[]): number => numbers.reduce((total, n) => total + Number(n), 0);
/** Points to the last digit, as a whole number. */
const millionths = (points: string | undefined): number => Number((points ?? "").replace(".", ""));

describe("the quarter", () => {
  let lines: readonly string[] = [];
  let html = "";
  beforeAll(async () => {
    const { lines: all, written } = await shown(main, { report: "some/where.html" });
    lines = all;
    html = written.get("some/where.html") ?? "";
  });

  it("shows how far it has come", () => {
    const progress = section(lines, 9).filter((line) => line.startsWith("  ... "));
    expect(progress.map((line) => line.slice(6).replace(/:.*/, ""))).toEqual([
      "registered and graded 200",
      "registered and graded 400",
      "registered and graded 600",
      "registered and graded 793",
      "planned for 200",
      "planned for 400",
      "planned for 600",
      "2018-01",
      "2018-02",
      "2018-03",
    ]);
  });

  it("grades all 793 customers", () => {
    const graded = rows(section(lines, 9));
    expect(graded.map((row) => row[0])).toEqual(["A", "B", "C", "D", "Total"]);
    expect(graded.slice(0, 4).map((row) => row[2])).toEqual(["113", "251", "244", "185"]);
    // Of the total nothing is said from which points on it is.
    expect(graded.at(-1)?.[1]).toBe("793");
    expect(sum(graded.slice(0, 4).map((row) => row[2]))).toBe(793);
    expect(sum(graded.slice(0, 4).map((row) => row[4]))).toBeCloseTo(100, 0);
  });

  it("explains two, whose points add up to their scores to the last digit", () => {
    const told = section(lines, 10);
    const second = told.findIndex((line) => line.includes("Erin Smith"));
    for (const one of [told.slice(0, second), told.slice(second)]) {
      const table = cells(one).filter((row) => row.length >= 3 && /^\d+\.\d{6}$/.test(row.at(-1)!));
      const total = table.find((row) => row[0] === "Total");
      const criteria = table.filter((row) => row !== total);
      expect(criteria.map((row) => row[0])).toEqual(["Last purchase", "Number of purchases", "Revenue", "Profit"]);
      expect(criteria.reduce((all, row) => all + millionths(row[3]), 0)).toBe(millionths(total?.[1]));
      expect(criteria.reduce((all, row) => all + millionths(row[4]), 0)).toBe(100_000_000);
    }
  });

  it("says what the second one lacks for the next grade", () => {
    const told = section(lines, 10).map((line) => line.trim());
    expect(told.slice(-2)).toEqual([
      "missing for grade A: 0.083000",
      "One of these alone can bring it: Last purchase, Profit",
    ]);
    expect(told).toContain("Erin Smith (ES-14080): Grade B");
    expect(told.find((line) => line.startsWith("Total") && line.includes("74.917000"))).toBeDefined();
  });

  it("plans visits by grade and month", () => {
    const planned = section(lines, 11);
    const months = cells(planned).filter((row) => /^2018-\d\d$|^Total$/.test(row[0]!));
    expect(months.map((row) => row[0])).toEqual(["2018-01", "2018-02", "2018-03", "Total"]);
    for (const row of months) expect(sum(row.slice(1, 5))).toBe(Number(row[5]));
    expect(sum(months.slice(0, 3).map((row) => row[5]))).toBe(Number(months[3]?.[5]));
    expect(months[3]?.[4]).toBe("0");
    expect(planned.at(-1)).toContain("planned for 793: created 604, dropped 0, brought back 0, unchanged 302");
  });

  it("doubles nothing when it plans anew", () => {
    const anew = section(lines, 15).filter((line) => line.includes("planned anew"));
    expect(anew).toEqual([
      "  2018-01-02  planned anew 793: created 2, dropped 1, brought back 0, unchanged 792",
      "  2018-02-15  planned anew 793: created 0, dropped 13, brought back 1, unchanged 780",
    ]);
    const visits = cells(section(lines, 12)).filter((row) => /^[A-D]$/.test(row[0]!) && row.length === 7);
    const byGrade = visits.slice(0, 4);
    expect(sum(byGrade.map((row) => row[1]))).toBe(604 + 2);
    for (const row of byGrade) expect(sum(row.slice(2))).toBe(Number(row[1]));
  });

  it("keeps apart what became of the surveys", () => {
    const asked = rows(section(lines, 12));
    expect(asked.map((row) => row[0])).toEqual(["A", "B", "C", "D"]);
    for (const row of asked) expect(sum(row.slice(2))).toBe(Number(row[1]));
    // An e-mail that nobody answers expires; who is asked in person does not.
    expect(asked.map((row) => Number(row[5]) > 0)).toEqual([false, false, true, false]);
    expect(asked[3]?.[1]).toBe("0");
  });

  it("scores the answers with n and an interval, and says where there is nothing to say", () => {
    const scores = rows(section(lines, 13));
    expect(scores.map((row) => row[0])).toEqual([
      ...["Net promoter score", "A", "B", "C", "D"],
      ...["Satisfied customers", "A", "B", "C", "D"],
      "Found it easy",
    ]);
    for (const at of [0, 5]) {
      expect(sum(scores.slice(at + 1, at + 5).map((row) => row[1]))).toBe(Number(scores[at]?.[1]));
      expect(scores[at + 4]?.slice(1)).toEqual(["0", "-", "nothing to say: nobody has answered this"]);
    }
    for (const row of scores.filter(([, n]) => n !== "0")) {
      const [low, high] = row[3]!.split(" .. ").map((end) => Number.parseInt(end.replace("−", "-"), 10));
      const value = Number.parseInt(row[2]!.replace("−", "-"), 10);
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
    expect(scores[0]?.[4]).toBe("nps@1: 9 and 10 less 0 to 6, of 0 to 10");
    expect(scores.at(-1)?.[3]).toBe("nothing to say: nobody has answered this");
  });

  it("opens a complaint of a dissatisfied answer, caused by it", () => {
    const [answered, opened] = rows(section(lines, 14));
    expect(answered?.[1]).toBe("Survey answered");
    expect(opened?.[1]).toBe("Complaint received");
    expect(opened?.[0]).toBe(answered?.[0]);
    expect(answered?.[2]).toMatch(/^main\/satisfaction\/.+\/2$/);
    expect(opened?.[2]).toMatch(/^main\/complaint\/.+\/1$/);
    expect(opened?.[3]).toBe(answered?.[2]);
    expect(section(lines, 14)[0]).toMatch(/csat [12], .*"\w.*" \(scripted\)$/);
  });

  it("lets a grade by hand lapse at its date, whenever that is noticed", () => {
    const told = cells(section(lines, 15));
    expect(told.slice(1, 6)).toEqual([
      ["2018-01-01 06:00", "regrade", "First to be graded"],
      ["2018-01-01 06:00", "regrade", "Graded"],
      ["2018-01-02 09:00", "mia", "Grade set by hand"],
      ["2018-02-15 00:00", "clock", "Time has passed", "[recorded 2018-02-15 02:00]"],
      ["2018-02-15 00:00", "clock", "Natural grade restored", "[recorded 2018-02-15 02:00]"],
    ]);
  });

  it("marks what is invented as scripted", () => {
    for (const n of [14, 15]) {
      const said = section(lines, n).filter((line) => line.includes('"'));
      expect(said.length).toBeGreaterThan(0);
      expect(said.filter((line) => !line.endsWith("(scripted)"))).toEqual([]);
    }
    expect(lines).toContain("12. Calls and answers (all of them scripted: drawn by lot from the customer's id)");
    const short = section(lines, 16);
    expect(short.filter((line) => line.endsWith("(scripted)"))).toHaveLength(3);
  });

  it("ends with a summary that says where the report is", () => {
    const short = new Map(cells(section(lines, 16)).map(([name, ...told]) => [name, told.join(" ")]));
    expect(short.get("Customers graded")).toBe("793: A 113, B 251, C 244, D 185");
    expect(short.get("Net promoter score")).toMatch(/^\+\d+ \(\+\d+ \.\. \+\d+, n = \d+\) \(scripted\)$/);
    expect(short.get("Complaints")).toMatch(/^13 from broken promises, \d+ from surveys; at rest \d+$/);
    expect(short.get("Grade by hand")).toBe("Erin Smith: A, lapsed by itself on 2018-02-15");
    expect(short.get("Report")).toBe("some/where.html");
  });

  describe("the report", () => {
    it("is well nested", () => {
      expect(misnested(html)).toEqual([]);
      expect(misnested("<p><b></p>")).not.toEqual([]);
      expect(misnested("<p>a & b</p>")).not.toEqual([]);
    });

    it("loads nothing from anywhere", () => {
      for (const loads of [
        /https?:\/\//i,
        /<script/i,
        /\ssrc=/i,
        /\shref=/i,
        /<link/i,
        /<iframe/i,
        /@import/i,
        /url\((?!#)/i,
      ])
        expect(html).not.toMatch(loads);
    });

    it("says that it is scripted before anything else", () => {
      expect(html.indexOf("is scripted: drawn by lot for this demo")).toBeLessThan(html.indexOf("<ul"));
      expect(html).toContain("is scripted: drawn by lot for this demo");
    });

    it("draws grades, explanations, visits, scores and the life of a complaint", () => {
      const drawn = drawings(html);
      expect([...drawn.keys()]).toEqual([
        "Customers by grade",
        "Alan Hwang: Grade A",
        "Erin Smith: Grade B",
        "Visits by month",
        "Net promoter score",
        "Satisfied customers",
        "The life of a complaint",
      ]);
      expect(drawn.get("Customers by grade")).toContain("251 · 31.7 % of customers");
      expect(drawn.get("Net promoter score")?.match(/<circle/g)).toHaveLength(4);
      expect(drawn.get("Net promoter score")).toContain("nothing to say (n = 0)");
      expect(drawn.get("Visits by month")).toContain(">205<");
    });

    it("draws every state of a complaint once, from the tokens", () => {
      const life = drawings(html).get("The life of a complaint")!;
      expect(life.match(/class="box"/g)).toHaveLength(13);
      for (const name of ["Received", "Solution proposed", "Withdrawn", "Reopen", "Still unhappy", "Wait for a"])
        expect(life).toContain(`>${name}<`);
    });

    it("places nothing outside its drawings", () => {
      for (const [, wide, high, body] of html.matchAll(/<svg viewBox="0 0 (\S+) (\S+)"[^>]*>([\s\S]*?)<\/svg>/g)) {
        const places = [...body!.matchAll(/<(?:text|rect|circle)[^>]*? c?x="(\S+)" c?y="(\S+)"/g)];
        expect(places.length).toBeGreaterThan(5);
        for (const [element, x, y] of places) {
          expect(Number(x), element).toBeGreaterThanOrEqual(0);
          expect(Number(x), element).toBeLessThanOrEqual(Number(wide));
          expect(Number(y), element).toBeGreaterThanOrEqual(0);
          expect(Number(y), element).toBeLessThanOrEqual(Number(high));
        }
      }
    });

    it("lists every complaint", () => {
      const complaints = [...html.matchAll(/<tr><td>20\d\d-\d\d-\d\d<\/td>/g)].length;
      expect(complaints).toBe(15);
      expect(html).toContain("<td>CA-2016-108210</td>");
    });

    it("speaks Chinese: no word is left without one", async () => {
      const { lines: told, written } = await shown(main, { language: "zh-CN", report: "some/where.html" });
      const chinese = written.get("some/where.html")!;
      expect(told).toHaveLength(lines.length);
      expect(told.filter((line) => /demo\/|satisfaction\/[a-z_]+$|grading\.|metric\/|fact\//.test(line))).toEqual([]);
      expect(chinese).toContain('<html lang="zh-CN">');
      expect(misnested(chinese)).toEqual([]);
      expect(chinese).not.toMatch(/demo\/|complaint\/|metric\/|fact\/|severity\/|remedy\//);
      expect([...drawings(chinese).keys()]).toContain("投诉的生命周期");
      expect(chinese).toContain("净推荐值");
    });
  });
});
