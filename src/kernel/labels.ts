import { guarded } from "./guarded.js";
import type { Grantee, Refusal } from "./result.js";

/**
 * Words for people, by language, of one source (the core, a plugin, the host). Keys: states and commands are
 * `kind/id` (`complaint/received`), events their type, refusals and denials their code, words anything else.
 */
export interface Labels {
  readonly states?: Readonly<Record<string, string>>;
  readonly commands?: Readonly<Record<string, string>>;
  readonly events?: Readonly<Record<string, string>>;
  readonly refusals?: Readonly<Record<string, string>>;
  readonly words?: Readonly<Record<string, string>>;
}
export type LabelPart = keyof Labels;
/** Labels by language tag, such as `en` and `zh-CN`. */
export type LabelBook = Readonly<Record<string, Labels>>;

/** Finds words. What has none is answered by its own id, so that a screen is never empty. */
export interface LabelCatalogue {
  readonly languages: readonly string[];
  readonly label: (part: LabelPart, id: string, language: string) => string;
  readonly has: (part: LabelPart, id: string, language: string) => boolean;
  /** Every reason of a refusal, the general one first. */
  readonly reasons: (refusal: Refusal, language: string) => readonly string[];
}

/**
 * Puts label books together; of two words for one id the later book's holds, so a host can use its own.
 *
 * @example
 * ```ts
 * import { labelCatalogue } from "clientele";
 *
 * const words = labelCatalogue({ en: { states: { "complaint/acme.parked": "Parked" } } });
 * words.label("states", "complaint/acme.parked", "en"); // => "Parked"
 * words.label("states", "complaint/other", "en"); // => "complaint/other"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function labelCatalogue(...books: readonly LabelBook[]): LabelCatalogue {
  const find = (part: LabelPart, id: string, language: string): string | undefined => {
    for (let i = books.length - 1; i >= 0; i--) {
      const labels = own(own(own(books[i], language), part), id);
      if (typeof labels === "string") return labels;
    }
    return undefined;
  };
  const label = (part: LabelPart, id: string, language: string) => find(part, id, language) ?? id;
  const every = (refusal: Refusal, language: string): readonly string[] => {
    const general = label("refusals", refusal.code, language);
    switch (refusal.code) {
      case "DENIED":
        return [general, ...refusal.denials.map((d) => label("refusals", d.code, language))];
      case "INVALID_INPUT":
      case "INVALID_CONTEXT":
        return [general, ...refusal.issues.map((i) => (i.path === "" ? i.message : `${i.path}: ${i.message}`))];
      case "NOT_PERMITTED": {
        const word = (id: string) => label("words", id, language);
        const told = ({ actors, roles, own }: Grantee) =>
          [
            actors === "anyone" ? word("actor/anyone") : actors.map((kind) => word(`actor/${kind}`)).join(", "),
            ...(roles === "any" ? [] : [`(${roles.join(", ")})`]),
            ...(own ? [word("refusal/own")] : []),
          ].join(" ");
        return [general, ...refusal.may.map((grantee) => `${word("refusal/may")} ${told(grantee)}`)];
      }
      case "WRONG_STATE": {
        const states = refusal.accepts.map((id) => label("states", `${refusal.kind}/${id}`, language));
        return [general, `${label("words", "refusal/accepts", language)} ${states.join(", ")}`];
      }
      case "REACTION_REFUSED":
        return [general, ...every(refusal.because, language)];
      default:
        return [general];
    }
  };
  const reasons = (refusal: Refusal, language: string): readonly string[] => {
    try {
      return every(refusal, language);
    } catch {
      // What came from elsewhere and has not the form of a refusal says nothing.
      return [];
    }
  };
  return {
    languages: guarded("INVALID_OPTIONS", "labelCatalogue", () =>
      [...new Set(books.flatMap((b) => Object.keys(b)))].sort(),
    ),
    label,
    has: (part, id, language) => find(part, id, language) !== undefined,
    reasons,
  };
}

/** An id such as `constructor` must not find what every object inherits; a book that cannot be read has no words. */
function own(record: unknown, key: string): unknown {
  try {
    return typeof key === "string" && typeof record === "object" && record !== null && Object.hasOwn(record, key)
      ? (record as Readonly<Record<string, unknown>>)[key]
      : undefined;
  } catch {
    return undefined;
  }
}
