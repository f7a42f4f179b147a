import { mergeConfig } from "vitest/config";
import base from "../vitest.config.js";

/** What is mutated are the pure rooms, so their tests run; examples and gates would only take time. */
const pure = mergeConfig(base, {});
pure.test.include = [
  "test/lifecycle/**/*.test.ts",
  "test/plugin/**/*.test.ts",
  "test/rules/**/*.test.ts",
  "test/laws/**/*.test.ts",
  "test/complaint/handling.test.ts",
];
export default pure;
