// A desk behind NestJS 11. Decorators are applied as the plain functions they are, so the compiler needs no option for
// them, and what is injected is named by a token, so no type metadata is emitted.
import "reflect-metadata";
import {
  Body,
  Controller,
  type DynamicModule,
  Get,
  Headers,
  HttpCode,
  HttpException,
  type INestApplication,
  Inject,
  Module,
  Param,
  Post,
  Res,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { type Actor, createServiceDesk, memoryStore, unwrap } from "clientele";
import type { Response } from "express";
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

type Incoming = Readonly<Record<string, string | undefined>>;

/** The name under which the desk is injected. */
export const DESK = Symbol("desk");

const refusal = ({ status, body }: Problem) => new HttpException(body, status);
const saidBy = (headers: Incoming): Said => ({
  authorization: headers["authorization"],
  idempotencyKey: headers["idempotency-key"],
  ifMatch: headers["if-match"],
  language: headers["accept-language"],
});
function signedIn(said: Said): Actor {
  const actor = actorOf(said);
  if (actor === undefined) throw refusal(notSignedIn);
  return actor;
}

// #region app
export class ComplaintsController {
  constructor(private readonly desk: Desk) {}

  async open(headers: Incoming, input: never, response: Response) {
    const said = saidBy(headers);
    const actor = signedIn(said);
    const opened = await this.desk.complaints.open({ input, actor, ...commandIdOf(actor, said) });
    if (!opened.ok) throw refusal(problemOf(opened.error, said));
    response.location(`/complaints/${opened.id}`);
    return opened.value;
  }

  async read(headers: Incoming, id: string, response: Response) {
    const said = saidBy(headers);
    const actor = signedIn(said);
    const found = await this.desk.complaints.get(id);
    if (!found.ok) throw refusal(problemOf(found.error, said));
    if (!maySee(actor, found.value)) throw refusal(problemOf(notFound(id), said));
    const can = unwrap(await this.desk.complaints.available(id, actor)).filter((one) => one.allowed !== false);
    response.set("ETag", etagOf(found.value));
    return { state: found.value.state, can: can.map((one) => one.command) };
  }

  async command(headers: Incoming, id: string, command: never) {
    const said = saidBy(headers);
    const actor = signedIn(said);
    const done = await this.desk.complaints.execute({
      id,
      command,
      actor,
      ...commandIdOf(actor, said),
      ...pinOf(said),
    });
    if (!done.ok) throw refusal(problemOf(done.error, said));
    return done.value;
  }
}

/** Puts method decorators and, in the order of the parameters, parameter decorators on a handler. */
function route(
  name: "open" | "read" | "command",
  on: readonly MethodDecorator[],
  parameters: readonly ParameterDecorator[],
) {
  const { prototype } = ComplaintsController;
  for (const decorate of on) decorate(prototype, name, Object.getOwnPropertyDescriptor(prototype, name)!);
  for (const [place, decorate] of parameters.entries()) decorate(prototype, name, place);
}
Controller("complaints")(ComplaintsController);
Inject(DESK)(ComplaintsController, undefined, 0);
route("open", [Post()], [Headers(), Body(), Res({ passthrough: true })]);
route("read", [Get(":id")], [Headers(), Param("id"), Res({ passthrough: true })]);
route("command", [Post(":id/commands"), HttpCode(200)], [Headers(), Param("id"), Body()]);
// #endregion app

export class ServiceModule {}
Module({})(ServiceModule);

export function createApp(desk: Desk): Promise<INestApplication> {
  const providers = [{ provide: DESK, useValue: desk }];
  const module: DynamicModule = { module: ServiceModule, controllers: [ComplaintsController], providers };
  return NestFactory.create(module, { logger: ["error"] });
}

export async function main(print: Print): Promise<void> {
  const desk = createServiceDesk({
    store: memoryStore(),
    clock: () => "2026-03-02T09:00:00.000Z",
    newId: () => "complaint-1",
  });
  const app = await createApp(desk);
  await app.listen(0, "127.0.0.1");
  try {
    const at = await app.getUrl();
    await visit((path, init) => fetch(`${at}${path}`, init), print);
  } finally {
    await app.close();
  }
}

await runIfStarted(import.meta.url, main);
