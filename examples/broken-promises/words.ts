import { coreLabels, type LabelBook, labelCatalogue, type Refusal } from "clientele";
import { quarterWords } from "../quarter/quarter-words.js";
import { reportWords } from "../report/report-words.js";
import { complaintWords } from "./complaint-words.js";

const en = { ...complaintWords.en, ...quarterWords.en, ...reportWords.en };
export type Word = keyof typeof en;
const zh: Readonly<Record<Word, string>> = {
  ...complaintWords["zh-CN"],
  ...quarterWords["zh-CN"],
  ...reportWords["zh-CN"],
};

const book: LabelBook = { en: { words: own(en) }, "zh-CN": { words: own(zh) } };
function own(words: Readonly<Record<Word, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(words).map(([id, text]) => [`demo/${id}`, text]));
}
const catalogue = labelCatalogue(...coreLabels, book);

/** The languages in which the demo can be shown. */
export const languages: readonly string[] = catalogue.languages;

/** Everything that the demo says, in one language: the words of the core, and a few of its own. */
export interface Words {
  readonly language: string;
  readonly own: (word: Word) => string;
  readonly state: (id: string, kind?: string) => string;
  readonly command: (id: string) => string;
  readonly event: (type: string) => string;
  /** What a service clock waits for. */
  readonly clock: (id: string) => string;
  readonly remedy: (id: string) => string;
  /** Any other word of the core: `fact/revenue`, `metric/nps`, … */
  readonly word: (id: string) => string;
  readonly label: (part: "states" | "commands", id: string) => string;
  readonly reasons: (refusal: Refusal) => readonly string[];
}

export const wordsIn = (language: string): Words => ({
  language,
  own: (word) => catalogue.label("words", `demo/${word}`, language),
  state: (id, kind = "complaint") => catalogue.label("states", `${kind}/${id}`, language),
  command: (id) => catalogue.label("commands", `complaint/${id}`, language),
  event: (type) => catalogue.label("events", type, language),
  clock: (id) => catalogue.label("words", `demo/clock/${id}`, language),
  remedy: (id) => catalogue.label("words", `remedy/${id}`, language),
  word: (id) => catalogue.label("words", id, language),
  label: (part, id) => catalogue.label(part, id, language),
  reasons: (refusal) => catalogue.reasons(refusal, language),
});
