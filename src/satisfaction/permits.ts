import * as command from "./commands.js";
import { satisfaction } from "./model.js";

const all = [command.answer, command.dismiss, command.excuse];

/** Staff ask by phone and write down; the house's software asks by itself. */
export const asking = satisfaction.permit("asking", { actors: ["staff", "system"], opens: true, commands: all });
/** Customers answer for themselves, invited or not. */
export const answering = satisfaction.permit("answering", {
  actors: ["customer"],
  own: true,
  opens: true,
  commands: all,
});
