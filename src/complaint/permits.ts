import * as command from "./commands.js";
import { complaint } from "./model.js";

/** Contact staff handle complaints. */
export const handling = complaint.permit("handling", {
  actors: ["staff"],
  opens: true,
  commands: [
    command.acknowledge,
    command.assess,
    command.reassess,
    command.investigate,
    command.propose,
    command.accept,
    command.decline,
    command.resolve,
    command.confirm,
    command.dispute,
    command.reopen,
    command.withdraw,
    command.escalate,
    command.assign,
    command.handOver,
    command.note,
    command.contact,
    command.waitForCustomer,
    command.waitForThirdParty,
    command.reply,
    command.resume,
    command.appeal,
    command.deescalate,
    command.find,
    command.approve,
    command.carryOut,
    command.verify,
    command.transfer,
    command.dispatch,
    command.visit,
    command.promise,
    command.answer,
    command.relate,
    command.unrelate,
    command.merge,
    command.split,
  ],
});
/** To say no to a customer takes a manager. */
export const deciding = complaint.permit("deciding", {
  actors: ["staff"],
  roles: ["manager"],
  commands: [command.reject],
});
/** Customers speak in their own cases. */
export const complaining = complaint.permit("complaining", {
  actors: ["customer"],
  own: true,
  opens: true,
  commands: [
    command.accept,
    command.decline,
    command.confirm,
    command.dispute,
    command.reopen,
    command.withdraw,
    command.contact,
    command.reply,
    command.appeal,
  ],
});
/** The house's own software: what surveys, jobs and reactions may do. */
export const automation = complaint.permit("automation", {
  actors: ["system"],
  opens: true,
  commands: [
    command.acknowledge,
    command.assign,
    command.escalate,
    command.note,
    command.contact,
    command.absorb,
    command.deem,
    command.giveUp,
    command.relate,
  ],
});
