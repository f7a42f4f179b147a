import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { corrective } from "../../examples/plugins/corrective.js";
import { legal } from "../../examples/plugins/legal.js";
import { safety } from "../../examples/plugins/safety.js";
import { vip } from "../../examples/plugins/vip.js";
import { complaint, complaintCommands, complaintEvents, complaintStates } from "../../src/complaint/index.js";
import { reaction } from "../../src/lifecycle/reaction.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";
import { diagnose } from "../../src/plugin/diagnose.js";
import { definePlugin, type Plugin, reservedWords } from "../../src/plugin/plugin.js";
import { corePlugin, createServiceRules } from "../../src/rules/index.js";

/** As a host without types could write it. */
const plugin = (id: string, tokens: readonly unknown[] = [], more: object = {}): Plugin =>
  ({ id, requires: [], tokens, labels: {}, ...more }) as Plugin;
const found = (...plugins: readonly Plugin[]) =>
  diagnose(corePlugin, plugins).map((d) => `${d.code} ${d.plugin} ${d.subject}: ${d.message}`);

const note = (id: string) =>
  complaint.transition(id, {
    from: { phase: "open" },
    to: "same",
    emits: [complaintEvents.noted],
    emit: () => complaintEvents.noted({ text: "x" }),
  });
const everyone = (id: string, ...commands: readonly ReturnType<typeof note>[]) =>
  complaint.permit(id, { commands: commands as never });

describe("a sound composition", () => {
  it("has nothing to report", () => {
    expect(diagnose(corePlugin, [])).toEqual([]);
    expect(diagnose(corePlugin, [legal, vip({ callWithinHours: 4 }), corrective, safety])).toEqual([]);
    expect(createServiceRules({ plugins: [legal] }).diagnostics).toEqual([]);
  });
});

describe("a composition that cannot run", () => {
  it.each([
    [null],
    [{}],
    [{ id: "x" }],
    [{ id: "x", tokens: [], requires: "legal" }],
    [plugin("x", [null])],
    [plugin("x", [{ token: "state" }])],
    [plugin("x", [{ token: "state", of: "complaint", id: "x.y" }])],
  ])("INVALID_PLUGIN: %#", (thing) => {
    expect(found(thing as Plugin)).toEqual([
      "INVALID_PLUGIN ? 0: the plugin at place 0 was not made with definePlugin",
    ]);
  });

  it("DUPLICATE_PLUGIN, and everything in it with it", () => {
    const one = plugin("acme", [note("acme.note"), everyone("acme.all", note("acme.note"))]);
    expect(found(one, one)).toEqual([
      'DUPLICATE_PLUGIN acme acme: plugin "acme" is installed twice',
      'DUPLICATE_ID acme acme.all: permit "acme.all" is defined twice',
      'DUPLICATE_ID acme acme.note: transition "acme.note" is defined twice',
    ]);
  });

  it("DUPLICATE_ID names the same plugin in any order", () => {
    const a = plugin("a", [note("b.note"), everyone("a.all", note("b.note"))]);
    const b = plugin("b", [note("b.note")]);
    expect(found(a, b)).toEqual([
      'DUPLICATE_ID b b.note: transition "b.note" is defined twice',
      'UNOWNED_ID a b.note: "b.note" must begin with "a."',
    ]);
    expect(found(b, a)).toEqual(found(a, b));
  });

  it("MISSING_REQUIREMENT", () => {
    expect(found(vip({ callWithinHours: 4 }))).toEqual(['MISSING_REQUIREMENT vip legal: plugin "vip" needs "legal"']);
  });

  it("RESERVED_WORD: every word of the core, those to come included", () => {
    for (const word of reservedWords)
      expect(found(plugin(word))).toContain(`RESERVED_WORD ${word} ${word}: "${word}" is a word of the core`);
  });

  it("UNOWNED_ID: of the plugin itself and of its tokens; a slot may bear the bare name", () => {
    expect(found(plugin(""))).toEqual(["UNOWNED_ID  : the id of a plugin has no dot and is not empty"]);
    expect(found(plugin("a.b"))).toEqual(["UNOWNED_ID a.b a.b: the id of a plugin has no dot and is not empty"]);
    const slot = z.object({});
    expect(found(plugin("acme", [complaint.slot("acme", slot)]))).toEqual([]);
    expect(found(plugin("acme", [complaint.slot("other", slot)]))).toEqual([
      'UNOWNED_ID acme other: "other" must begin with "acme."',
    ]);
    expect(found(plugin("acme", [complaint.guard("acme", { on: complaintCommands.note })]))).toEqual([
      'UNOWNED_ID acme acme: "acme" must begin with "acme."',
    ]);
    expect(found(plugin("acme", [complaint.slot("acmes", slot)]))).toHaveLength(1);
  });

  it("UNKNOWN_REFERENCE: a token of a kind that nobody brings", () => {
    const call = recordKind("other.call", { revision: 1, initial: "other.made", schema: z.object({}) });
    expect(found(plugin("acme", [call.permit("acme.all", { commands: [] }), call.slot("acme", z.object({}))]))).toEqual(
      [
        'UNKNOWN_REFERENCE acme other.call: "acme" belongs to the kind "other.call", which no installed plugin brings',
        'UNKNOWN_REFERENCE acme other.call: "acme.all" belongs to the kind "other.call", which no installed plugin brings',
      ],
    );
  });

  it("what is wrong with the life of a kind, at the plugin that owns the token", () => {
    const island = complaint.state("acme.island", { phase: "open" } as never);
    expect(found(plugin("acme", [island, note("acme.note")]))).toEqual([
      'NO_DEADLINE acme acme.island: "acme.island" is open and nothing ever reminds anybody of it',
      'UNREACHABLE_STATE acme acme.island: nothing leads to "acme.island"',
      'NOBODY_MAY acme acme.note: nobody is permitted to "acme.note"',
    ]);
  });

  it("FOREIGN_EVOLVE: only the plugin that brings the kind writes its fields", () => {
    const grab = complaint.event("acme.grabbed", { v: 1, data: z.object({}), evolve: () => ({ level: 3 as const }) });
    expect(found(plugin("acme", [grab]))).toEqual([
      'FOREIGN_EVOLVE acme acme.grabbed: "acme.grabbed" may not rewrite the fields of "complaint": use a slot',
    ]);
    const call = recordKind("acme.call", { revision: 1, initial: "acme.made", schema: z.object({ n: z.int() }) });
    const made = call.state("acme.made", { phase: "closed" });
    const own = call.event("acme.counted", { v: 1, data: z.object({}), evolve: (c) => ({ n: c.n + 1 }) });
    expect(found(plugin("acme", [call, made, own]))).toEqual([]);
  });

  it("MISSING_LABEL: a plugin that speaks a language speaks it whole", () => {
    const labels = {
      en: { states: {}, commands: {}, events: {}, refusals: { "acme.NO": "No" } },
      "zh-CN": { commands: { "complaint/acme.note": "备注" }, events: { "acme.rang": "响" } },
    };
    const rang = complaint.event("acme.rang", { v: 1, data: z.object({}) });
    const permit = everyone("acme.all", note("acme.note"));
    expect(found(plugin("acme", [note("acme.note"), rang, permit], { labels }))).toEqual([
      'MISSING_LABEL acme acme.NO: "acme.NO" has no word in zh-CN (labels.zh-CN.refusals)',
      'MISSING_LABEL acme acme.rang: "acme.rang" has no word in en (labels.en.events)',
      'MISSING_LABEL acme complaint/acme.note: "complaint/acme.note" has no word in en (labels.en.commands)',
    ]);
    const state = complaint.state("acme.parked", { phase: "closed" });
    const park = complaint.transition("acme.park", { from: { phase: "open" }, to: state });
    const words = {
      en: { states: { "complaint/acme.parked": "Parked" }, commands: { "complaint/acme.park": "Park" } },
    };
    expect(found(plugin("acme", [state, park, everyone("acme.all", park as never)], { labels: words }))).toEqual([]);
    expect(
      found(plugin("acme", [state, park, everyone("acme.all", park as never)], { labels: { en: {} } })),
    ).toHaveLength(2);
  });
});

describe("reactions", () => {
  const on = complaintEvents.resolved;
  const note = complaintCommands.note;

  it("may name only what is installed", () => {
    const gone = complaint.event("other.gone", { v: 1, data: z.object({}) });
    const r = reaction("acme.react", { on: gone, sends: [note], run: () => [] });
    const { action } = { action: recordKind("capa.action", { revision: 1, initial: "x", schema: z.object({}) }) };
    const s = reaction("acme.send", { on, sends: [action], run: () => [] });
    expect(found(plugin("acme", [r, s]))).toEqual([
      'NOBODY_MAY acme capa.action: "acme.send" sends "capa.action", which no permit grants to the system',
      'UNKNOWN_REFERENCE acme capa.action: "acme.send" names the kind "capa.action", which no installed plugin defines',
      'UNKNOWN_REFERENCE acme other.gone: "acme.react" names the event "other.gone", which no installed plugin defines',
    ]);
  });

  it("may listen to what every kind says of itself", () => {
    const listening = [complaint.opened, complaint.moved, complaint.lapsed].map((event, i) =>
      reaction(`acme.r${i}`, { on: event as never, sends: [complaintCommands.assign], run: () => [] }),
    );
    expect(found(plugin("acme", [listening[0], listening[2]]))).toEqual([]);
    // A command may say that the record moved, so this would hear itself.
    expect(found(plugin("acme", [listening[1]]))).toEqual([
      "REACTION_CYCLE acme complaint.moved: reactions run in a circle: complaint.moved → complaint.moved",
    ]);
  });

  it("NOBODY_MAY: may send only what is granted to the system", () => {
    const reject = reaction("acme.react", { on, sends: [complaintCommands.reject], run: () => [] });
    const line = 'NOBODY_MAY acme reject: "acme.react" sends "reject", which no permit grants to the system';
    const grant = (more: object) => complaint.permit("acme.grant", { commands: [complaintCommands.reject], ...more });
    expect(found(plugin("acme", [reject]))).toEqual([line]);
    for (const more of [{ actors: ["staff"] }, { roles: ["manager"] }, { own: true }] as const)
      expect(found(plugin("acme", [reject, grant(more)]))).toEqual([line]);
    for (const more of [{}, { actors: ["system", "staff"] }])
      expect(found(plugin("acme", [reject, grant(more)]))).toEqual([]);
  });

  it("NOBODY_MAY: may open only what the system may open", () => {
    const call = recordKind("acme.call", { revision: 1, initial: "acme.made", schema: z.object({}) });
    const made = call.state("acme.made", { phase: "closed" });
    const r = reaction("acme.react", { on, sends: [call], run: () => [call.order({})] });
    const line = 'NOBODY_MAY acme acme.call: "acme.react" sends "acme.call", which no permit grants to the system';
    const grant = (opens: boolean) => call.permit("acme.grant", { opens, commands: [] });
    expect(found(plugin("acme", [call, made, r]))).toEqual([line]);
    expect(found(plugin("acme", [call, made, r, grant(false)]))).toEqual([line]);
    expect(found(plugin("acme", [call, made, r, grant(true)]))).toEqual([]);
  });

  it("REACTION_CYCLE: may not run in a circle, over plugins and kinds either", () => {
    const self = reaction("acme.self", { on: complaintEvents.noted, sends: [note], run: () => [] });
    expect(found(plugin("acme", [self]))).toEqual([
      "REACTION_CYCLE acme complaint.noted: reactions run in a circle: complaint.noted → complaint.noted",
    ]);
    const a = plugin("a", [
      reaction("a.r", { on: complaintEvents.noted, sends: [complaintCommands.contact], run: () => [] }),
    ]);
    const b = plugin("b", [reaction("b.r", { on: complaintEvents.contacted, sends: [note], run: () => [] })]);
    const line =
      "REACTION_CYCLE b complaint.contacted: reactions run in a circle: complaint.contacted → complaint.noted → complaint.contacted";
    expect(found(a, b)).toEqual([line]);
    expect(found(b, a)).toEqual([line]);
    const open = reaction("acme.more", { on: complaint.opened, sends: [complaint], run: () => [] });
    expect(found(plugin("acme", [open]))[0]).toContain("complaint.opened → complaint.opened");
  });
});

describe("the report", () => {
  it("is the same whatever the order of plugins, and whole", () => {
    const many = [
      plugin("a", [complaint.state("a.x", { phase: "open" } as never), note("a.note")]),
      plugin("b", [complaint.state("b.x", { phase: "paused" } as never), note("c.note")]),
      plugin("c", [note("c.note"), complaint.transition("c.go", { from: [complaintStates.closed], to: "previous" })]),
      vip({ callWithinHours: 1 }),
    ];
    const line = found(...many);
    expect(line.length).toBeGreaterThan(8);
    expect(found(...[...many].reverse())).toEqual(line);
    expect(found(many[2]!, many[0]!, many[3]!, many[1]!)).toEqual(line);
  });

  it("is what createServiceRules throws, all of it at once", () => {
    const bad = plugin("acme", [note("acme.note"), complaint.state("acme.x", { phase: "closed" })]);
    const report = diagnose(corePlugin, [bad]);
    expect(report.map((d) => d.severity)).toEqual(["error", "error"]);
    expect(() => createServiceRules({ plugins: [bad] as never })).toThrow(
      expect.objectContaining({
        code: "INVALID_COMPOSITION",
        details: report,
        message: report.map((d) => `${d.code}: ${d.message}`).join("\n"),
      }),
    );
    expect(() => createServiceRules({ plugins: "legal" as never })).toThrow("plugins must be a list");
  });
});

describe("definePlugin", () => {
  it("keeps what it was given, frozen, and the ids of what it requires", () => {
    expect(vip({ callWithinHours: 4 }).requires).toEqual(["legal"]);
    const made = definePlugin({ id: "acme", tokens: [] });
    expect(made).toEqual({ id: "acme", requires: [], tokens: [], labels: {} });
    expect(Object.isFrozen(made)).toBe(true);
  });
});
