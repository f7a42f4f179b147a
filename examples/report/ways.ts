import type { Phase, State, Transition } from "clientele";
import type { Words } from "../broken-promises/words.js";

/** A way that leads on: from named states or from whichever have a phase, to a state or back to where a pause began. */
export interface Way {
  readonly states: readonly State[];
  readonly phases: readonly Phase[];
  readonly to: State | "previous";
  readonly labels: readonly string[];
}

/** Commands that move and deadlines that move, as ways; what leads from the same to the same is one way. */
export function waysOf(states: readonly State[], transitions: readonly Transition[], words: Words): readonly Way[] {
  const ways = new Map<string, Way>();
  const add = (from: Pick<Way, "states" | "phases">, to: Way["to"], label: string) => {
    const key = JSON.stringify([from.states.map(({ id }) => id), from.phases, to === "previous" ? to : to.id]);
    const labels = ways.get(key)?.labels ?? [];
    ways.set(key, { ...from, to, labels: labels.includes(label) ? labels : [...labels, label] });
  };
  for (const { id, "~def": def } of transitions) {
    const { from, to } = def;
    if (to === "same") continue;
    if ("phase" in from) add({ states: [], phases: [from.phase].flat() as readonly Phase[] }, to, words.command(id));
    else for (const state of from) add({ states: [state], phases: [] }, to, words.command(id));
  }
  for (const state of states) {
    if (state.then === undefined || state.deadline === undefined || !("days" in state.deadline)) continue;
    const label = [words.own("r/after"), state.deadline.days, words.own("r/days")].join("\u00a0");
    add({ states: [state], phases: [] }, state.then, label);
  }
  return [...ways.values()];
}

/** States in the order of the road from the first one: what a state leads to comes after it, ways back left out. */
export function alongTheRoad(initial: string, states: readonly State[], ways: readonly Way[]): readonly State[] {
  const road: State[] = [];
  const seen = new Set<State>();
  const visit = (state: State): void => {
    if (seen.has(state)) return;
    seen.add(state);
    for (const { to, states: from } of ways)
      if (to !== "previous" && states.includes(to) && from.includes(state)) visit(to);
    road.unshift(state);
  };
  for (const state of [...states].sort((a, b) => Number(b.id === initial) - Number(a.id === initial))) visit(state);
  // What the first one does not lead to was put in front of it.
  const first = road.findIndex(({ id }) => id === initial);
  return [...road.slice(first), ...road.slice(0, first)];
}
