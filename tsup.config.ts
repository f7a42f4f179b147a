import { defineConfig } from "tsup";

/** One output file for one source file, so that importing one rule costs that rule; `tsc` writes the declarations. */
export default defineConfig({
  entry: ["src/**/*.ts"],
  format: "esm",
  target: "es2022",
  bundle: false,
  dts: false,
  sourcemap: true,
  clean: true,
});
