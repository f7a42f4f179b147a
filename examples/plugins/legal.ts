import { complaint, complaintCommands, definePlugin, deny } from "clientele";
import * as z from "zod";

// #region legal
export const hold = complaint.state("legal.hold", { phase: "paused", deadline: { days: 30 }, then: "previous" });
export const held = complaint.event("legal.held", { v: 1, data: z.object({ caseRef: z.string() }) });
export const released = complaint.event("legal.released", { v: 1, data: z.object({}) });
export const legalCase = complaint.slot("legal", z.object({ caseRef: z.string() }));

export const place = complaint.transition("legal.place_hold", {
  from: { phase: "open" },
  to: hold,
  input: z.object({ caseRef: z.string().regex(/^[A-Z]{2}-\d+$/) }),
  when: ({ record }) => record.severity === "critical" || deny("legal.NOT_CRITICAL"),
  emits: [held],
  emit: ({ input }) => held({ caseRef: input.caseRef }, legalCase({ caseRef: input.caseRef })),
});
export const release = complaint.transition("legal.release", {
  from: [hold],
  to: "previous",
  emits: [released],
  emit: () => released({}, legalCase.empty),
});

/** Guards narrow, also commands of the core: nobody withdraws a complaint that is in court. */
export const notInCourt = complaint.guard("legal.not_in_court", {
  on: complaintCommands.withdraw,
  when: ({ record }) => legalCase.read(record) === undefined || deny("legal.IN_COURT"),
});
export const counsel = complaint.permit("legal.counsel", { roles: ["counsel"], commands: [place, release] });

export const legal = definePlugin({
  id: "legal",
  tokens: [hold, held, released, legalCase, place, release, notInCourt, counsel],
  labels: {
    en: {
      states: { "complaint/legal.hold": "On legal hold" },
      commands: { "complaint/legal.place_hold": "Place on legal hold", "complaint/legal.release": "Release" },
      events: { "legal.held": "Placed on legal hold", "legal.released": "Released from legal hold" },
      refusals: {
        "legal.NOT_CRITICAL": "Only a critical complaint goes to counsel.",
        "legal.IN_COURT": "The case is in court.",
      },
    },
    "zh-CN": {
      states: { "complaint/legal.hold": "法务冻结" },
      commands: { "complaint/legal.place_hold": "法务冻结", "complaint/legal.release": "解除冻结" },
      events: { "legal.held": "已法务冻结", "legal.released": "已解除法务冻结" },
      refusals: { "legal.NOT_CRITICAL": "只有严重投诉才转法务。", "legal.IN_COURT": "该案已进入诉讼程序。" },
    },
  },
});
// #endregion legal
