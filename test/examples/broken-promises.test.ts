import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { main } from "../../examples/01-a-quarter-at-the-desk.js";
import { superstoreCsv } from "../../examples/superstore/orders.js";
import { rows, section, shown } from "./demo.js";

const report = join(mkdtempSync(join(tmpdir(), "quarter-")), "report.html");
const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the demo", () => {
  let lines: readonly string[] = [];
  let written: ReadonlyMap<string, string> = new Map();
  beforeAll(async () => {
    ({ lines, written } = await shown(main, { report }));
  });

  it("says what it read and that no line was set aside", () => {
    expect(section(lines, 1).map((line) => line.replaceAll(/ +/g, " ").trim())).toEqual([
      "Lines read 9,994",
      "Orders 5,009",
      "Customers 793",
      "Lines that cannot be trusted 0",
      "Ordered 2014-01-03 .. 2017-12-30",
    ]);
  });

  it("finds thirteen broken promises, twelve of them of Same Day", () => {
    const found = section(lines, 2);
    expect(found).toContain("  13 / 5,009 = 0.26 % of the orders were shipped later than promised");
    expect(found).toContain("  Same Day             0 d     264      12");
    expect(found).toContain("  Standard Class       7 d   2,994       0");
    expect(rows(found)).toHaveLength(13);
    expect(rows(found)[0]).toEqual(["CA-2014-156545", "Joy Smith", "First Class", "2014-02-27", "2014-03-03", "1 d"]);
  });

  it("opens one complaint for each, in the customer's words, after the late shipment", () => {
    const opened = section(lines, 4).filter((line) => line.includes(": Complaint received."));
    expect(opened).toHaveLength(13);
    expect(opened.every((line) => line.endsWith('" (scripted)'))).toBe(true);
    expect(opened.map((line) => line.slice(20, 34))).toEqual(rows(section(lines, 2)).map((row) => row[0]));
    expect(opened[0]).toContain("2014-03-04 09:00");
  });

  it("marks everything that a person says or decides as scripted", () => {
    const said = section(lines, 4).filter((line) => line.includes('"'));
    expect(said.length).toBeGreaterThan(40);
    expect(said.filter((line) => !line.endsWith("(scripted)"))).toEqual([]);
    const people = rows(section(lines, 7)).filter(([, who]) => who !== "clock");
    expect(people.length).toBeGreaterThan(8);
    expect(people.filter((row) => !row.at(-1)!.endsWith("(scripted)"))).toEqual([]);
  });

  it("shows progress, year by year", () => {
    const progress = section(lines, 4).filter((line) => line.startsWith("  ... "));
    expect(progress.map((line) => line.slice(6, 10))).toEqual(["2014", "2015", "2016", "2017"]);
    expect(progress[1]).toContain("2015: complaints opened 3, commands 17, nights swept 365, deadlines passed 1");
  });

  it("escalates one by time alone, at the time it was due", () => {
    const byTime = section(lines, 4).filter((line) => line.includes("[time]"));
    expect(byTime).toEqual([
      "  2015-05-12 14:00  CA-2015-102855  [time] Its time in this state has run out: → Closed",
      "  2016-06-03 09:00  CA-2016-108210  [time] Overdue: acknowledgement",
      "  2016-06-03 09:00  CA-2016-108210  [time] Escalated: Level 1 → 2",
    ]);
  });

  it("has one reopened and one withdrawn by their customers", () => {
    const told = section(lines, 4);
    expect(told.filter((line) => line.includes(": Reopened."))).toEqual([
      '  2017-04-10 10:25  CA-2017-101637  Ann Chong: Reopened. "The till does not take the voucher." (scripted)',
    ]);
    const withdrawn = told.filter((line) => line.includes(": Withdrawn."));
    expect(withdrawn).toHaveLength(1);
    expect(withdrawn[0]).toContain("CA-2015-144099  Phillina Ober");
  });

  it("refuses one to a person without permission, with the reasons", () => {
    const told = section(lines, 4);
    const at = told.findIndex((line) => line.includes("REFUSED"));
    expect(told.slice(at, at + 6)).toEqual([
      '  2017-09-15 10:30  CA-2017-149559  REFUSED: ann, "Reject" (scripted)',
      "      - You are not permitted to do this.",
      "      - Allowed for: staff (manager)",
      '  2017-09-15 10:45  CA-2017-149559  REFUSED: ann, "Propose a solution" (scripted)',
      "      - This is not possible now.",
      "      - A major complaint is for a manager to settle.",
    ]);
    expect(told.filter((line) => line.includes("REFUSED"))).toHaveLength(2);
  });

  it("counts what the host would have e-mailed", () => {
    const mails = rows(section(lines, 5));
    const total = mails.at(-1);
    expect(total?.[0]).toBe("Total");
    const counts = mails.slice(0, -1).map((row) => Number(row[2]));
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(Number(total?.[1]));
    expect(mails).toContainEqual(["the customer", "Receipt acknowledged", "13"]);
    expect(mails).toContainEqual(["the owner, or the team", "Overdue", "1"]);
    expect(mails).toContainEqual(["the manager", "Escalated", "1"]);
  });

  it("ends with thirteen complaints at rest", () => {
    const all = rows(section(lines, 6));
    expect(all.map((row) => row[3]).sort()).toEqual([...new Array<string>(12).fill("Closed"), "Withdrawn"]);
    expect(all.filter((row) => row[4] !== "1").map((row) => row[0])).toEqual(["CA-2016-108210"]);
    const [first] = all;
    expect(first).toEqual([
      "CA-2014-156545",
      "Joy Smith",
      "1 d",
      "Closed",
      "1",
      "D",
      "Normal",
      "ann",
      "Refund, 4.99 USD",
      "7 d",
    ]);
    expect(all.find((row) => row[3] === "Withdrawn")?.[8]).toBe("-");
  });

  it("handles each by the grade that its customer had then", () => {
    const then = rows(section(lines, 3));
    expect(then.map((row) => row[5])).toEqual(["D", "D", "D", "C", "D", "A", "B", "A", "D", "D", "C", "A", "C"]);
    const handled = rows(section(lines, 6));
    expect(handled.map((row) => row[5])).toEqual(then.map((row) => row[5]));
    const best = handled.filter((row) => row[5] === "A");
    expect(best.map((row) => row[6])).toEqual(["High", "High", "High"]);
    // Ben took one over in the middle, because he knows the carrier.
    expect(best.map((row) => row[7])).toEqual(["mia", "ben", "mia"]);
    expect(handled.filter((row) => ["B", "C"].includes(row[5]!) && row[6] === "Low")).toEqual([]);
    expect(handled.filter((row) => row[5] !== "A").map((row) => row[7])).not.toContain("mia");
  });

  it("tells one complaint from beginning to end, in the order of time", () => {
    const told = rows(section(lines, 7));
    expect(told.map((row) => row[2])).toEqual([
      "Complaint received",
      "Overdue",
      "Escalated",
      "Receipt acknowledged",
      "Owner assigned",
      "Assessed",
      "Moved on",
      "Contact with the customer",
      "Solution proposed",
      "Solution accepted",
      "Solution carried out",
      "Customer satisfied",
    ]);
    const times = told.map((row) => row[0]!);
    expect(times).toEqual([...times].sort());
    const late = ["2016-06-03 09:00", "clock", "Overdue", "acknowledgement [recorded 2016-06-04 02:00]"];
    expect(told[1]).toEqual(late);
  });

  it("draws the life of a complaint in a fence", () => {
    const drawn = section(lines, 8);
    expect(drawn.slice(0, 2)).toEqual(["```mermaid", "stateDiagram-v2"]);
    expect(drawn.at(-1)).toBe("```");
    expect(drawn).toContain('  state "Solution proposed" as s5');
    expect(drawn.filter((line) => line === "```")).toHaveLength(1);
  });

  it("has no line with blanks at its end", () => {
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  it("says the same as a process of its own, in another time zone, twice", async () => {
    const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as { scripts: Record<string, string> };
    const [command, ...args] = scripts["demo"]!.split(" ");
    expect(command).toBe("node");
    const run = async (TZ: string) => {
      const env = { ...process.env, TZ, NODE_OPTIONS: "" };
      const { stdout } = await promisify(execFile)(process.execPath, [...args, "--report", report], { cwd: root, env });
      return { stdout, html: readFileSync(report, "utf8") };
    };
    const expected = { stdout: `${lines.join("\n")}\n`, html: written.get(report) };
    expect(await run("Pacific/Kiritimati")).toEqual(expected);
    expect(await run("America/New_York")).toEqual(expected);
  });

  it("speaks Chinese: no word of its own is left without one", async () => {
    const { lines: chinese } = await shown(main, { language: "zh-CN", report });
    expect(chinese).toHaveLength(lines.length);
    expect(chinese.filter((line) => /demo\/|(?<!main\/)complaint\/|complaint\./.test(line))).toEqual([]);
    expect(section(chinese, 4)).toContain("  2016-06-03 09:00  CA-2016-108210  [时间] 已超时限: 受理确认");
    expect(section(chinese, 4)).toContain("  2016-06-03 09:00  CA-2016-108210  [时间] 已升级: 级别 1 → 2");
    expect(section(chinese, 4)).toContain("      - 重大投诉须由经理处理。");
  });

  it("tells every line that it does not trust, and goes on with the rest", async () => {
    const [heading, ...body] = superstoreCsv().split("\n");
    const broken = body[0]!.replace("2016-11-08", "2016-11-31");
    const other = body[1]!.slice(0, 40);
    const csv = [heading, broken, other, ...body.slice(2)].join("\n");
    const { lines: told } = await shown(main, { csv });
    const read = section(told, 1);
    expect(read.map((line) => line.replaceAll(/ +/g, " ").trim())).toContain("Lines that cannot be trusted 2");
    expect(read.filter((line) => /^ +line 2: Order Date .*2016-11-31/.test(line))).toHaveLength(1);
    expect(read.filter((line) => /^ +line 3: has \d+ cells, needs/.test(line))).toHaveLength(1);
    expect(rows(section(told, 6))).toHaveLength(13);
  });

  it("tells a plain story of a late order that nobody has written one about", async () => {
    const csv = superstoreCsv().replaceAll("CA-2014-156545", "XX-2014-000001");
    const { lines: told } = await shown(main, { csv });
    expect(rows(section(told, 6))[0]).toEqual([
      "XX-2014-000001",
      "Joy Smith",
      "1 d",
      "Closed",
      "1",
      "D",
      "Normal",
      "ann",
      "Apology",
      "7 d",
    ]);
  });

  it("has nothing to tell of a file without orders, and says so", async () => {
    const { lines: told, written: none } = await shown(main, { csv: "" });
    expect(section(told, 1).some((line) => line.endsWith("line 1: the file is empty"))).toBe(true);
    expect(rows(section(told, 6))).toEqual([]);
    expect(none.size).toBe(0);
  });
});

describe("the command line of the demo", () => {
  it("refuses a language that it does not speak", async () => {
    const args = ["--import", "tsx", "examples/01-a-quarter-at-the-desk.ts", "--lang", "xx"];
    const failed = await promisify(execFile)(process.execPath, args, { cwd: root }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 1, stdout: "", stderr: "--lang: en or zh-CN\n" });
  });
});
