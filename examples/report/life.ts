import { complaint, type Phase, type ServiceRules, type State, type Transition } from "clientele";
import type { Words } from "../broken-promises/words.js";
import { type Anchor, block, line, path, rect, svg, text, wrapped } from "./svg.js";
import { alongTheRoad, waysOf } from "./ways.js";

const box = { width: 140, height: 42 };
const row = 76;
/** Left edge and width of each lane, from left to right. */
const lanes = { paused: [0, 156], open: [256, 362], closed: [718, 156] } as const;
const spine = 372;
const boxIn = { paused: lanes.paused[0] + 8, open: spine, closed: lanes.closed[0] + 8 } as const;
const edge = { right: lanes.open[0] + lanes.open[1], gapLeft: 206, gapRight: 668 };

/** The life of a complaint as its tokens say it: the road from top to bottom, pauses to the left, ends to the right. */
export function lifeDrawing(rules: Pick<ServiceRules, "tokens">, words: Words): string {
  const of = <T>(kind: string) =>
    rules.tokens.filter((t) => t.token === kind && t.of === complaint.id) as unknown as T[];
  const states = of<State>("state");
  const ways = waysOf(states, of<Transition>("transition"), words);
  const inPhase = (phase: Phase) => states.filter((state) => state.phase === phase);
  const road = alongTheRoad(complaint["~def"].initial, inPhase("open"), ways);
  const placeOf = (to: State | "previous") => (to === "previous" ? -1 : road.indexOf(to));
  const top = (place: number) => 48 + place * row;
  const middle = (place: number) => top(place) + box.height / 2;
  const bottom = top(road.length - 1) + box.height + 16;

  // Words stand upon lines, wherever the two meet.
  const lines: string[] = [];
  const labels: string[] = [];
  const arrow = (x1: number, y1: number, x2: number, y2: number) =>
    lines.push(line(x1, y1, x2, y2, "way", ' marker-end="url(#tip)"'));
  const label = (x: number, y: number, said: readonly string[], anchor: Anchor = "middle", where = "") =>
    labels.push(block(x, y, wrapped(said.join("\u00a0/ "), 15), `label${where}`, anchor));

  for (const way of ways)
    for (const from of way.states.filter((state) => placeOf(state) >= 0 && placeOf(way.to) >= 0))
      alongside(placeOf(from), placeOf(way.to), way.labels);
  for (const [place, state] of inPhase("paused").entries()) pause(state, top(1) + place * 2 * row);
  const again = ways.find(({ phases, to }) => phases.includes("closed") && placeOf(to) >= 0);
  const taken = new Set<number>([again === undefined ? -1 : placeOf(again.to)]);
  for (const state of inPhase("closed")) end(state);
  if (again !== undefined) {
    const y = middle(placeOf(again.to));
    arrow(lanes.closed[0], y, spine + box.width + 3, y);
    label(edge.gapRight, y - 10, again.labels);
  }

  const lane = (phase: Phase) => {
    const [x, wide] = lanes[phase];
    return (
      rect(x, 2, wide, bottom, "#f2f5f7", ' rx="8"') +
      text(x + wide / 2, 24, words.own(`r/${phase}`), "small", "middle")
    );
  };
  return svg(words.own("r/life"), lanes.closed[0] + lanes.closed[1], bottom + 6, [
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" class="tip"/></marker></defs>',
    lane("paused"),
    lane("open"),
    lane("closed"),
    ...lines,
    ...road.map((state, place) => drawn(state, boxIn.open, top(place))),
    ...labels,
  ]);

  function drawn(state: State, x: number, y: number): string {
    const { deadline } = state;
    const name = wrapped(words.state(state.id), 17);
    const days = deadline !== undefined && "days" in deadline && name.length === 1 ? deadline.days : undefined;
    const small = days === undefined ? "" : text(x + 70, y + 35, `${days} ${words.own("r/days")}`, "small", "middle");
    const frame = rect(x, y, box.width, box.height, "#ffffff", ' class="box" rx="6"');
    return frame + block(x + 70, y + (days === undefined ? 21 : 15), name, "strong", "middle") + small;
  }

  /** To the next state straight on; past others around on the right; back on the left. */
  function alongside(a: number, b: number, said: readonly string[]): void {
    if (b === a + 1) {
      arrow(spine + 70, top(a) + box.height, spine + 70, top(b) - 3);
      label(spine + 80, (top(a) + box.height + top(b)) / 2 - 2, said, "start", " in");
      return;
    }
    const on = b > a ? 1 : -1;
    const x = on > 0 ? spine + box.width : spine;
    const bulge = on * (16 + 14 * Math.abs(b - a));
    const [from, to] = [middle(a) + on * 7, middle(b) - on * (a - b === 1 ? 6 : 10)];
    const curve = ["M", x, from, "C", x + bulge, from, x + bulge, to, x + on * 3, to];
    lines.push(path(curve, "way", ' marker-end="url(#tip)"'));
    label(x + bulge * 0.78 + on * 4, (middle(a) + middle(a + on)) / 2 + on * 4, said, on > 0 ? "start" : "end", " in");
  }

  /** From anywhere open into a pause, and back to where it was. */
  function pause(state: State, y: number): void {
    const into = ways.filter((way) => way.to === state);
    const back = ways.filter((way) => way.to === "previous" && way.states.includes(state));
    if (into.length > 0) arrow(lanes.open[0], y + 12, boxIn.paused + box.width + 3, y + 12);
    if (back.length > 0) arrow(boxIn.paused + box.width, y + 32, lanes.open[0] - 3, y + 32);
    label(
      edge.gapLeft,
      y - 8,
      into.flatMap((way) => way.labels),
    );
    label(
      edge.gapLeft,
      y + 55,
      back.flatMap((way) => way.labels),
    );
    lines.push(drawn(state, boxIn.paused, y));
  }

  /** An end beside where it is reached from; below it, from where that is. */
  function end(state: State): void {
    const into = ways.filter((way) => way.to === state);
    const from = into.flatMap((way) => way.states.map(placeOf)).filter((place) => place >= 0);
    const [first, last] = [Math.min(...from), Math.max(...from)];
    const free = road.findIndex((_, place) => !taken.has(place) && place > Math.min(...taken));
    const beside = from.length === 0 ? free : Math.floor((first + last) / 2);
    const place = taken.has(beside) ? free : beside;
    taken.add(place);
    arrow(first === last ? spine + box.width : edge.right, middle(place), boxIn.closed - 3, middle(place));
    label(edge.gapRight, middle(place) - 10 - (first === last ? 14 : 0), [
      ...new Set(into.flatMap((way) => way.labels)),
    ]);
    lines.push(drawn(state, boxIn.closed, top(place)));
    const phases = [...new Set(into.flatMap((way) => way.phases))].map((phase) =>
      words.own(phase === "paused" ? "r/anyPaused" : "r/anyOpen"),
    );
    const several = first < last ? [`${words.state(road[first]!.id)} … ${words.state(road[last]!.id)}`] : [];
    const whence = wrapped([...phases, ...several].join(", "), 26);
    lines.push(block(boxIn.closed + 70, top(place) + box.height + 10, whence, "small", "middle"));
  }
}
