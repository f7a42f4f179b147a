import type { Actor } from "clientele";

export { ann, ben, customerActor, mia } from "../broken-promises/cast.js";

/** The shop's own books, which feed the desk. */
export const books: Actor = { kind: "system", id: "books" };
/** The shop's own software, which sends e-mails. */
export const mailer: Actor = { kind: "system", id: "mailer" };
