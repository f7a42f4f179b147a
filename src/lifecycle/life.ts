import { type Context, contextIssues } from "../kernel/context.js";
import type { Draft, Event } from "../kernel/event.js";
import { type Instant, toInstant } from "../kernel/instant.js";
import { type Mark, marksIn, personalPaths } from "../kernel/personal.js";
import type { PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import { type Denial, ok, type Result, refuse, unwrap } from "../kernel/result.js";
import type { Token } from "../kernel/token.js";
import { type AnyKind, compile, type Life } from "./compile.js";
import { ask, decide, granted, notBefore, open, unfit } from "./decide.js";
import { evolve } from "./evolve.js";
import { blaming, contained } from "./fault.js";
import { type ClockReading, readings } from "./readings.js";
import { revive } from "./revive.js";
import { target } from "./say.js";
import { sweep, wakeMs } from "./sweep.js";
import type { Available, Command, Decision, Phase } from "./tokens.js";

/** The doors of one kind. All pure: the same arguments, the same answer. */
export interface Doors<R = AnyRecord, C = Command, E = Draft, I = unknown> {
  /** Opens a record under an id of the caller's choice (1 to 200 characters). */
  readonly open: (request: { readonly id: string; readonly input: I }, context: Context) => Result<Decision<R, E>>;
  /**
   * Brings the record to `now`, then decides the command. `timeline` is needed only by commands that declare
   * `reads: "timeline"`.
   */
  readonly decide: (
    record: R,
    command: C & { readonly at?: Instant },
    context: Context,
    timeline?: readonly Event[],
  ) => Result<Decision<R, E>>;
  /** What time alone has caused, at nominal times. */
  readonly sweep: (record: R, context: Context) => Result<Decision<R, E>>;
  /** The commands that this actor may give to the record as it is now; nothing for a record that is not of this kind. */
  readonly available: (record: R, context: Context) => readonly Available<(C & Command)["type"]>[];
  /** One event further. Folding a stream from `undefined` gives the stored record. */
  readonly evolve: (record: R | undefined, event: Draft) => Result<R>;
  /** When time alone will next change the record. May be early, never late; `null` is never. */
  readonly wakeAt: (record: R, book: PolicyBook) => Instant | null;
  /**
   * Every service clock of the record as it is now, with its intervals, and the versions it is held to: from what the
   * record itself remembers.
   */
  readonly clocks: (record: R, context: Context) => Result<readonly ClockReading[]>;
  /** Reads a stored record: brings an older revision forward, refuses what this composition does not know. */
  readonly revive: (stored: unknown) => Result<R>;
  /** The personal fields of a record, for a store to seal. */
  readonly personalInRecord: (record: R) => readonly Mark[];
  /** The personal fields of an event of this record, for a store to seal. */
  readonly personalInEvent: (event: Draft, record: R) => readonly Mark[];
  /** Whether a command needs the timeline. */
  readonly readsTimeline: (command: string) => boolean;
  /** Whose record it is, where the kind says so. */
  readonly owner: (record: R) => string | undefined;
  /** The phase of the record's state; `undefined` for a state that this composition does not know. */
  readonly phase: (record: R) => Phase | undefined;
  /** The fields by which records of the kind can be found. */
  readonly indexes: readonly string[];
  /** For the library's own functions that look at a whole stream. */
  readonly "~life"?: unknown;
}

/** Turns the tokens of one kind into its doors. */
/* @__NO_SIDE_EFFECTS__ */
export function lifeOf(kind: AnyKind, tokens: readonly Token[]): Doors {
  const life = compile(kind, tokens);
  const marks = personalOf(life);
  const owner = (record: AnyRecord): string | undefined => {
    const found = life.owner === undefined ? undefined : blaming(kind.id, life.owner, record);
    return typeof found === "string" ? found : undefined;
  };
  /** For a door that answers no `Result`: a fault of plugin code in it is thrown as `REFUSED`, with the refusal. */
  const plainly = <T>(work: () => T): T => unwrap(contained(kind.id, () => ok(work())));
  return {
    open: (request, context) => contained(kind.id, () => open(life, request, context)),
    decide: (record, command, context, timeline) =>
      contained(kind.id, () => decide(life, record, command, context, timeline)),
    evolve: (record, event) => contained(kind.id, () => evolve(life, record, event)),
    sweep: (record, context) =>
      contained(kind.id, () => {
        const wrong = contextIssues(context);
        if (wrong.length > 0) return refuse({ code: "INVALID_CONTEXT", issues: wrong });
        const unusable = unfit(life, record);
        return unusable === undefined ? sweep(life, record, notBefore(record, context)) : refuse(unusable);
      }),
    clocks: (record, context) =>
      contained(kind.id, () => {
        const wrong = contextIssues(context);
        if (wrong.length > 0) return refuse({ code: "INVALID_CONTEXT", issues: wrong });
        const unusable = unfit(life, record);
        if (unusable !== undefined) return refuse(unusable);
        const ordered = notBefore(record, context);
        const swept = sweep(life, record, ordered);
        return swept.ok ? ok(readings(life, swept.value.next, ordered.now, ordered.book)) : swept;
      }),
    "~life": life,
    available: (record, context) => available(life, record, context),
    wakeAt: (record, book) => {
      const wake = contained(kind.id, () => {
        const due = wakeMs(life, record, book);
        // What is due after the year 9999 is never due; nor is what cannot be read.
        return ok(due === undefined ? null : toInstant(due));
      });
      return wake.ok ? wake.value : null;
    },
    revive: (stored) => contained(kind.id, () => revive(life, stored)),
    personalInRecord: (record) => plainly(() => marks.record(record, owner(record))),
    personalInEvent: (event, record) => plainly(() => marks.event(event, owner(record))),
    readsTimeline: (command) => life.steps.get(command)?.token["~def"].reads === "timeline",
    owner: (record) => plainly(() => owner(record)),
    phase: (record) => plainly(() => life.states.get(record?.state)?.phase),
    indexes: kind["~def"].indexes,
  };
}

function available(life: Life, stored: AnyRecord, unordered: Context): readonly Available[] {
  const asked = contained(life.kind.id, () => {
    if (contextIssues(unordered).length > 0 || unfit(life, stored) !== undefined) return ok([]);
    const context = notBefore(stored, unordered);
    const swept = sweep(life, stored, context);
    if (!swept.ok) return swept;
    const record = swept.value.next;
    const { actor, now } = context;
    const { installed } = life;
    const args = { record, input: undefined, actor, now, at: now, context, timeline: undefined, installed };
    const possible = [...life.steps.values()].filter(
      (s) => s.from.has(record.state) && granted(life, s.permits, record, actor),
    );
    return ok(
      possible.map(({ token, whens, guards }): Available => {
        const denials: Denial[] = [];
        // Only what begins in a pause has nowhere to go back to.
        if (token["~def"].to !== "same" && target(life, record, token["~def"].to) === undefined)
          denials.push({ code: "NOTHING_TO_RETURN_TO" });
        const answered = contained(token.id, () => ok(ask(whens, args, denials)));
        if (!answered.ok && answered.error.code === "PLUGIN_FAULT")
          denials.push({ code: "PLUGIN_FAULT", message: `${answered.error.token}: ${answered.error.detail}` });
        const allowed = denials.length > 0 ? false : guards.length > 0 ? "depends on input" : true;
        return { command: token.id, allowed, denials, input: token["~def"].input };
      }),
    );
  });
  return asked.ok ? asked.value : [];
}

/** Reads the marks out of every schema of a kind once. */
function personalOf(life: Life) {
  const inRecord = personalPaths(life.kind["~def"].schema);
  const inEvents = new Map([...life.events.values()].map((e) => [e.id, personalPaths(e["~def"].data)]));
  const inSlots = new Map([...life.slots.values()].map((s) => [s.id, personalPaths(s["~def"].data)]));
  return {
    record: (record: AnyRecord, owner: string | undefined): readonly Mark[] => {
      const marks = [...marksIn(inRecord, record, owner)];
      for (const [id, data] of Object.entries(record.slots))
        marks.push(...marksIn(inSlots.get(id) ?? [], data, owner, ["slots", id]));
      return marks;
    },
    event: (event: Draft, owner: string | undefined): readonly Mark[] => [
      ...marksIn(inEvents.get(event.type) ?? [], event.data, owner, ["data"]),
      ...(event.slot ? marksIn(inSlots.get(event.slot.id) ?? [], event.slot.data, owner, ["slot", "data"]) : []),
    ],
  };
}
