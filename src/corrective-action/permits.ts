import * as command from "./commands.js";
import { correctiveAction } from "./model.js";

/** Staff handle corrective actions. */
export const improving = correctiveAction.permit("improving", {
  actors: ["staff"],
  opens: true,
  commands: [
    command.contain,
    command.analyse,
    command.planAction,
    command.dropAction,
    command.submit,
    command.verify,
    command.replan,
    command.reanalyse,
    command.complete,
    command.implement,
    command.passCheck,
    command.failCheck,
    command.reopen,
    command.link,
    command.unlink,
    command.assign,
    command.handOver,
    command.escalate,
    command.note,
  ],
});
/** To leave a cause where it is takes a manager. */
export const cancelling = correctiveAction.permit("cancelling", {
  actors: ["staff"],
  roles: ["manager"],
  commands: [command.cancel],
});
/** The house's own software: what reactions and jobs may do. What people have to answer for is theirs. */
export const automation = correctiveAction.permit("automation", {
  actors: ["system"],
  opens: true,
  commands: [command.link, command.assign, command.escalate, command.reopen, command.note],
});
