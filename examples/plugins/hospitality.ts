import {
  anchor,
  type ComplaintFields,
  complaint,
  definePlugin,
  deny,
  fact,
  invitationTo,
  isLocalDate,
  type LocalDate,
  measure,
  metric,
  question,
  reaction,
  type Survey,
  satisfaction,
  topBox,
} from "clientele";
import * as z from "zod";

// One plugin that adds to every concept at once: what a hotel knows of its guests, asks them, and does for them.

// Customers and grades: a fact, and a measure that weighs it.

const day = z.string().refine(isLocalDate, { error: "a day YYYY-MM-DD is needed" });

/** The bookings of a guest; read as how many there are. */
export const bookings = fact("hotel.bookings", {
  revision: 1,
  value: z.array(z.object({ id: z.string().min(1).max(100), arrival: day })).max(1000),
  read: (list) => list.length,
});
/** Half the mark at `half`, and less for each one more: the tenth stay says less than the second. */
export const regular = measure("hotel.regular", {
  revision: 1,
  args: z.object({ half: z.number().positive() }),
  score:
    ({ half }) =>
    (times) =>
      typeof times === "number" && times >= 0 ? Math.round((1_000_000 * times) / (times + half)) : null,
});

// Satisfaction: a question, and what is made of its answers.

export const room = question("hotel.room", { revision: 1, min: 1, max: 5 });
export const spotless = metric("hotel.spotless", {
  revision: 1,
  question: room,
  unit: "share",
  definition: "5 of 1 to 5",
  score: topBox(5, 5),
});

// Follow-ups: each booking is one occurrence. It bears the booking's id, so a call moves when the arrival does.

export const arrival = anchor("hotel.arrival", {
  revision: 1,
  args: z.object({}),
  days: () => (guest) => {
    const known = guest.facts[bookings.id] as
      | readonly { readonly id: string; readonly arrival: LocalDate }[]
      | undefined;
    return guest.stage.left === true ? [] : (known ?? []).map((b) => ({ key: b.id, on: b.arrival }));
  },
});

// Complaints: a guest who cannot sleep is offered another room, and the handling waits until they have moved.

const inRoom = z.object({ room: z.string().min(1).max(20) });
export const roomOffered = complaint.event("hotel.room_offered", { v: 1, data: inRoom });
export const settledIn = complaint.event("hotel.settled_in", { v: 1, data: inRoom });
/** The room that the guest was offered last. */
export const otherRoom = complaint.slot("hotel", inRoom);
export const moving = complaint.state("hotel.moving", { phase: "paused", deadline: { hours: 2 }, then: "previous" });

export const offerRoom = complaint.transition("hotel.offer_room", {
  from: { phase: "open" },
  to: moving,
  input: inRoom,
  guard: ({ record, input }) => otherRoom.read(record)?.room !== input.room || deny("hotel.SAME_ROOM"),
  emits: [roomOffered],
  emit: ({ input }) => roomOffered(input, otherRoom(input)),
});
export const settleIn = complaint.transition("hotel.settle_in", {
  from: [moving],
  to: "previous",
  emits: [settledIn],
  emit: ({ record }) => settledIn({ room: otherRoom.read(record)?.room ?? "?" }),
});
export const frontDesk = complaint.permit("hotel.front_desk", { actors: ["staff"], commands: [offerRoom, settleIn] });

/**
 * Whoever has moved is asked about the new room, where the house has such a survey: in the same unit of work. Where
 * nobody knows who complains, nobody is asked.
 */
export const askAboutRoom = reaction("hotel.ask_about_room", {
  on: settledIn,
  sends: [satisfaction],
  run: ({ event, record, context }) => {
    const survey = context.book.inForce("survey", context.now, "hotel-room") as Survey | undefined;
    const { customerId } = record as unknown as ComplaintFields;
    if (survey === undefined || customerId === null) return [];
    const subject = { kind: "stage", id: `room ${event.data.room}` } as const;
    return [satisfaction.order(invitationTo(survey, { customerId, subject }, context.now))];
  },
});

export const hospitality = definePlugin({
  id: "hotel",
  tokens: [
    bookings,
    regular,
    room,
    spotless,
    arrival,
    roomOffered,
    settledIn,
    otherRoom,
    moving,
    offerRoom,
    settleIn,
    frontDesk,
    askAboutRoom,
  ],
  labels: {
    en: {
      states: { "complaint/hotel.moving": "Moving to another room" },
      commands: { "complaint/hotel.offer_room": "Offer another room", "complaint/hotel.settle_in": "Has settled in" },
      events: { "hotel.room_offered": "Another room was offered", "hotel.settled_in": "Guest settled in" },
      refusals: { "hotel.SAME_ROOM": "This room was offered already." },
      words: { "question/hotel.room": "How was your room?", "metric/hotel.spotless": "Spotless rooms" },
    },
    "zh-CN": {
      states: { "complaint/hotel.moving": "换房中" },
      commands: { "complaint/hotel.offer_room": "提供换房", "complaint/hotel.settle_in": "已入住新房" },
      events: { "hotel.room_offered": "已提供换房", "hotel.settled_in": "客人已入住新房" },
      refusals: { "hotel.SAME_ROOM": "已提供过这间房。" },
      words: { "question/hotel.room": "您对房间是否满意？", "metric/hotel.spotless": "房间完美率" },
    },
  },
});
