import { ces, csat, type Metric, nps, responsesIn, type Score, scoreOf, scoresOf } from "clientele";
import type { Case } from "../broken-promises/cases.js";
import type { Played } from "../broken-promises/play.js";
import { all } from "./all.js";
import { type Grade, grades } from "./policies.js";
import type { Quarter } from "./quarter.js";
import type { Shop } from "./shop.js";

/** One metric, for everybody and by grade. */
export interface Scores {
  readonly metric: Metric;
  readonly all: Score;
  readonly byGrade: ReadonlyMap<Grade, Score>;
}

export const surveyStates = ["answered", "dismissed", "not_applicable", "expired", "invited"] as const;

/** What became of the invitations of one grade. */
export interface SurveyRow {
  readonly grade: Grade;
  readonly asked: number;
  readonly became: ReadonlyMap<(typeof surveyStates)[number], number>;
}

/** What became of the visits of one grade. */
export interface VisitRow {
  readonly grade: Grade;
  readonly planned: number;
  readonly reached: number;
  readonly refused: number;
  readonly unreached: number;
  /** Planned once, and not called for any more. */
  readonly dropped: number;
  readonly open: number;
}

/** One complaint, as the desk has it at the end. */
export interface ComplaintRow {
  readonly id: string;
  readonly orderId: string;
  readonly customer: string;
  readonly grade: string | null;
  readonly from: "promise" | "survey";
  readonly openedAt: string;
  readonly touchedAt: string;
  readonly state: string;
  readonly level: number;
  readonly severity: string | null;
  readonly owner: string | null;
  readonly remedy: string | null;
}

/** Whether nothing is to be done about it any more. */
export const atRest = ({ state }: Pick<ComplaintRow, "state">): boolean =>
  ["closed", "withdrawn", "rejected"].includes(state);

export type Results = Awaited<ReturnType<typeof resultsOf>>;

/** Reads out of the desk what the quarter has come to. */
export async function resultsOf(
  { desk }: Shop,
  cases: readonly Case[],
  { idOf }: Pick<Played, "idOf">,
  { called, registered }: Quarter,
) {
  const surveys = await all(desk.satisfaction.find);
  const scoresFor = (metric: Metric): Scores => {
    const byGrade = responsesIn(surveys, metric, ({ customerId }) => called.askedAs.get(customerId) ?? "-");
    const everybody = responsesIn(surveys, metric, () => "all");
    return {
      metric,
      all: scoresOf(everybody).get("all") ?? scoreOf(metric, []),
      byGrade: new Map(grades.map((grade) => [grade, scoresOf(byGrade).get(grade) ?? scoreOf(metric, [])])),
    };
  };
  const became = (records: typeof surveys): SurveyRow["became"] =>
    new Map(surveyStates.map((state) => [state, records.filter((record) => record.state === state).length]));
  const surveyRows = grades.map((grade): SurveyRow => {
    const own = surveys.filter(({ customerId }) => called.askedAs.get(customerId) === grade);
    return { grade, asked: own.length, became: became(own) };
  });

  const followUps = await all(desk.followUps.find);
  const visitRows = grades.map((grade): VisitRow => {
    const own = followUps.filter(({ customerId }) => registered.gradeOf.get(customerId) === grade);
    const ended = (outcome: string) => own.filter((record) => record.outcome === outcome).length;
    const dropped = own.filter(({ state }) => state === "dropped").length;
    const done = { reached: ended("reached"), refused: ended("refused"), unreached: ended("unreached"), dropped };
    const open = own.length - done.reached - done.refused - done.unreached - dropped;
    return { grade, planned: own.length, ...done, open };
  });

  const rowOf = async (id: string, more: Pick<ComplaintRow, "customer" | "grade" | "from">) => {
    const found = await desk.complaints.get(id);
    // A story that begins after the quarter has no complaint yet.
    if (!found.ok) return [];
    const { orderId, openedAt, touchedAt, state, level, severity, ownerId, proposal } = found.value;
    const remedy = proposal?.remedy ?? null;
    return [
      { id, orderId: orderId ?? "-", openedAt, touchedAt, state, level, severity, owner: ownerId, remedy, ...more },
    ];
  };
  const complaints: ComplaintRow[] = [];
  for (const one of cases) {
    const { customerName } = one.promise.order;
    complaints.push(...(await rowOf(idOf(one), { customer: customerName, grade: one.graded.grade, from: "promise" })));
  }
  for (const { complaint, buyer, grade } of called.dissatisfied)
    complaints.push(...(await rowOf(complaint, { customer: buyer.name, grade, from: "survey" })));

  return {
    scores: { nps: scoresFor(nps), csat: scoresFor(csat), ces: scoresFor(ces) },
    surveys: surveyRows,
    visits: visitRows,
    complaints,
  };
}
