import type { SlotWrite } from "./event.js";
import type { $ZodType } from "./schema.js";
import type { Token } from "./token.js";

/** A plugin's own place on the record. Written only by riding on an event, so that it can be replayed. */
export interface Slot<K extends string = string, Id extends string = string, Data = any> extends Token<"slot", K, Id> {
  (data: Data): SlotWrite<K>;
  /** Rides on an event to empty the place. */
  readonly empty: SlotWrite<K>;
  readonly read: (record: { readonly slots: object }) => Data | undefined;
  readonly "~types"?: { readonly data: Data };
  readonly "~def": { readonly data: $ZodType };
}
