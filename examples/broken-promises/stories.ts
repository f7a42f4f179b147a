import { ann, ben, mia } from "./cast.js";
import { offered, refusedStep, type Story, settled, step, taken } from "./story.js";

/** By order id. The orders are the file's; every word and every decision here is invented. */
export const stories: Readonly<Record<string, Story>> = {
  "CA-2014-156545": {
    words: "I paid for First Class and the highlighters left on day four.",
    wish: "The difference in postage back",
    steps: [
      ...taken(ann, 2),
      offered(ann, 4, "refund", "We give you back the postage.", 499),
      ...settled(ann, 5, "Fair enough.", "4.99 USD went back to the card.", "It arrived, thanks."),
    ],
  },
  "US-2014-109456": {
    words: "The keyboard was for a trade fair that morning.",
    wish: "Something for the trouble",
    steps: [
      ...taken(ben, 2, "general", "high"),
      offered(ben, 3, "apology", "We are sorry for the delay."),
      step(4, "20:10", "customer", { type: "decline", input: { reason: "Sorry does not pay for my trip." } }),
      offered(ben, 5, "compensation", "We take 25 USD off the keyboard.", 2500),
      ...settled(ben, 6, "That I accept.", "25.00 USD were credited.", "Settled for me."),
    ],
  },
  "CA-2015-102855": {
    words: "Same Day, you said. It was the next day.",
    wish: "Tell me what went wrong",
    steps: [
      ...taken(ann, 2, "general", "low"),
      offered(ann, 4, "explanation", "Your order came in after the last pick-up of the day."),
      step(5, "17:45", "customer", { type: "accept", input: { words: "Then show that on the website, please." } }),
      // The customer says no more: thirty days of silence close it.
      step(6, "14:00", ann, { type: "resolve", input: { outcome: "Explained; the shop now shows the pick-up time." } }),
    ],
  },
  "CA-2015-144099": {
    words: "One binder, one day late.",
    wish: "Just so that you know",
    steps: [
      ...taken(ann, 2, "general", "low"),
      step(4, "08:15", "customer", {
        type: "withdraw",
        input: { words: "It came this morning after all. Forget about it." },
      }),
    ],
  },
  "US-2015-105676": {
    words: "The desk set was a present for that evening.",
    wish: "An apology would do",
    steps: [
      ...taken(ben, 2),
      offered(ben, 3, "apology", "We are sorry that you stood there without the present."),
      ...settled(ben, 4, "Thank you for writing.", "A card was sent.", "The card was nice."),
    ],
  },
  "CA-2016-108210": {
    words: "I took a day off to receive this. Nobody came, and nobody calls back.",
    wish: "Somebody who answers",
    steps: [
      // Nobody reads it on time: after two days the clock takes it up a level.
      step(5, "08:30", mia, { type: "acknowledge", input: { channel: "phone" } }),
      step(5, "08:35", mia, { type: "assign", input: { ownerId: "mia" } }),
      step(5, "08:50", mia, {
        type: "assess",
        input: { nature: "logistics", scope: "general", severity: "high" },
      }),
      step(5, "09:00", mia, { type: "investigate" }),
      step(6, "15:30", mia, {
        type: "contact",
        input: {
          direction: "out",
          channel: "phone",
          text: "The complaint lay in a mailbox that nobody reads. We say so.",
        },
      }),
      offered(mia, 7, "compensation", "40 USD, and my own number for next time.", 4000),
      ...settled(mia, 7, "Thank you for being straight.", "40.00 USD were credited.", "Good. Somebody answers."),
    ],
  },
  "CA-2016-134222": {
    words: "Half of it is missing, and the rest came late.",
    wish: "The missing covers",
    steps: [
      ...taken(ben, 2),
      step(3, "11:30", ben, {
        type: "wait_for_customer",
        input: { question: "How many packs of covers did you receive?" },
      }),
      step(6, "12:40", "customer", {
        type: "reply",
        input: { channel: "email", text: "Sorry, the second box came today. Complete." },
      }),
      offered(ben, 7, "apology", "Good to hear. We are sorry for the day of delay."),
      ...settled(ben, 8, "Fine.", "Apology sent.", "All good."),
    ],
  },
  "CA-2016-151148": {
    words: "The chairs came one day after the guests.",
    wish: "Money back for the chairs",
    steps: [
      ...taken(ann, 2, "general", "high"),
      step(3, "16:00", ann, { type: "hand_over", input: { to: "ben", reason: "Ben knows this carrier." } }),
      offered(ben, 4, "refund", "We refund the day's rent that you paid for other chairs.", 3500),
      ...settled(ben, 6, "That covers it.", "35.00 USD were paid out.", "Received."),
    ],
  },
  "CA-2017-101637": {
    words: "The project case missed the project.",
    wish: "A voucher",
    steps: [
      ...taken(ben, 2),
      offered(ben, 3, "compensation", "A voucher over 10 USD.", 1000),
      ...settled(ben, 4, "Good.", "The voucher was sent.", "Thanks."),
      step(16, "10:25", "customer", { type: "reopen", input: { reason: "The till does not take the voucher." } }),
      offered(ben, 17, "refund", "Then we pay the 10 USD to your card.", 1000),
      ...settled(ben, 18, "Better.", "10.00 USD went to the card.", "Now it is settled."),
    ],
  },
  "CA-2017-133823": {
    words: "Where was my order for a whole day?",
    wish: "To know where it was",
    steps: [
      ...taken(ann, 2),
      step(3, "13:00", ann, {
        type: "wait_for_third_party",
        input: { party: "the carrier", question: "When was the parcel scanned first?" },
      }),
      step(7, "09:10", ann, { type: "resume" }),
      offered(ann, 7, "explanation", "The carrier's van broke down. Here are the scans."),
      ...settled(ann, 8, "Understood.", "The scans were sent.", "Thank you."),
    ],
  },
  "CA-2017-158883": {
    words: "A book called Things To Do Today came tomorrow.",
    wish: "A smile",
    steps: [
      ...taken(ben, 2, "general", "low"),
      offered(ben, 3, "apology", "The irony is not lost on us. We are sorry."),
      ...settled(ben, 4, "You made me laugh.", "Apology sent.", "Bye."),
    ],
  },
  "CA-2017-149559": {
    words: "2,000 USD of chairs, a room full of people, and nothing to sit on.",
    wish: "You pay for the hall",
    steps: [
      ...taken(ann, 2, "major", "high"),
      refusedStep(3, "10:30", ann, { type: "reject", input: { reason: "The shop never promises a delivery time." } }),
      refusedStep(3, "10:45", ann, { type: "propose", input: { remedy: "apology", message: "We are sorry." } }),
      step(3, "11:15", ann, { type: "hand_over", input: { to: "mia", reason: "Major: a manager's to decide." } }),
      offered(mia, 4, "compensation", "We pay the hall for the second day.", 45000),
      ...settled(mia, 5, "Agreed.", "450.00 USD were paid out.", "The money is here."),
    ],
  },
  "CA-2017-109701": {
    words: "Chalk sticks late, surge protector late, all of it late.",
    wish: "Quicker next time",
    steps: [
      ...taken(ann, 2),
      offered(ann, 4, "improvement", "Same Day orders of several boxes now leave first."),
      ...settled(ann, 6, "I will see.", "The packing order was changed.", "My next order was on time."),
    ],
  },
};
