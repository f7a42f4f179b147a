import { describe, expect, it } from "vitest";
import type { ComplaintInput } from "../../src/complaint/index.js";
import type { Actor } from "../../src/kernel/context.js";
import { unwrap } from "../../src/kernel/result.js";
import { ann, carl, context, noon, refused, robot } from "../given.js";
import { doors, eur, story } from "./given.js";

const base = { customerId: "c-7", summary: "The fridge does not cool" };
const opening = (input: object, by: Actor = ann) => doors.open({ id: "c-1", input }, context(noon, by));
/** The paths that are wrong with an input. */
const wrong = (input: object): readonly string[] => {
  const refusal = refused(opening({ ...base, ...input }));
  return refusal.code === "INVALID_INPUT" ? refusal.issues.map((i) => i.path) : [refusal.code];
};
const times = <T>(n: number, make: (i: number) => T): readonly T[] => Array.from({ length: n }, (_, i) => make(i));

describe("what comes in", () => {
  it("keeps every fact that was told, as it was told", () => {
    const told = {
      orderId: "o-5",
      channel: "letter",
      wish: "A fridge that cools",
      grade: "A",
      severity: "high",
      subject: "fridge-9",
      wanted: { remedy: "replacement", amount: eur(90_000) },
      raisedBy: { as: "representative", id: "daughter-of-c-7" },
      attachments: ["photos/4711.jpg", "letters/12.pdf"],
      repeatOf: "c-0",
      links: [{ id: "c-0", as: "continues" }],
    } as const satisfies Partial<ComplaintInput>;
    const { record, said } = story(told, ann);
    expect(record).toMatchObject({ ...base, ...told, state: "received" });
    expect(said()).toMatchObject({ ...base, ...told });
  });

  it("has nothing of what nobody said, but what every complaint has", () => {
    const { kind, revision, id, version, commandVersion, state, stay, openedAt, touchedAt, slots, clocks, ...fields } =
      story().record;
    expect([kind, revision, id, version, commandVersion, state]).toEqual(["complaint", 1, "c-1", 1, 1, "received"]);
    expect([stay.enteredAt, openedAt, touchedAt, slots]).toEqual([noon, noon, noon, {}]);
    expect(clocks).toBeDefined();
    expect(fields).toEqual({
      ...base,
      orderId: null,
      channel: "other",
      wish: null,
      nature: null,
      scope: null,
      severity: "normal",
      level: 1,
      ownerId: null,
      proposal: null,
      tally: { notes: 0, contacts: 0, proposals: 0, handovers: 0, reopenings: 0 },
    });
  });

  it.each(["phone", "email", "letter", "web", "chat", "visit", "social", "other"] as const)(
    "may come by %s",
    (channel) => {
      expect(story({ channel }).record.channel).toBe(channel);
    },
  );

  it.each([
    ["representative", ann],
    ["staff", ann],
    ["survey", robot],
    ["follow-up", robot],
  ] as const)("may be raised by somebody else: %s", (as, by) => {
    const { record } = story({ raisedBy: { as, id: "x-1" } }, by);
    // It stays the customer's complaint, whoever raised it.
    expect([record.customerId, record.raisedBy]).toEqual(["c-7", { as, id: "x-1" }]);
  });

  it("may want what a plugin grants, and names nothing that is no remedy", () => {
    expect(story({ wanted: { remedy: "acme.voucher" } }).record.wanted).toEqual({ remedy: "acme.voucher" });
    expect(wrong({ wanted: { remedy: "gold" } })).toEqual(["wanted.remedy"]);
    expect(wrong({ wanted: { remedy: "acme." } })).toEqual(["wanted.remedy"]);
    expect(wrong({ wanted: { remedy: ".voucher" } })).toEqual(["wanted.remedy"]);
  });

  it("wants nothing less than nothing", () => {
    expect(wrong({ wanted: { amount: eur(-1) } })).toEqual(["wanted.amount.amount"]);
    expect(story({ wanted: { amount: eur(0) } }).record.wanted).toEqual({ amount: eur(0) });
  });

  it("has a bounded number of everything", () => {
    const attachments = times(50, (i) => `photos/${i}`);
    const links = times(100, (i) => ({ id: `c-${i}`, as: "related" as const }));
    expect(story({ attachments, links }).record).toMatchObject({ attachments, links });
    expect(wrong({ attachments: [...attachments, "one more"] })).toEqual(["attachments"]);
    expect(wrong({ links: [...links, links[0]] })).toEqual(["links"]);
    expect(wrong({ attachments: ["x".repeat(1001)] })).toEqual(["attachments.0"]);
    expect(wrong({ attachments: [""] })).toEqual(["attachments.0"]);
    expect(wrong({ subject: "" })).toEqual(["subject"]);
    expect(wrong({ raisedBy: { as: "neighbour", id: "x" } })).toEqual(["raisedBy.as"]);
  });

  it("is linked to others, but merged only by the command for it", () => {
    expect(wrong({ links: [{ id: "c-0", as: "merged" }] })).toEqual(["links"]);
    expect(wrong({ links: [{ id: "c-0", as: "cousin" }] })).toEqual(["links.0.as"]);
  });

  it("is taken in by staff and by software for anybody, and by customers for themselves", () => {
    for (const by of [ann, robot, carl]) expect(unwrap(opening(base, by)).next.state).toBe("received");
    expect(refused(opening({ ...base, customerId: "c-8" }, carl)).code).toBe("NOT_PERMITTED");
  });
});
