import { type Rational, rational } from "../rational";

/**
 * A sentence that is not written yet: a key of the messages (`allocation.…`, in Italian and English) and what
 * fills its places. How money and numbers look is the reader's language's business, not the count's.
 */
export interface Sentence {
  readonly key: string;
  readonly values: Readonly<Record<string, SentenceValue>>;
}

export type SentenceValue =
  /** Money units, exact. */
  | { readonly kind: "money"; readonly amount: Rational }
  /** Voters, ballots, places in a list. */
  | { readonly kind: "count"; readonly count: number }
  /** A number that need not be whole, such as effective votes or points. */
  | { readonly kind: "number"; readonly number: Rational }
  | { readonly kind: "project"; readonly id: string }
  | { readonly kind: "projects"; readonly ids: readonly string[] };

export const money = (amount: Rational | bigint): SentenceValue => ({
  kind: "money",
  amount: typeof amount === "bigint" ? rational(amount) : amount,
});

export const count = (value: number): SentenceValue => ({ kind: "count", count: value });

export const number = (value: Rational): SentenceValue => ({ kind: "number", number: value });

export const projects = (ids: readonly string[]): SentenceValue => ({ kind: "projects", ids });

export const project = (id: string): SentenceValue => ({ kind: "project", id });

/** What a page or a command line supplies: how its language shows each kind of value. */
export interface SentenceStyle {
  readonly money: (amount: Rational) => string;
  readonly number: (value: Rational) => string;
  readonly project: (id: string) => string;
  /** Several names, joined as the language joins them. */
  readonly list: (names: readonly string[]) => string;
}

/** The values as an ICU message takes them: counts as numbers, everything else as text. */
export function fillIn(sentence: Sentence, style: SentenceStyle): Record<string, string | number> {
  const filled: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(sentence.values)) {
    switch (value.kind) {
      case "money":
        filled[name] = style.money(value.amount);
        break;
      case "count":
        filled[name] = value.count;
        break;
      case "number":
        filled[name] = style.number(value.number);
        break;
      case "project":
        filled[name] = style.project(value.id);
        break;
      case "projects":
        filled[name] = style.list(value.ids.map(style.project));
        break;
    }
  }
  return filled;
}
