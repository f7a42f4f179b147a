import * as command from "./commands.js";
import { grading } from "./model.js";

/** A grade follows from the facts on record: who could name the facts could name the grade. */
export const working = grading.permit("working", { actors: ["system"], commands: [command.grade] });
/** Who is graded at all. */
export const keeping = grading.permit("keeping", {
  actors: ["system", "staff"],
  opens: true,
  commands: [command.end, command.begin],
});
/** To set a grade by hand takes a manager. */
export const overriding = grading.permit("overriding", {
  actors: ["staff"],
  roles: ["manager"],
  commands: [command.override, command.lift],
});
