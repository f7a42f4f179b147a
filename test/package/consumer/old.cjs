// A host that is still CommonJS: Node ≥ 20.19 loads an ES module through `require`.
const { createServiceRules, deny } = require("clientele");
const testing = require("clientele/testing");

if (deny("x.NO").code !== "x.NO") throw new Error("deny");
if (typeof createServiceRules().complaints.decide !== "function") throw new Error("createServiceRules");
if (Object.keys(testing).length === 0) throw new Error("clientele/testing is empty");
