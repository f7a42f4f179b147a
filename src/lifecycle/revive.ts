import { type AnyRecord, headFields } from "../kernel/record.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import type { Life } from "./compile.js";
import { unfit } from "./decide.js";
import { blaming } from "./fault.js";

/** Reads a stored record: an older revision is brought forward by the kind's upcasters, the unknown is refused. */
export function revive(life: Life, stored: unknown): Result<AnyRecord> {
  const { revision, upcast } = life.kind["~def"];
  let record = stored as AnyRecord;
  const written = record?.revision;
  if (Number.isSafeInteger(written) && written >= 1 && written < revision) {
    let fields: unknown = ownFields(record);
    for (let from = written; from < revision; from++) {
      const step = upcast?.[from] as ((fields: unknown) => unknown) | undefined;
      if (step === undefined)
        return refuse({ code: "OTHER_REVISION", subject: `${life.kind.id} revision ${preview(written)}` });
      fields = blaming(life.kind.id, step, fields);
    }
    record = { ...headOf(record), ...(fields as object), revision };
  }
  const unusable = unfit(life, record);
  return unusable === undefined ? ok(record) : refuse(unusable);
}

const head: ReadonlySet<string> = /* @__PURE__ */ new Set<string>(headFields);
const headOf = (record: AnyRecord) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => head.has(name))) as unknown as AnyRecord;
const ownFields = (record: AnyRecord) => Object.fromEntries(Object.entries(record).filter(([name]) => !head.has(name)));
