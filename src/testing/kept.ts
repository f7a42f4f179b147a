import type { Draft, Event } from "../kernel/event.js";

/** The envelope that a desk would add. */
export const kept = (draft: Draft): Event => ({
  ...draft,
  id: `main/${draft.stream.kind}/${draft.stream.id}/${draft.version}`,
  tenant: "main",
  recordedAt: draft.at,
  correlation: `main/${draft.stream.kind}/${draft.stream.id}/1`,
});
