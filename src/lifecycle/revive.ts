import { type AnyRecord, headFields } from "../kernel/record.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import type { Life } from "./compile.js";
import { unfit } from "./decide.js";
import { blaming, fault, plain } from "./fault.js";

/** Reads a stored record: an older revision is brought forward by the kind's upcasters, the unknown is refused. */
export function revive(life: Life, stored: unknown): Result<AnyRecord> {
  const { revision, upcast } = life.kind["~def"];
  let record = stored as AnyRecord;
  const written = record?.kind === life.kind.id ? record.revision : undefined;
  if (written !== undefined && Number.isSafeInteger(written) && written >= 1 && written < revision) {
    let fields: unknown = ownFields(record);
    for (let from = written; from < revision; from++) {
      const step = upcast?.[from] as ((fields: unknown) => unknown) | undefined;
      if (step === undefined)
        return refuse({ code: "OTHER_REVISION", subject: `${life.kind.id} revision ${preview(written)}` });
      fields = plain(life.kind.id, blaming(life.kind.id, step, fields));
    }
    for (const name of Object.keys(fields as object))
      if (head.has(name)) throw fault(life.kind.id, `"${name}" is not a field that an upcaster may write`);
    record = { ...headOf(record), ...(fields as object), revision };
  }
  const unusable = unfit(life, record);
  return unusable === undefined ? ok(record) : refuse(unusable);
}

const head: ReadonlySet<string> = /* @__PURE__ */ new Set<string>(headFields);
const headOf = (record: AnyRecord) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => head.has(name))) as unknown as AnyRecord;
const ownFields = (record: AnyRecord) => Object.fromEntries(Object.entries(record).filter(([name]) => !head.has(name)));
