import base from "../vitest.config.js";

/** What is mutated is the room of lives, so its own tests run: each mutant in a fraction of a second. */
export default { ...base, test: { ...base.test, include: ["test/lifecycle/**/*.test.ts"] } };
