import { expect, test } from "vitest";
import { regionOf } from "./regions.js";

const text = `before();
  // #region outer
  const a = 1;
  // #region inner
    if (a) {
      b();
    }

    c();
  // #endregion inner
  // #endregion outer
// #region open
// #region import
import { deny } from "../src/index.js";
import { law } from "../../src/testing/index.js";
import { other } from "./other.js";
// #endregion import
`;

test("a region is what stands between its marks, dedented", () => {
  expect(regionOf(text, "inner")).toBe("if (a) {\n  b();\n}\n\nc();");
});

test("the marks of inner regions are not shown", () => {
  expect(regionOf(text, "outer")).toBe("const a = 1;\n  if (a) {\n    b();\n  }\n\n  c();");
});

test("what an example imports by path is shown by name", () => {
  expect(regionOf(text, "import")).toBe(
    'import { deny } from "clientele";\nimport { law } from "clientele/testing";\nimport { other } from "./other.js";',
  );
});

test("a region that does not close, or is not there, is none", () => {
  expect(regionOf(text, "open")).toBeUndefined();
  expect(regionOf(text, "in")).toBeUndefined();
});
