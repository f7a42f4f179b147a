/** As deep as canonical JSON goes; a circle always gets there. */
const deepest = 500;

/**
 * A value as JSON holds it: itself where nothing changes, a copy without the members that are `undefined`, and
 * `undefined` where it cannot be held (a date, a function, NaN, a hole, a circle). What is said must survive being stored.
 */
export function json(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? (value === 0 ? 0 : value) : undefined;
    case "object":
      if (value === null) return null;
      if (depth > deepest) return undefined;
      return Array.isArray(value) ? list(value, depth + 1) : record(value, depth + 1);
    default:
      return undefined;
  }
}

function list(value: readonly unknown[], depth: number): unknown {
  let changed = false;
  const copy: unknown[] = [];
  for (const element of value) {
    const held = json(element, depth);
    if (held === undefined) return undefined;
    if (!Object.is(held, element)) changed = true;
    copy.push(held);
  }
  return changed ? copy : value;
}

function record(value: object, depth: number): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return undefined;
  const from = value as Record<string, unknown>;
  let changed = false;
  for (const name in from) {
    const member = from[name];
    if (typeof member === "string" || member === null) continue;
    if (member === undefined) changed = true;
    else {
      const held = json(member, depth);
      if (held === undefined) return undefined;
      if (!Object.is(held, member)) changed = true;
    }
  }
  if (!changed) return value;
  const kept = Object.entries(from).filter(([, member]) => member !== undefined);
  return Object.fromEntries(kept.map(([name, member]) => [name, json(member, depth)]));
}
