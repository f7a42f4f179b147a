import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { csvRows } from "../../examples/superstore/csv.js";
import { brokenPromises, centsOf, readOrders, superstoreCsv } from "../../examples/superstore/orders.js";

const names = [
  ...["Order ID", "Order Date", "Ship Date", "Ship Mode", "Customer ID", "Customer Name", "Segment", "City", "State"],
  ...["Region", "Product Name", "Category", "Sub-Category", "Sales", "Profit", "Quantity", "Discount"],
];

const sound: Record<string, string> = {
  "Order ID": "A-1",
  "Order Date": "2014-02-27",
  "Ship Date": "2014-03-03",
  "Ship Mode": "First Class",
  "Customer ID": "JS-1",
  "Customer Name": "Joy Smith",
  Segment: "Consumer",
  City: "Houston",
  State: "Texas",
  Region: "Central",
  "Product Name": "Stapler",
  Category: "Office Supplies",
  "Sub-Category": "Fasteners",
  Sales: "10.005",
  Profit: "-1.005",
  Quantity: "2",
  Discount: "0.2",
};

const heading = names.join(",");
const row = (changes: Record<string, string> = {}) => names.map((name) => changes[name] ?? sound[name]).join(",");
const file = (...rows: string[]) => [heading, ...rows].join("\n");
const problemOf = (changes: Record<string, string>) => readOrders(file(row(changes)));

describe("the superstore file", () => {
  const text = superstoreCsv();
  const { orders, lines, problems } = readOrders(text);

  it("has 9,994 lines in 5,009 orders of 793 customers, all sound", () => {
    expect(problems).toEqual([]);
    expect(lines).toBe(9_994);
    expect(orders).toHaveLength(5_009);
    expect(new Set(orders.map((order) => order.id)).size).toBe(5_009);
    expect(new Set(orders.map((order) => order.customerId)).size).toBe(793);
    const days = orders.map((order) => order.orderedOn).sort();
    expect([days.at(0), days.at(-1)]).toEqual(["2014-01-03", "2017-12-30"]);
  });

  it("puts every physical line below the heading into exactly one order", () => {
    const taken = orders.flatMap((order) => order.lines.map((line) => line.line)).sort((a, b) => a - b);
    expect(taken).toEqual(Array.from({ length: 9_994 }, (_, index) => index + 2));
  });

  it("adds up to the cent", () => {
    const sold = orders.flatMap((order) => order.lines);
    expect(sold.reduce((sum, line) => sum + line.sales, 0)).toBe(229_720_107);
    expect(sold.reduce((sum, line) => sum + line.profit, 0)).toBe(28_639_779);
  });

  it("reads the first order as written", () => {
    expect(orders[0]).toMatchObject({
      id: "CA-2016-152156",
      orderedOn: "2016-11-08",
      shippedOn: "2016-11-11",
      shipMode: "Second Class",
      customerName: "Claire Gute",
      lines: [
        { line: 2, product: "Bush Somerset Collection Bookcase", sales: 26_196, profit: 4_191, quantity: 2 },
        { line: 3, subCategory: "Chairs", sales: 73_194, profit: 21_958, quantity: 3, discount: 0 },
      ],
    });
  });

  it("stays plain JSON", () => {
    expect(JSON.parse(JSON.stringify(orders))).toStrictEqual(orders);
  });

  it("is read within a second", () => {
    const start = performance.now();
    readOrders(text);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  describe("its broken promises", () => {
    const zone = process.env["TZ"];
    afterEach(() => {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    });

    const told = () => brokenPromises(orders).map(({ order, lateBy }) => `${order.orderedOn} ${order.id} ${lateBy}`);
    const thirteen = [
      "2014-02-27 CA-2014-156545 1",
      "2014-10-16 US-2014-109456 1",
      "2015-04-05 CA-2015-102855 1",
      "2015-11-29 CA-2015-144099 1",
      "2015-12-01 US-2015-105676 1",
      "2016-05-30 CA-2016-108210 1",
      "2016-07-10 CA-2016-134222 1",
      "2016-09-12 CA-2016-151148 1",
      "2017-03-24 CA-2017-101637 1",
      "2017-05-11 CA-2017-133823 1",
      "2017-06-02 CA-2017-158883 1",
      "2017-09-11 CA-2017-149559 1",
      "2017-12-02 CA-2017-109701 1",
    ];

    it("are thirteen, by order date, then by id", () => {
      expect(told()).toEqual(thirteen);
      expect(brokenPromises(orders.toReversed())).toEqual(brokenPromises(orders));
      expect(brokenPromises(orders)[0]).toMatchObject({ promisedDays: 3, tookDays: 4, lateBy: 1 });
      expect(brokenPromises(orders)[1]).toMatchObject({ promisedDays: 0, tookDays: 1, lateBy: 1 });
    });

    it.each([
      ["America/New_York", 300],
      ["Pacific/Kiritimati", -840],
      ["Europe/London", 0],
    ])("are the same in %s", (other, offset) => {
      process.env["TZ"] = other;
      expect(new Date("2015-01-01T00:00:00Z").getTimezoneOffset()).toBe(offset);
      expect(told()).toEqual(thirteen);
    });
  });
});

describe("brokenPromises", () => {
  it.each([
    ["Same Day", "2016-02-28", "2016-02-28", undefined],
    ["First Class", "2016-02-27", "2016-03-01", undefined],
    ["First Class", "2015-02-27", "2015-03-03", 1],
    ["Second Class", "2016-12-30", "2017-01-04", undefined],
    ["Standard Class", "2016-12-30", "2017-01-08", 2],
  ])("%s, %s to %s: late by %s", (shipMode, orderedOn, shippedOn, lateBy) => {
    const changes = { "Ship Mode": shipMode, "Order Date": orderedOn, "Ship Date": shippedOn };
    const { orders } = readOrders(file(row(changes)));
    expect(orders).toHaveLength(1);
    expect(brokenPromises(orders).at(0)?.lateBy).toBe(lateBy);
  });

  it("sorts orders of one day by id", () => {
    const { orders } = readOrders(file(...["b", "B", "a"].map((id) => row({ "Order ID": id }))));
    expect(brokenPromises(orders).map(({ order }) => order.id)).toEqual(["B", "a", "b"]);
  });
});

describe("readOrders on a sound file", () => {
  it("groups the rows of an order, also when other orders stand between", () => {
    const { orders, lines } = readOrders(file(row(), row({ "Order ID": "A-2" }), row({ Quantity: "5" })));
    expect(lines).toBe(3);
    expect(orders.map((order) => [order.id, order.lines.map((line) => [line.line, line.quantity])])).toEqual([
      [
        "A-1",
        [
          [2, 2],
          [4, 5],
        ],
      ],
      ["A-2", [[3, 2]]],
    ]);
  });

  it.each([
    ["a byte order mark", `\uFEFF${file(row())}`],
    ["a quoted heading behind a byte order mark", `\uFEFF"Order ID"${file(row()).slice("Order ID".length)}`],
    ["CRLF", file(row()).replaceAll("\n", "\r\n")],
    ["a last line break", `${file(row())}\n`],
    ["columns it does not know", `${heading},Note\n${row()},none`],
  ])("takes %s", (_, text) => {
    expect(readOrders(text)).toEqual(readOrders(file(row())));
    expect(readOrders(text).orders).toHaveLength(1);
  });

  it("takes columns in any order", () => {
    const text = [names.toReversed(), names.toReversed().map((name) => sound[name])].join("\n");
    expect(readOrders(text).orders).toEqual(readOrders(file(row())).orders);
  });

  it("keeps quotes, commas and line breaks of quoted cells, and physical line numbers after them", () => {
    const product = '"19"" ""wide"", \r\ntwo\nlines"';
    const { orders, problems } = readOrders(file(row({ "Product Name": product }), row(), row({ Quantity: "x" })));
    expect(orders[0]?.lines.map(({ line, product }) => [line, product])).toEqual([
      [2, '19" "wide", \r\ntwo\nlines'],
      [5, "Stapler"],
    ]);
    expect(problems.map(({ line }) => line)).toEqual([6]);
  });

  it("has no orders and no problems under a heading alone", () => {
    expect(readOrders(heading)).toEqual({ orders: [], lines: 0, problems: [] });
  });
});

describe("readOrders on a faulty file", () => {
  it.each([
    ["2014-02-30", { "Order Date": "2014-02-30" }, "Order Date must be a calendar date"],
    ["29 February of a common year", { "Ship Date": "2015-02-29" }, "Ship Date must be a calendar date"],
    ["an American date", { "Order Date": "2/27/2014" }, "Order Date must be a calendar date"],
    ["a date with a time", { "Order Date": "2014-02-27T00:00:00Z" }, "Order Date must be a calendar date"],
    ["a shipment before the order", { "Ship Date": "2014-02-26" }, "Ship Date is before the order date"],
    ["an unknown ship mode", { "Ship Mode": "Drone" }, 'Ship Mode must be a known ship mode, not "Drone"'],
    ["a ship mode every object has", { "Ship Mode": "toString" }, "Ship Mode must be a known ship mode"],
    ["an empty id", { "Order ID": "" }, 'Order ID must be filled in, not ""'],
    ["a blank name", { "Customer Name": " \u00A0" }, "Customer Name must be filled in"],
    ["a negative quantity", { Quantity: "-2" }, 'Quantity must be a whole number from 1, not "-2"'],
    ["no quantity", { Quantity: "0" }, "Quantity must be"],
    ["half a piece", { Quantity: "1.5" }, "Quantity must be"],
    ["an exponent", { Sales: "1e3" }, 'Sales must be an amount, not "1e3"'],
    ["an amount beyond exact integers", { Profit: "90071992547409.92" }, "Profit must be an amount"],
    ["a discount above the price", { Discount: "1.2" }, "Discount must be a share from 0 to 1"],
    ["two faults", { Sales: "", Quantity: "two" }, /^Sales must be .*; Quantity must be /],
  ])("reports %s", (_, changes, reason) => {
    const read = problemOf(changes as Record<string, string>);
    expect(read).toMatchObject({ orders: [], lines: 1, problems: [{ line: 2 }] });
    expect(read.problems).toHaveLength(1);
    expect(read.problems[0]?.reason).toMatch(reason);
  });

  it.each([
    ["too few cells", "A-1,2014-02-27", "has 2 cells, needs 17"],
    ["too many cells", `${row()},more`, "has 18 cells, needs 17"],
    ["an empty line", "", "has 1 cells, needs 17"],
    ["a quote inside a bare cell", row({ City: 'Hou"ston' }), "a quote inside a cell that does not start with one"],
    ["text after a closing quote", row({ City: '"Hou"ston' }), "text after a closing quote"],
    ["a quote never closed", row({ City: '"Houston' }), "a quote is opened and never closed"],
  ])("reports %s and reads on", (_, faulty, reason) => {
    const { orders, lines, problems } = readOrders(file(row(), faulty, row({ "Order ID": "A-2" })));
    expect(problems).toEqual([{ line: 3, reason }]);
    expect(lines).toBe(3);
    expect(orders.map((order) => order.id)).toEqual(["A-1", "A-2"]);
  });

  it("reports a row that contradicts its order", () => {
    const { orders, problems } = readOrders(file(row(), row({ City: "Dallas", Region: "South" })));
    const reason = 'contradicts line 2 of order A-1: City "Dallas" is not "Houston", Region "South" is not "Central"';
    expect(problems).toEqual([{ line: 3, reason }]);
    expect(orders[0]?.lines).toHaveLength(1);
  });

  it.each([
    ["an empty file", "", "the file is empty"],
    ["a byte order mark alone", "\uFEFF", "the file is empty"],
    ["missing columns", file(row()).replace("Sales,", "").replace("City,", ""), /no column "City"; .*column "Sales"/],
    ["a repeated column", `${heading},City\n${row()},Dallas`, 'has the column "City" twice'],
    ["a heading with a quote never closed", `"${file(row())}`, "a quote is opened and never closed"],
  ])("reads nothing from %s", (_, text, reason) => {
    const read = readOrders(text);
    expect(read).toMatchObject({ orders: [], lines: 0, problems: [{ line: 1 }] });
    expect(read.problems[0]?.reason).toMatch(reason);
  });

  it("takes or reports every row, whatever stands in it", () => {
    const cell = fc.oneof(fc.constantFrom('"', "\n", "\r\n", '""', ",", "\r", "2015-02-29"), fc.string());
    const noisy = fc.record({ name: fc.constantFrom(...names), cell }).map(({ name, cell }) => row({ [name]: cell }));
    fc.assert(
      fc.property(fc.array(noisy, { maxLength: 6 }), (rows) => {
        const { orders, lines, problems } = readOrders(file(...rows));
        const taken = orders.flatMap((order) => order.lines.map(({ line }) => line));
        expect(taken.length + problems.length).toBe(lines);
        expect(new Set([...taken, ...problems.map(({ line }) => line)]).size).toBe(lines);
      }),
    );
  });
});

describe("csvRows", () => {
  it("reads back what was written by RFC 4180", () => {
    const cell = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "a") }));
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(table, fc.constantFrom("\n", "\r\n"), (rows, lineBreak) => {
        const quoted = rows.map((cells) => cells.map((value) => `"${value.replaceAll('"', '""')}"`).join(","));
        const expected = rows.map((cells, index) => {
          const before = quoted.slice(0, index).map((text) => text + lineBreak);
          return { line: before.join("").split("\n").length, cells };
        });
        expect([...csvRows(quoted.join(lineBreak))]).toEqual(expected);
      }),
    );
  });

  it.each(['"\n', '"""\n', '"","\n', '","\n', '"",\n', '"a""\n', ",\n", "\r"])(
    "takes linear time on many %j",
    (line) => {
      const start = performance.now();
      expect([...csvRows(`"${line.repeat(200_000)}`)].length).toBeGreaterThan(0);
      expect(performance.now() - start).toBeLessThan(2_000);
    },
  );
});

describe("centsOf", () => {
  it.each([
    ["41.9136", 4_191],
    ["219.582", 21_958],
    ["957.5775", 95_758],
    ["1.005", 101],
    ["-1.005", -101],
    ["0.00499999999999999999999", 0],
    ["-0.004", 0],
    ["7", 700],
    ["0.5", 50],
    ["90071992547409.91", Number.MAX_SAFE_INTEGER],
    ["90071992547409.914", Number.MAX_SAFE_INTEGER],
    ["90071992547409.915", undefined],
    ["", undefined],
    ["1.", undefined],
    [".5", undefined],
    ["+1", undefined],
    ["1,000", undefined],
    [" 1", undefined],
    ["NaN", undefined],
  ])("%s is %s", (text, cents) => {
    expect(centsOf(text)).toBe(cents);
  });

  it("equals exact integer arithmetic, rounding half away from zero", () => {
    const whole = fc.bigInt({ min: 0n, max: 10n ** 13n });
    const fraction = fc.oneof(
      fc.string({ unit: fc.constantFrom(..."0123456789") }),
      fc.constantFrom("005", "995", "5"),
    );
    fc.assert(
      fc.property(fc.boolean(), whole, fraction, (negative, whole, digits) => {
        const text = `${negative ? "-" : ""}${whole}${digits === "" ? "" : `.${digits}`}`;
        const scale = 10n ** BigInt(digits.length);
        const hundredfold = (whole * scale + BigInt(digits)) * 100n;
        const magnitude = Number((2n * hundredfold + scale) / (2n * scale));
        expect(centsOf(text)).toBe(negative && magnitude !== 0 ? -magnitude : magnitude);
      }),
      { numRuns: 1_000 },
    );
  });
});
