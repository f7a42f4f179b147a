import { hasCode } from "../../kernel/errors.js";
import { failing, same } from "../law.js";
import { happened, type StoreLaw, story, stream, tell, tellMany, together, unit } from "./fixtures.js";

const versions = (events: readonly { readonly version: number }[]): readonly number[] => events.map((e) => e.version);

export const eventLaws: readonly StoreLaw[] = [
  {
    law: "the versions of a stream are 1, 2, 3 without gap or repetition",
    run: async (store) => {
      await failing("a stream that begins at 2", "CONFLICT", () => tell(store, [happened("v1", 2)]));
      await tellMany(store, "v1", 2);
      await failing("a gap", "CONFLICT", () => tell(store, [happened("v1", 4)]));
      await failing("a repetition", "CONFLICT", () => tell(store, [happened("v1", 2, { data: { to: "elsewhere" } })]));
      await failing("a gap within one list", "CONFLICT", () => tell(store, [happened("v1", 3), happened("v1", 5)]));
      await failing("the same event twice in one list", "CONFLICT", () =>
        tell(store, [happened("v1", 3), happened("v1", 3)]),
      );
      await failing("the same event twice in one unit", "CONFLICT", () =>
        unit(store, async (u) => {
          await u.events.append([happened("v1", 3)]);
          await u.events.append([happened("v1", 3)]);
        }),
      );
      same(
        "the stream after all that",
        (await story(store, "v1")).map((e) => e.data),
        [{ to: "step 1" }, { to: "step 2" }],
      );
      await tell(store, [happened("v1", 3), happened("v2", 1), happened("v1", 4), happened("v2", 2)]);
      same("a stream that was told together with another", versions(await story(store, "v1")), [1, 2, 3, 4]);
      same("the other", versions(await story(store, "v2")), [1, 2]);
    },
  },
  {
    law: "of overlapping units that append to one stream exactly one commits",
    overlapping: true,
    run: async (store) => {
      await tellMany(store, "v1", 1);
      const ended = await together(
        store,
        ["ann", "bob"].map((by) => ({
          first: (u) => u.events.read(stream("v1"), { afterVersion: 0, limit: 10 }),
          then: (u) => u.events.append([happened("v1", 2, { data: { by } })]),
        })),
      );
      same("how the units ended", ended.map((e) => e.status).sort(), ["fulfilled", "rejected"]);
      const lost = ended.flatMap((e) => (e.status === "rejected" ? [hasCode(e.reason, "CONFLICT")] : []));
      same("whether the other failed with CONFLICT", lost, [true]);
      same("the stream", versions(await story(store, "v1")), [1, 2]);
    },
  },
  {
    law: "events are read in order, after a version, page by page",
    run: async (store) => {
      for (let from = 1; from <= 9; from += 4) await tellMany(store, "v1", 4, from);
      await tellMany(store, "v2", 3);
      const pages: number[][] = [];
      for (let afterVersion = 0; afterVersion < 12; afterVersion += 5)
        pages.push([...versions(await story(store, "v1", { afterVersion, limit: 5 }))]);
      same("pages of five", pages, [
        [1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10],
        [11, 12],
      ]);
      same("after the last version", await story(store, "v1", { afterVersion: 12, limit: 5 }), []);
      same("a stream that nobody told", await story(store, "v9"), []);
      // As texts, 10 would come before 2.
      same("all of them", versions(await story(store, "v1")), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    },
  },
];
