import { csat, momentsOf, scoresOf, tallyColumns } from "clientele";
import { mean, sampleVariance } from "simple-statistics";
import { type Bar, compete, printTimes, ratio } from "./rounds.js";

const answers = 1_000_000;
const groupCount = 1000;

/** Scoring a million answers in a thousand groups, beside simple-statistics on the objects a host would have. */
export function scoring(): readonly Bar[] {
  const names = Array.from({ length: groupCount }, (_, i) => `person-${i}`);
  const groups = new Uint16Array(answers);
  const scores = new Uint8Array(answers);
  for (let i = 0; i < answers; i++) {
    groups[i] = (Math.imul(i + 1, 2_654_435_761) >>> 8) % groupCount;
    scores[i] = 1 + ((Math.imul(i + 1, 1_597_334_677) >>> 9) % 5);
  }
  const objects = Array.from(groups, (group, i) => ({ person: names[group]!, score: scores[i]! }));

  const ours = () => {
    const tally = tallyColumns(csat, names, groups, scores);
    const shares = scoresOf(tally);
    return names.map((name) => {
      const { mean, variance } = momentsOf(tally.groups.get(name)!);
      return { name, mean: mean!, variance: variance!, share: shares.get(name)!.value! };
    });
  };
  const theirs = () => {
    const byPerson = new Map<string, number[]>();
    for (const { person, score } of objects) {
      const list = byPerson.get(person);
      if (list === undefined) byPerson.set(person, [score]);
      else list.push(score);
    }
    return names.map((name) => {
      const list = byPerson.get(name)!;
      const share = mean(list.map((score) => (score >= 4 ? 1 : 0)));
      return { name, mean: mean(list), variance: sampleVariance(list), share };
    });
  };
  const peer = theirs();
  const near = (x: number, y: number) => Math.abs(x - y) < 1e-9;
  for (const [i, a] of ours().entries()) {
    const b = peer[i]!;
    if (!near(a.mean, b.mean) || !near(a.variance, b.variance) || !near(a.share, b.share))
      throw new Error(`${a.name}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
  }
  const times = compete(
    [
      { name: "tallyColumns", run: ours },
      { name: "simple-statistics", run: theirs },
    ],
    7,
    60,
  );
  printTimes("scoring 1,000,000 answers in 1,000 groups: n, mean, variance, top box", times);
  return [
    {
      what: "scoring: simple-statistics to tallyColumns",
      measured: ratio(times, "simple-statistics", "tallyColumns"),
      atLeast: 10,
    },
  ];
}
