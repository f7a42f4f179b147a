import * as command from "./commands.js";
import { customer } from "./model.js";

/** Staff know their customers. */
export const knowing = customer.permit("knowing", {
  actors: ["staff"],
  opens: true,
  commands: [
    command.recordFacts,
    command.rename,
    command.qualify,
    command.sign,
    command.leave,
    command.winBack,
    command.confirmFacts,
  ],
});
/** The host's systems feed facts. */
export const feeding = customer.permit("feeding", {
  actors: ["system"],
  opens: true,
  commands: [command.recordFacts, command.rename, command.qualify, command.sign, command.leave, command.winBack],
});
