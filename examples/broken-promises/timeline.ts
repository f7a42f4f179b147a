import { type TimelineOf, unwrap } from "clientele";
import type { Case } from "./cases.js";
import type { Played } from "./play.js";
import { type ComplaintEvent, changedBy, isScripted, minute, saidIn } from "./said.js";
import { table } from "./table.js";
import type { Words } from "./words.js";

/** Every event of a complaint, page by page from the log. */
async function eventsOf({ desk }: Played, id: string): Promise<readonly ComplaintEvent[]> {
  const events: ComplaintEvent[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: TimelineOf<ComplaintEvent> = unwrap(await desk.complaints.timeline(id, { after }));
    events.push(...page.items);
    after = page.next;
  }
  return events;
}

/** Everything that happened to one complaint: when, by whom, and where time was told of it later, when that was. */
export async function timelinePage(one: Case, played: Played, words: Words): Promise<readonly string[]> {
  const { order } = one.promise;
  const rows = (await eventsOf(played, played.idOf(one))).map((event) => {
    const said = saidIn(event);
    const detail = [
      changedBy(event, words),
      said === undefined ? undefined : `"${said}"`,
      event.recordedAt === event.at ? undefined : `[${words.own("recorded")} ${minute(event.recordedAt)}]`,
      isScripted(event) ? words.own("scripted") : undefined,
    ];
    const who = event.actor.kind === "customer" ? order.customerName : event.actor.id;
    return [minute(event.at), who, words.event(event.type), detail.filter((part) => part !== undefined).join(" ")];
  });
  const heading = (["when", "who", "what", "detail"] as const).map(words.own);
  return [`${order.id}, ${order.customerName}, ${order.city}`, "", ...table(heading, rows)];
}
