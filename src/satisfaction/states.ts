import { satisfaction } from "./model.js";

export const answered = satisfaction.state("answered", { phase: "closed" });
export const dismissed = satisfaction.state("dismissed", { phase: "closed" });
export const expired = satisfaction.state("expired", { phase: "closed" });
export const notApplicable = satisfaction.state("not_applicable", { phase: "closed" });
/** An invitation holds until its date. */
export const invited = satisfaction.state("invited", {
  phase: "open",
  deadline: { field: "expiresAt" },
  then: expired,
});
