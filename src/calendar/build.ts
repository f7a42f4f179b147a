import { offsetsOf } from "./offsets.js";
import { dayMs, farthest, type Plan, windowsOf } from "./plan.js";
import type { Built } from "./table.js";

/**
 * The open stretches of local dates. A moment is open if its local wall time lies in a window of its local date, so
 * each window is laid onto each stretch of equal offset that it touches: nothing is ever ambiguous, what the clocks skip
 * is not there, and what they repeat is there twice.
 */
export function buildFrom(plan: Plan, firstDay: number, lastDay: number): Built {
  const days = lastDay - firstDay + 1;
  const table = offsetsOf(plan.zone, firstDay * dayMs - 3 * dayMs, lastDay * dayMs + 4 * dayMs);
  const { starts: begins, offsets } = table;
  const stretches = begins.length;
  // A window gives one stretch, and one more for each change of the clock that it touches.
  const most = (days + 1) * plan.most + 4 * stretches * (plan.most + 1);
  const starts = new Float64Array(most);
  const ends = new Float64Array(most);
  const worked = new Uint8Array(days);
  let count = 0;
  let sorted = true;
  let k = 0;
  // From the day before: its night may run into the first.
  for (let day = firstDay - 1; day <= lastDay; day++) {
    const windows = windowsOf(plan, day);
    for (let w = 0; w < windows.length; w += 2) {
      const from = day * dayMs + windows[w]!;
      const to = day * dayMs + windows[w + 1]!;
      while (k + 1 < stretches && begins[k + 1]! <= from - farthest) k++;
      for (let j = k; j < stretches && begins[j]! < to + farthest; j++) {
        const begin = begins[j]!;
        const end = j + 1 < stretches ? begins[j + 1]! : Infinity;
        const s = Math.max(from - offsets[j]!, begin);
        const e = Math.min(to - offsets[j]!, end);
        if (s >= e) continue;
        if (day >= firstDay) worked[day - firstDay] = 1;
        if (count > 0 && s <= ends[count - 1]! && s >= starts[count - 1]!) {
          if (e > ends[count - 1]!) ends[count - 1] = e;
          continue;
        }
        if (count > 0 && s < ends[count - 1]!) sorted = false;
        starts[count] = s;
        ends[count] = e;
        count++;
      }
    }
  }
  return sorted
    ? { starts: starts.subarray(0, count), ends: ends.subarray(0, count), worked }
    : { ...joined(starts, ends, count), worked };
}

/** Sorted and joined: where clocks go back, the pieces of two windows interleave. */
function joined(starts: Float64Array, ends: Float64Array, count: number): Omit<Built, "worked"> {
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => starts[a]! - starts[b]!);
  const from = new Float64Array(count);
  const to = new Float64Array(count);
  let n = 0;
  for (const i of order) {
    if (n > 0 && starts[i]! <= to[n - 1]!) {
      if (ends[i]! > to[n - 1]!) to[n - 1] = ends[i]!;
    } else {
      from[n] = starts[i]!;
      to[n] = ends[i]!;
      n++;
    }
  }
  return { starts: from.subarray(0, n), ends: to.subarray(0, n) };
}
