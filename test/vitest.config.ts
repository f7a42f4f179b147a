import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  resolve: {
    // The examples of the docs import the package by name and run against the sources.
    alias: [
      { find: /^clientele$/, replacement: source("index.ts") },
      { find: /^clientele\/sql$/, replacement: source("store/sql/index.ts") },
      { find: /^clientele\/testing$/, replacement: source("testing/index.ts") },
    ],
  },
  // As many as there are processors: one less, as vitest would have it, is half of two.
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: "100%",
  },
});
