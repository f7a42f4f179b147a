import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { action } from "../../examples/plugins/corrective.js";
import type { Draft } from "../../src/kernel/event.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import { sha256 } from "../../src/kernel/sha256.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { fold, refused } from "../given.js";
import { complaintsOf, plugins, rulesOf } from "./composition.js";
import { parcels } from "./parcel.js";

/**
 * Logs as they were once written, each with the record that it makes. What an event means never changes, so these files
 * are never edited and never deleted: a new meaning is a new `v`, an upcaster, and a new file beside the old ones, whose
 * digest is added below. Where one of these tests fails, it is the code that is wrong.
 */
const digests: Readonly<Record<string, string>> = {
  "action-1.json": "b2f949210d674a063a5ab919bb977b3812a0dfd088e60a6d1411852f927381a2",
  "complaint-1-clocks.json": "ee23fecd1b8a67d2fa8a4c5ff2f3bc097d2e1f7edc10a1038d8bb94718a89323",
  "complaint-1-forgotten.json": "b4c3cbb5a28d0bfc3dfa1cc5fce61b2aed15a435c0f8891a3ebd54e3cbb18a6e",
  "complaint-1-plugins.json": "e57ac1b8b73f1e2090ca8db035b1ab68f0645dd2aef5c6567ed2d3a3023c08d4",
  "complaint-1-settled.json": "6efd31c1f06e870f90256859658b64065c714e6ee70149f8894d03a8b925ec4d",
  "corrective-action-1.json": "cecf46c58335fecf2ae797fbd40ceedfa3256ebfe28d70c5f881f26ba336968e",
  "parcel-from-revision-1.json": "5d50b27e09431d5255a53e8846b4109a0e20f949218f358cd3676c767d98b3d4",
};

/** The compositions that must be able to fold a log of a kind; the last one wrote it. */
const compositions: Readonly<Record<string, readonly Doors[]>> = {
  complaint: [complaintsOf([]), complaintsOf(plugins.slice(0, 1)), complaintsOf(plugins)],
  "corrective-action": [[], plugins].map((list) => rulesOf(list).correctiveActions as unknown as Doors),
  "capa.action": [rulesOf(plugins).of(action as never) as unknown as Doors],
  parcel: [parcels],
};

interface Log {
  readonly about: string;
  readonly kind: string;
  readonly record: AnyRecord;
  readonly stored?: unknown;
  readonly events: readonly Draft[];
}
const folder = new URL("./corpus/", import.meta.url);
const files = readdirSync(folder).sort();
const textOf = (file: string) => readFileSync(new URL(file, folder), "utf8").replaceAll("\r\n", "\n");

describe("the corpus of old logs", () => {
  it("is only ever added to", () => {
    expect(Object.fromEntries(files.map((file) => [file, sha256(textOf(file))]))).toEqual(digests);
  });

  it.each(files)("%s makes the record that it made when it was written", (file) => {
    const { kind, record, events } = JSON.parse(textOf(file)) as Log;
    expect(events.length).toBeGreaterThan(3);
    for (const doors of compositions[kind]!) expect(fold(doors, events)).toStrictEqual(record);
  });

  it.each(files)("%s leaves a record that its composition can take further", (file) => {
    const { kind, record, stored } = JSON.parse(textOf(file)) as Log;
    expect(unwrap(compositions[kind]!.at(-1)!.revive(stored ?? record))).toStrictEqual(record);
  });

  it("is refused by a composition without the plugins where it stopped in one of theirs", () => {
    const { record } = JSON.parse(textOf("complaint-1-plugins.json")) as Log;
    expect(record).toMatchObject({
      state: "legal.hold",
      slots: { legal: { caseRef: "AB-13" }, safety: { hazard: "sparks" } },
    });
    expect(refused(compositions["complaint"]![0]!.revive(record))).toEqual({
      code: "UNKNOWN_STATE",
      subject: '"legal.hold"',
    });
    expect(refused(compositions["complaint"]![1]!.revive(record))).toEqual({ code: "UNKNOWN_SLOT", subject: "safety" });
  });
});
