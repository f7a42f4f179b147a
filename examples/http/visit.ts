import type { Print } from "../run.js";

/** Sends a request to an app: over a port, or straight into it. */
export type Send = (path: string, init: RequestInit) => Response | Promise<Response>;

const asked = (who: string, headers: Record<string, string>, body?: unknown): RequestInit => ({
  method: body === undefined ? "GET" : "POST",
  headers: { authorization: `Bearer ${who}`, "content-type": "application/json", ...headers },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

/** The same visit to each app: what is answered does not depend on the framework. */
export async function visit(send: Send, print: Print): Promise<void> {
  const show = async (what: string, path: string, init: RequestInit) => {
    const response = await send(path, init);
    const text = await response.text();
    print(`${what}: ${response.status} ${text}`);
    return { text, etag: response.headers.get("etag") ?? "" };
  };
  const key = { "idempotency-key": "k-1" };
  const opening = { customerId: "joy", summary: "The fridge does not cool" };
  const opened = await show("joy opens", "/complaints", asked("joy", key, opening));
  await show("and again, same key", "/complaints", asked("joy", key, opening));
  await show("same key, other words", "/complaints", asked("joy", key, { ...opening, summary: "Warm" }));
  const { id } = JSON.parse(opened.text) as { readonly id: string };
  const path = `/complaints/${id}`;
  const commands = `${path}/commands`;
  const { etag } = await show("joy reads", path, asked("joy", {}));
  await show("al reads", path, asked("al", {}));
  await show("joy acknowledges", commands, asked("joy", {}, { type: "acknowledge" }));
  await show("ann acknowledges what she saw", commands, asked("ann", { "if-match": etag }, { type: "acknowledge" }));
  await show("ann, with what she saw before", commands, asked("ann", { "if-match": etag }, { type: "investigate" }));
  await show("ann investigates too early", commands, asked("ann", {}, { type: "investigate" }));
  const handOver = { type: "hand_over", input: { to: "mia", reason: "Leave" } };
  await show("ann hands over", commands, asked("ann", { "accept-language": "zh-CN" }, handOver));
  await show("nobody reads", path, { method: "GET" });
}
