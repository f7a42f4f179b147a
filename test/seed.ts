// Laws are asked of the same lives in every run, so that a run says the same to everybody.
// `CLIENTELE_SEED=7 npm test` asks them of others; a law that those break is a bug like any other.
import fc from "fast-check";

const { CLIENTELE_SEED = "1" } = process.env;
fc.configureGlobal({ seed: Number(CLIENTELE_SEED) });
