export type { BatchItem, BatchOptions } from "./batch.js";
export type { Answer, Asked, Done, ExecuteRequest, OpenRequest } from "./commands.js";
export {
  createServiceDesk,
  type DeskOptions,
  type KindDesk,
  type ServiceDesk,
  type TenantDesk,
  type TimelineOf,
} from "./create.js";
export type { ImportedCase, ImportOptions, ImportOutcome } from "./import.js";
export type { DoorSpan, Observer } from "./observe.js";
export type { Abort } from "./options.js";
export type { Holding, PeopleDesk } from "./people.js";
export type { PlanOptions } from "./plan-all.js";
export type { Adopting, Policies } from "./policies.js";
export type { FindQuery, Found, TimelinePage } from "./reads.js";
export type { Rebuilt } from "./rebuild.js";
export type { ReindexOptions, ReindexReport } from "./reindex.js";
export type { Deliveries, HaltedEvent, RelayOptions, RelayReport } from "./relay.js";
export type { SweepOptions, SweepReport } from "./sweep.js";
