import * as command from "./commands.js";
import { grading } from "./model.js";

/** Grades follow from facts: the house's software and its staff may have one worked out. */
export const working = grading.permit("working", {
  actors: ["system", "staff"],
  opens: true,
  commands: [command.grade, command.end, command.begin],
});
/** To set a grade by hand takes a manager. */
export const overriding = grading.permit("overriding", {
  actors: ["staff"],
  roles: ["manager"],
  commands: [command.override, command.lift],
});
