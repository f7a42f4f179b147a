import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashOf } from "../../src/kernel/hash.js";
import { sha256 } from "../../src/kernel/sha256.js";

const platform = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("sha256", () => {
  it("gives the answers of FIPS 180-4's examples", () => {
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).toBe(
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    );
    expect(sha256("a".repeat(1_000_000))).toBe("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  });

  it("agrees with the platform at every border of a block, for characters of each width", () => {
    for (const unit of ["a", "é", "漢", "😀", "\ud800"])
      for (let n = 0; n <= 130; n++) {
        expect(sha256(unit.repeat(n))).toBe(platform(unit.repeat(n)));
        expect(sha256("x".repeat(n) + unit)).toBe(platform("x".repeat(n) + unit));
      }
  });

  it("agrees with the platform for any text, lone surrogates included", () => {
    const units = fc.array(fc.nat(0xffff), { maxLength: 300 }).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(fc.oneof(units, fc.string({ unit: "binary", maxLength: 300 }), fc.string()), (text) => {
        expect(sha256(text)).toBe(platform(text));
      }),
      { numRuns: 3000 },
    );
  });
});

describe("hashOf", () => {
  it("is the hash of the canonical text", () => {
    expect(hashOf({ b: [1, -0], a: "é", c: undefined })).toBe(platform('{"a":"é","b":[1,0]}'));
    expect(() => hashOf({ a: Number.NaN })).toThrow(expect.objectContaining({ code: "NOT_JSON" }));
  });
});
