import * as command from "./commands.js";
import { followUp } from "./model.js";

const byHand = [command.reach, command.refuse, command.miss, command.abandon, command.reschedule, command.cancel];

/** Staff make the contacts and move them by hand. */
export const contacting = followUp.permit("contacting", { actors: ["staff"], opens: true, commands: byHand });
/** Planning opens, moves and drops; a dialler or a mailing makes contacts by itself. */
export const planning = followUp.permit("planning", {
  actors: ["system"],
  opens: true,
  commands: [...byHand, command.replan, command.drop],
});
