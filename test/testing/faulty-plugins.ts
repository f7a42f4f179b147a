import * as z from "zod/mini";
import {
  complaint,
  complaintCommands,
  definePlugin,
  deny,
  type Plugin,
  reaction,
  recordKind,
} from "../../src/index.js";

interface FaultyPlugin {
  readonly law: string;
  readonly fault: string;
  readonly make: () => Plugin;
  readonly found: RegExp;
}

const data = z.object({ n: z.number() });
const staffMay = (commands: readonly any[]) => complaint.permit("odd.staff", { actors: ["staff"], commands });
type Parts = Omit<Parameters<typeof complaint.transition>[1], "from" | "to">;

/** A plugin of one command on complaints, which says one number. */
const odd = (
  parts: (said: (data: { n: number }) => any) => Parts | object,
  tokens: readonly any[] = [],
  schema: any = data,
): Plugin => {
  const said = complaint.event("odd.said", { v: 1, data: schema as typeof data });
  const say = complaint.transition("odd.say", {
    from: { phase: "open" },
    to: "same",
    emits: [said],
    emit: () => said({ n: 1 }),
    ...parts(said),
  } as never);
  return definePlugin({ id: "odd", tokens: [said, say, staffMay([say]), ...tokens] as never });
};
const guarding = (when: () => true | ReturnType<typeof deny>) =>
  complaint.guard("odd.guard", { on: complaintCommands.withdraw, when });

export const faultyPlugins: readonly FaultyPlugin[] = [
  {
    law: "it can be composed: nothing is diagnosed",
    fault: "a state that nothing leads to",
    make: () => definePlugin({ id: "odd", tokens: [complaint.state("odd.island", { phase: "closed" })] }),
    found: /UNREACHABLE_STATE/,
  },
  {
    law: "its ids and denials bear its name",
    fault: "an id of the core",
    make: () => ({ id: "odd", requires: [], labels: {}, tokens: [complaint.slot("own", data)] }),
    found: /expected \[\], found \["own"\]/,
  },
  {
    law: "its ids and denials bear its name",
    fault: "a denial without its name",
    make: () => odd(() => ({ when: () => deny("BAD_DAY") })),
    found: /found \["BAD_DAY"\]/,
  },
  {
    law: "its schemas can be told as JSON Schema",
    fault: "a date as an input",
    make: () => odd(() => ({ input: z.object({ on: z.optional(z.date()) }) })),
    found: /the input of "odd.say": expected JSON Schema/,
  },
  {
    law: "each of its commands is accepted somewhere",
    fault: "a command that is always denied",
    make: () => odd(() => ({ when: () => deny("odd.NEVER") })),
    found: /found \["odd.say"\]/,
  },
  {
    law: "the order of plugins is of no consequence",
    fault: "a guard that changes when it is composed again",
    make: () => {
      let composed = 0;
      const guard = guarding(() => true);
      const def = {
        on: complaintCommands.withdraw,
        guard: undefined,
        get when() {
          const turn = ++composed;
          return () => turn < 4 || deny("odd.TOO_OFTEN");
        },
      };
      return odd(() => ({}), [{ ...guard, "~def": def }]);
    },
    found: /with the plugins in another order/,
  },
  {
    law: "replaying the events gives the record",
    fault: "a record that counts its foldings",
    make: () => {
      let folded = 0;
      const kind = recordKind("odd.case", {
        revision: 1,
        initial: "odd.open",
        schema: z.object({ folded: z._default(z.number(), 0) }),
      });
      const open = kind.state("odd.open", { phase: "open", deadline: { days: 1 } });
      const done = kind.state("odd.done", { phase: "closed" });
      const said = kind.event("odd.said", { v: 1, data, evolve: () => ({ folded: ++folded }) });
      const say = kind.transition("odd.say", { from: [open], to: done, emits: [said], emit: () => said({ n: 1 }) });
      const may = kind.permit("odd.staff", { actors: ["staff"], opens: true, commands: [say] });
      return definePlugin({ id: "odd", tokens: [kind, open, done, said, say, may] });
    },
    found: /replaying "odd.say"/,
  },
  {
    law: "replaying the events gives the record without the plugin too",
    fault: "an event that rewrites the core's record and hides it from the diagnosis",
    make: () => {
      const plugin = odd(() => ({}));
      const said = plugin.tokens[0] as any;
      let asked = 0;
      Object.defineProperty(said["~def"], "evolve", { get: () => (++asked <= 2 ? undefined : () => ({ level: 3 })) });
      return plugin;
    },
    found: /without the plugin/,
  },
  {
    law: "it says plain JSON that fits its schemas",
    fault: "data that reads differently each time",
    make: () =>
      odd(
        (said) => ({ emit: () => said({ text: "a" } as never) }),
        [],
        z.object({ text: z.string().check(z.overwrite((s) => `${s}!`)) }),
      ),
    found: /read again by its schema/,
  },
  {
    law: "it answers the same twice",
    fault: "a command that counts how often it was given",
    make: () => {
      let count = 0;
      return odd((said) => ({ emit: () => said({ n: ++count }) }));
    },
    found: /asked again/,
  },
  {
    law: "it answers the same twice",
    fault: "a reaction that counts",
    make: () => {
      let count = 0;
      const told = reaction("odd.tell", {
        on: complaint.opened,
        sends: [complaintCommands.note],
        run: ({ event }) => [complaintCommands.note.order(event.stream.id, { text: `time ${++count}` })],
      });
      return odd(() => ({}), [told]);
    },
    found: /the reactions to "complaint.opened", asked again/,
  },
  {
    law: "it changes nothing that it is given",
    fault: "a guard that writes into the record",
    make: () =>
      odd(() => ({
        when: ({ record }: { record: { level: number } }) => {
          record.level = 1;
          return true;
        },
      })),
    found: /arguments that cannot be changed/,
  },
  {
    law: "it asks no clock and no chance",
    fault: "an event with the time of the machine",
    make: () => odd((said) => ({ emit: () => said({ n: Date.now() }) })),
    found: /found \["Date.now"\]/,
  },
  {
    law: "it asks no clock and no chance",
    fault: "a guard that looks at today's date",
    make: () => odd(() => ({}), [guarding(() => new Date().getFullYear() > 0 || deny("odd.PAST"))]),
    found: /found \["new Date"\]/,
  },
  {
    law: "it asks no clock and no chance",
    fault: "a guard that throws dice",
    make: () => odd(() => ({ when: () => Math.random() >= 0 || deny("odd.UNLUCKY") })),
    found: /found \["Math.random"\]/,
  },
  {
    law: "nothing that it does is a fault",
    fault: "a guard that throws",
    make: () =>
      odd(() => ({
        when: () => {
          throw new Error("not ready");
        },
      })),
    found: /PLUGIN_FAULT.*not ready/,
  },
  {
    law: "it has words for all it brings, in each of its languages",
    fault: "a denial without a word",
    make: () => ({
      ...odd(() => ({}), [guarding(() => deny("odd.NO"))]),
      labels: { en: { commands: { "complaint/odd.say": "Say" }, events: { "odd.said": "Said" } } },
    }),
    found: /the denials without a word in en: expected \[\], found \["odd.NO"\]/,
  },
  {
    law: "it has words for all it brings, in each of its languages",
    fault: "a command without a word in one of two languages",
    make: () => ({
      ...odd(() => ({})),
      labels: {
        en: { commands: { "complaint/odd.say": "Say" }, events: { "odd.said": "Said" } },
        "zh-CN": { events: { "odd.said": "说了" } },
      },
    }),
    found: /has no word in zh-CN/,
  },
  {
    law: "beside it the core's commands do what they did, unless it denies them",
    fault: "a guard that expects every record to have its slot",
    make: () => {
      const slot = complaint.slot("odd", data);
      const guard = complaint.guard("odd.guard", {
        on: complaintCommands.withdraw,
        when: ({ record }) => (slot.read(record) as { n: number }).n > 0 || deny("odd.NO"),
      });
      return odd(() => ({}), [slot, guard]);
    },
    found: /beside the plugin.*PLUGIN_FAULT/,
  },
];
