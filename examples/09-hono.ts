// A desk behind Hono: runs wherever `fetch` does, and is visited here without a port.
import { type Actor, createServiceDesk, memoryStore, unwrap } from "clientele";
import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import {
  actorOf,
  commandIdOf,
  type Desk,
  etagOf,
  maySee,
  notFound,
  notSignedIn,
  type Problem,
  pinOf,
  problemOf,
  type Said,
} from "./http/answers.js";
import { visit } from "./http/visit.js";
import { type Print, runIfStarted } from "./run.js";

type Env = { readonly Variables: { readonly said: Said; readonly actor: Actor } };

const refuseWith = (c: Context, { status, body }: Problem) => c.json(body, status as ContentfulStatusCode);

// #region app
export function createApp(desk: Desk): Hono<Env> {
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    const said: Said = {
      authorization: c.req.header("authorization"),
      idempotencyKey: c.req.header("idempotency-key"),
      ifMatch: c.req.header("if-match"),
      language: c.req.header("accept-language"),
    };
    const actor = actorOf(said);
    if (actor === undefined) return refuseWith(c, notSignedIn);
    c.set("said", said);
    c.set("actor", actor);
    await next();
  });

  app.post("/complaints", async (c) => {
    const { actor, said } = c.var;
    const opened = await desk.complaints.open({ input: await c.req.json(), actor, ...commandIdOf(actor, said) });
    if (!opened.ok) return refuseWith(c, problemOf(opened.error, said));
    return c.json(opened.value, 201, { location: `/complaints/${opened.id}` });
  });

  app.get("/complaints/:id", async (c) => {
    const { actor, said } = c.var;
    const id = c.req.param("id");
    const found = await desk.complaints.get(id);
    if (!found.ok) return refuseWith(c, problemOf(found.error, said));
    if (!maySee(actor, found.value)) return refuseWith(c, problemOf(notFound(id), said));
    const can = unwrap(await desk.complaints.available(id, actor)).filter((one) => one.allowed !== false);
    return c.json({ state: found.value.state, can: can.map((one) => one.command) }, 200, { etag: etagOf(found.value) });
  });

  app.post("/complaints/:id/commands", async (c) => {
    const { actor, said } = c.var;
    const id = c.req.param("id");
    const command = await c.req.json();
    const done = await desk.complaints.execute({ id, command, actor, ...commandIdOf(actor, said), ...pinOf(said) });
    return done.ok ? c.json(done.value) : refuseWith(c, problemOf(done.error, said));
  });

  // What is not JSON never reaches the desk.
  app.onError((error, c) => {
    if (!(error instanceof SyntaxError)) throw error;
    return c.json({ code: "NOT_JSON", reasons: ["The body is not JSON."] }, 400);
  });
  return app;
}
// #endregion app

export async function main(print: Print): Promise<void> {
  const desk = createServiceDesk({
    store: memoryStore(),
    clock: () => "2026-03-02T09:00:00.000Z",
    newId: () => "complaint-1",
  });
  const app = createApp(desk);
  await visit((path, init) => app.request(path, init), print);
}

await runIfStarted(import.meta.url, main);
