// A desk behind Express 5. The app knows paths and headers; the desk knows everything else.
import type { AddressInfo } from "node:net";
import { createServiceDesk, memoryStore, unwrap } from "clientele";
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express";
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

const saidBy = (request: Request): Said => ({
  authorization: request.get("authorization"),
  idempotencyKey: request.get("idempotency-key"),
  ifMatch: request.get("if-match"),
  language: request.get("accept-language"),
});
const refuseWith = (response: Response, { status, body }: Problem) => response.status(status).json(body);

// #region app
export function createApp(desk: Desk): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(express.json());

  app.post("/complaints", async (request, response) => {
    const said = saidBy(request);
    const actor = actorOf(said);
    if (actor === undefined) return refuseWith(response, notSignedIn);
    const opened = await desk.complaints.open({ input: request.body, actor, ...commandIdOf(actor, said) });
    if (!opened.ok) return refuseWith(response, problemOf(opened.error, said));
    return response.status(201).location(`/complaints/${opened.id}`).json(opened.value);
  });

  app.get("/complaints/:id", async (request, response) => {
    const said = saidBy(request);
    const actor = actorOf(said);
    if (actor === undefined) return refuseWith(response, notSignedIn);
    const { id } = request.params;
    const found = await desk.complaints.get(id);
    if (!found.ok) return refuseWith(response, problemOf(found.error, said));
    if (!maySee(actor, found.value)) return refuseWith(response, problemOf(notFound(id), said));
    const can = unwrap(await desk.complaints.available(id, actor)).filter((one) => one.allowed !== false);
    return response
      .set("ETag", etagOf(found.value))
      .json({ state: found.value.state, can: can.map((one) => one.command) });
  });

  app.post("/complaints/:id/commands", async (request, response) => {
    const said = saidBy(request);
    const actor = actorOf(said);
    if (actor === undefined) return refuseWith(response, notSignedIn);
    const { id } = request.params;
    const done = await desk.complaints.execute({
      id,
      command: request.body,
      actor,
      ...commandIdOf(actor, said),
      ...pinOf(said),
    });
    return done.ok ? response.json(done.value) : refuseWith(response, problemOf(done.error, said));
  });

  // What is not JSON never reaches the desk.
  const unreadable: ErrorRequestHandler = (error: { readonly status?: number }, _request, response, next) => {
    if (error.status !== 400) return next(error);
    response.status(400).json({ code: "NOT_JSON", reasons: ["The body is not JSON."] });
  };
  app.use(unreadable);
  return app;
}
// #endregion app

export async function main(print: Print): Promise<void> {
  const desk = createServiceDesk({
    store: memoryStore(),
    clock: () => "2026-03-02T09:00:00.000Z",
    newId: () => "complaint-1",
  });
  const server = createApp(desk).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as AddressInfo;
  try {
    await visit((path, init) => fetch(`http://127.0.0.1:${port}${path}`, init), print);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
}

await runIfStarted(import.meta.url, main);
