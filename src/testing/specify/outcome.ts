import type { Draft } from "../../kernel/event.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { Refusal, Result } from "../../kernel/result.js";
import type { Decision } from "../../lifecycle/tokens.js";
import { shown } from "../law.js";
import { mismatch } from "./match.js";
import type { Given, Outcome } from "./specification.js";

/** What came of it, ready to be compared with what should have. */
export function answered(
  when: string,
  before: AnyRecord | undefined,
  result: Result<Decision<AnyRecord, Draft>>,
): Given<any, any, any> {
  const record = result.ok ? result.value.next : before;
  const outcome: Outcome<any, any> = {
    record,
    thenState: (state) => {
      if (record?.state !== state)
        throw new Error(`${when}: expected the state "${state}", found ${found(result, record)}`);
      return outcome;
    },
    thenRecord: (part) => {
      const wrong = mismatch(part, record);
      if (wrong !== undefined) throw new Error(`${when}: the record: ${wrong}`);
      return outcome;
    },
  };
  return {
    ...outcome,
    then: (events) => {
      if (!Array.isArray(events)) throw new Error(`${when}: say what is expected: then([…]) or thenRefused("…")`);
      if (!result.ok) throw new Error(`${when}: expected ${list(events)}, found the refusal ${shown(result.error)}`);
      const said = result.value.events;
      const off = events.length !== said.length || events.some((e, i) => e.type !== said[i]!.type);
      if (off) throw new Error(`${when}: expected ${list(events)}, found ${list(said)}`);
      for (const [i, event] of events.entries()) {
        const wrong = mismatch(event, said[i]);
        if (wrong !== undefined) throw new Error(`${when}: event ${i + 1}, "${event.type}": ${wrong}`);
      }
      return outcome;
    },
    thenRefused: (code) => {
      if (result.ok) throw new Error(`${when}: expected the refusal ${code}, found ${list(result.value.events)}`);
      const codes = codesOf(result.error);
      if (!codes.includes(code)) throw new Error(`${when}: expected the refusal ${code}, found ${shown(result.error)}`);
      return outcome;
    },
  };
}

const codesOf = (refusal: Refusal): readonly string[] =>
  refusal.code === "DENIED" ? [refusal.code, ...refusal.denials.map((d) => d.code)] : [refusal.code];
const list = (events: readonly { readonly type: string }[]): string =>
  events.length === 0 ? "no events" : `the events ${events.map((e) => e.type).join(", ")}`;
const found = (result: Result<unknown>, record: AnyRecord | undefined): string =>
  result.ok ? `"${record?.state}"` : `"${record?.state}" and the refusal ${shown(result.error)}`;
