import * as command from "./commands.js";
import { followUp } from "./model.js";

/** Staff make the contacts and move them. */
export const contacting = followUp.permit("contacting", {
  actors: ["staff"],
  opens: true,
  commands: [
    command.reach,
    command.refuse,
    command.miss,
    command.abandon,
    command.reschedule,
    command.replan,
    command.cancel,
  ],
});
/** Planning opens, moves and cancels. */
export const planning = followUp.permit("planning", {
  actors: ["system"],
  opens: true,
  commands: [command.reach, command.refuse, command.miss, command.abandon, command.reschedule, command.cancel],
});
