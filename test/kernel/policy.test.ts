import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { policyInForce, policyKind, readPolicy } from "../../src/kernel/policy.js";
import { policyBook } from "../../src/rules/index.js";

const greeting = policyKind("acme.greeting", {
  revision: 1,
  body: z.object({ words: z.string(), loud: z._default(z.boolean(), false) }),
});
const made = (version = 1, from = "2026-01-01T00:00:00.000Z", id = "standard", words = "Hello") =>
  greeting.version({ id, version, from, body: { words } });

describe("a version of a policy", () => {
  it("is data with its defaults filled in, and hashes to the same whatever the order of keys", () => {
    const policy = made();
    expect(policy.body).toEqual({ words: "Hello", loud: false });
    expect(policy.hash).toMatch(/^[0-9a-f]{64}$/);
    const turned = greeting.version({
      from: policy.from,
      version: 1,
      id: "standard",
      body: { loud: false, words: "Hello" },
    });
    expect(turned.hash).toBe(policy.hash);
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
  });

  it("changes its hash with every part of it, the revision of its kind included", () => {
    const other = policyKind("acme.greeting", { revision: 2, body: greeting["~def"].body });
    const base = {
      id: "standard",
      version: 1,
      from: "2026-01-01T00:00:00.000Z",
      body: { words: "Hello", loud: false },
    };
    const hashes = [
      made(),
      made(2),
      made(1, "2026-01-02T00:00:00.000Z"),
      made(1, undefined, "other"),
      made(1, undefined, undefined, "Hi"),
      other.version(base),
    ].map((p) => p.hash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("is made from another version without its hash", () => {
    expect(greeting.version({ ...made(), version: 2 }).version).toBe(2);
  });

  it.each([
    [{ id: "" }, "id"],
    [{ id: "with space" }, "id"],
    [{ version: 0 }, "version"],
    [{ version: 1.5 }, "version"],
    [{ from: "2026-02-30T00:00:00.000Z" }, "from"],
    [{ body: { words: 3 } }, "body.words"],
  ])("written wrongly throws INVALID_POLICY: %j", (part, path) => {
    const build = () => greeting.version({ ...made(), ...part } as never);
    expect(build).toThrow(expect.objectContaining({ code: "INVALID_POLICY" }));
    expect(build).toThrow(path);
  });

  it("read from outside is refused by value: another kind, other data than its hash", () => {
    const read = (value: unknown) => readPolicy(greeting, value);
    expect(read(made())).toEqual({ ok: true, value: made() });
    const paths = (value: unknown) => {
      const answer = read(value);
      return answer.ok ? [] : answer.error.map((issue) => issue.path);
    };
    expect(paths({ ...made(), kind: "acme.other" })).toEqual(["kind"]);
    expect(paths({ ...made(), body: { words: "Changed", loud: false } })).toEqual(["hash"]);
    expect(paths(null)).toEqual(expect.arrayContaining(["kind", "id", "version", "from", "body"]));
  });
});

describe("a policy book", () => {
  const days = fc.integer({ min: 1, max: 6 }).map((day) => `2026-01-0${day}T00:00:00.000Z`);
  const versions = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), days, fc.constantFrom("a", "b")), {
    maxLength: 12,
  });

  it("has in force the latest that is not in the future, whatever the order it was given", () => {
    fc.assert(
      fc.property(versions, days, (list, at) => {
        const policies = list.map(([version, from, id]) => made(version, from, id));
        const found = policyBook(policies).inForce("acme.greeting", at);
        const turned = policyBook([...policies].reverse()).inForce("acme.greeting", at);
        expect(turned).toEqual(found);
        const past = policies.filter((p) => p.from <= at);
        if (found === undefined) expect(past).toEqual([]);
        else {
          expect(past.every((p) => p.from <= found.from)).toBe(true);
          expect(past.filter((p) => p.from === found.from).every((p) => p.version <= found.version)).toBe(true);
        }
      }),
    );
  });

  it("finds one of several by id, any by hash, and says that there is none", () => {
    const a = made(1, undefined, "a");
    const b = made(1, "2026-01-02T00:00:00.000Z", "b");
    const book = policyBook([a, b]);
    expect(book.inForce("acme.greeting", "2026-01-03T00:00:00.000Z")).toEqual(b);
    expect(book.inForce("acme.greeting", "2026-01-03T00:00:00.000Z", "a")).toEqual(a);
    expect(book.byHash(a.hash)).toEqual(a);
    expect(book.byHash("no such hash")).toBeUndefined();
    expect(policyInForce(book, "acme.greeting", "2025-12-31T00:00:00.000Z")).toEqual({
      ok: false,
      error: { code: "NO_POLICY", subject: "acme.greeting" },
    });
  });
});
