import type { AddressInfo } from "node:net";
import { coreLabels, createServiceDesk, memoryStore, unwrap } from "clientele";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp as expressApp, main as expressMain } from "../../examples/08-express.js";
import { createApp as honoApp, main as honoMain } from "../../examples/09-hono.js";
import { createApp as nestApp, main as nestMain } from "../../examples/10-nestjs.js";
import { type Desk, problemOf, statusOf } from "../../examples/http/answers.js";
import type { Send } from "../../examples/http/visit.js";
import { linesOf } from "./lines.js";

interface Served {
  readonly send: Send;
  readonly stop: () => Promise<unknown>;
}

const over =
  (port: number): Send =>
  (path, init) =>
    fetch(`http://127.0.0.1:${port}${path}`, init);

const apps: Readonly<
  Record<string, { readonly main: typeof honoMain; readonly serve: (desk: Desk) => Promise<Served> }>
> = {
  "08 Express": {
    main: expressMain,
    serve: async (desk) => {
      const server = expressApp(desk).listen(0, "127.0.0.1");
      await new Promise((listening) => server.once("listening", listening));
      const stop = () => new Promise((closed) => server.close(closed));
      return { send: over((server.address() as AddressInfo).port), stop };
    },
  },
  "09 Hono": {
    main: honoMain,
    serve: async (desk) => {
      const app = honoApp(desk);
      return { send: (path, init) => app.request(path, init), stop: async () => undefined };
    },
  },
  "10 NestJS": {
    main: nestMain,
    serve: async (desk) => {
      const app = await nestApp(desk);
      await app.listen(0, "127.0.0.1");
      const { port } = app.getHttpServer().address() as AddressInfo;
      return { send: over(port), stop: () => app.close() };
    },
  },
};

const visited = [
  /^joy opens: 201 \{"id":"complaint-1","version":1,.*"replayed":false\}$/,
  /^and again, same key: 201 \{"id":"complaint-1","version":1,.*"replayed":true\}$/,
  /^same key, other words: 409 \{"code":"COMMAND_REUSED",/,
  /^joy reads: 200 \{"state":"received","can":\["contact","withdraw"\]\}$/,
  /^al reads: 404 \{"code":"NOT_FOUND",/,
  /^joy acknowledges: 403 \{"code":"NOT_PERMITTED",/,
  /^ann acknowledges what she saw: 200 \{"id":"complaint-1","version":2,/,
  /^ann, with what she saw before: 412 \{"code":"CONFLICT",/,
  /^ann investigates too early: 409 \{"code":"WRONG_STATE",/,
  /^ann hands over: 422 \{"code":"DENIED","reasons":\["目前无法执行此操作。","尚无责任人，请先指定。"\]\}$/,
  /^nobody reads: 401 /,
];

for (const [name, { main, serve }] of Object.entries(apps))
  describe(name, () => {
    const now = "2026-03-02T09:00:00.000Z";
    const desk = createServiceDesk({ store: memoryStore(), clock: () => now });
    let served: Served;
    beforeAll(async () => {
      served = await serve(desk);
    });
    afterAll(() => served.stop());

    const ask = async (who: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await served.send(path, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer ${who}`, "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: JSON.parse(text) };
    };
    const opening = { customerId: "joy", summary: "The fridge does not cool" };
    const opened = async (): Promise<string> => (await ask("ann", "/complaints", opening)).body.id;

    it("answers the visit of its example", async () => {
      const lines = await linesOf(main);
      expect(lines).toHaveLength(visited.length);
      for (const [place, line] of lines.entries()) expect(line).toMatch(visited[place]!);
    });

    it("opens, reads and handles a complaint", async () => {
      const made = await ask("ann", "/complaints", opening);
      expect(made.status).toBe(201);
      expect(made.headers.get("location")).toBe(`/complaints/${made.body.id}`);
      const done = await ask("ann", `/complaints/${made.body.id}/commands`, { type: "acknowledge" });
      expect(done.status).toBe(200);
      expect(unwrap(await desk.complaints.get(made.body.id)).state).toBe("acknowledged");
      const read = await ask("joy", `/complaints/${made.body.id}`);
      expect(read.body.state).toBe("acknowledged");
      expect(read.headers.get("etag")).toBe('"2"');
    });

    it("does a command once for one key, however often it is sent", async () => {
      const id = await opened();
      const send = () =>
        ask("ann", `/complaints/${id}/commands`, { type: "note", input: { text: "once" } }, { "idempotency-key": "n" });
      const answers = await Promise.all([send(), send(), send()]);
      expect(answers.map((a) => a.status)).toEqual([200, 200, 200]);
      expect(answers.map((a) => a.body.version)).toEqual([2, 2, 2]);
      expect(answers.filter((a) => !a.body.replayed)).toHaveLength(1);
      expect(unwrap(await desk.complaints.get(id)).tally.notes).toBe(1);
    });

    it("keeps the keys of two people apart", async () => {
      const key = { "idempotency-key": "the same" };
      const anns = await ask("ann", "/complaints", opening, key);
      const mias = await ask("mia", "/complaints", opening, key);
      expect([anns.status, mias.status]).toEqual([201, 201]);
      expect(anns.body.id).not.toBe(mias.body.id);
    });

    it("refuses what somebody else has overtaken", async () => {
      const id = await opened();
      const pin = { "if-match": '"1"' };
      const note = { type: "note", input: { text: "seen" } };
      expect((await ask("ann", `/complaints/${id}/commands`, note, pin)).status).toBe(200);
      expect((await ask("mia", `/complaints/${id}/commands`, note, pin)).status).toBe(412);
      expect((await ask("mia", `/complaints/${id}/commands`, note, { "if-match": "what" })).status).toBe(412);
      expect(unwrap(await desk.complaints.get(id)).version).toBe(2);
    });

    it.each([
      ["ann", "/complaints/none/commands", { type: "acknowledge" }, 404, "NOT_FOUND"],
      ["ann", "/complaints/:id/commands", { type: "reject", input: { reason: "no" } }, 403, "NOT_PERMITTED"],
      ["ann", "/complaints/:id/commands", { type: "resolve", input: { outcome: "x" } }, 409, "WRONG_STATE"],
      ["ann", "/complaints/:id/commands", { type: "reassess" }, 422, "INVALID_INPUT"],
      ["ann", "/complaints/:id/commands", { type: "dance" }, 422, "UNKNOWN_COMMAND"],
      ["ann", "/complaints/:id/commands", [], 422, "UNKNOWN_COMMAND"],
      ["ann", "/complaints", { customerId: "joy" }, 422, "INVALID_INPUT"],
      ["joy", "/complaints", { ...opening, customerId: "al" }, 403, "NOT_PERMITTED"],
    ])("%s at %s with %j: %i %s", async (who, path, body, status, code) => {
      const id = path.includes(":id") ? await opened() : "";
      const answer = await ask(who, path.replace(":id", id), body);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.body.reasons.length).toBeGreaterThan(0);
    });

    it("takes what is not JSON as the caller's mistake", async () => {
      expect((await ask("ann", "/complaints", "{not json")).status).toBe(400);
    });

    it("knows nobody whose name is that of an inherited property", async () => {
      const response = await served.send("/complaints/x", { method: "GET", headers: { authorization: "constructor" } });
      expect(response.status).toBe(401);
    });
  });

describe("the table of statuses", () => {
  it("has one for every code that the core has words for", () => {
    const codes = Object.keys(coreLabels[0]!["en"]!.refusals!).sort();
    expect(codes.length).toBeGreaterThan(25);
    expect(Object.keys(statusOf).sort()).toEqual(codes);
  });

  it("makes a conflict a failed precondition only for a caller who set one", () => {
    const conflict = { code: "CONFLICT", subject: "c1" } as const;
    expect(problemOf(conflict, {}).status).toBe(409);
    expect(problemOf(conflict, { ifMatch: '"1"' }).status).toBe(412);
  });
});
