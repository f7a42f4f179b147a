import { expect, test } from "vitest";
import type { Token } from "../../src/index.js";
import * as clientele from "../../src/index.js";

/** What is exported for its own sake: no rule of a composition needs a metric. */
const apart = ["csat", "nps", "ces"];

const isToken = (value: unknown): value is Token =>
  (typeof value === "object" || typeof value === "function") && value !== null && "token" in value && "of" in value;

test("every token that is exported is installed", () => {
  const exported = Object.values(clientele).flatMap((value) =>
    isToken(value) ? [value] : typeof value === "object" && value !== null ? Object.values(value).filter(isToken) : [],
  );
  const installed = new Set<Token>(clientele.corePlugin.tokens);
  const name = (token: Token) => `${token.token} ${token.of}/${token.id}`;
  const missing = exported.filter((token) => !installed.has(token)).map(name);
  expect(missing.sort()).toEqual(apart.map((id) => `metric satisfaction/${id}`).sort());
  expect(exported.length).toBeGreaterThan(100);
});

test("no token of the core has a dot in its id, but for events", () => {
  const dotted = clientele.corePlugin.tokens.filter((token) => token.id.includes(".") && token.token !== "event");
  expect(dotted).toEqual([]);
});
