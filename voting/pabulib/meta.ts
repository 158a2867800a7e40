import type { BallotType } from "../ballots/content";
import type { ProjectList } from "../ballots/validate";
import { type Decimal, parseDecimal } from "../rational";
import type { Row } from "./csv";
import { type Sections, trimmed } from "./document";

const TYPES: Readonly<Record<string, BallotType>> = {
  approval: "approval",
  "choose-1": "choice",
  cumulative: "points",
  scoring: "points",
  ordinal: "ranking",
};

/** META key for the order drawn at freeze, ids separated by commas, in files that have no comment with it. */
export const TIE_ORDER_KEY = "tie_breaking_order";

/** What META says, each value checked when it is asked for. Throws PabulibError at the value. */
export type Meta = ReturnType<typeof readMeta>;

export function readMeta(sections: Sections) {
  const { header, columns, rows } = sections.meta;
  if (columns[0]?.toLowerCase() !== "key" || columns[1]?.toLowerCase() !== "value") {
    throw sections.errorAt(
      header,
      0,
      "META does not begin with the line key;value; fields are separated by ;",
    );
  }
  const values = new Map<string, { readonly row: Row; readonly value: string }>();
  const known = new Set([...COUNTED_KEYS]);
  for (const row of rows) {
    const [key = "", ...rest] = trimmed(row);
    if (key === "") throw sections.errorAt(row, 0, "this line of META has no key");
    if (rest.length === 0)
      throw sections.errorAt(row, 0, `${key} has no value; key and value are separated by ;`);
    if (values.has(key) && known.has(key)) throw sections.errorAt(row, 0, `META gives ${key} a second time`);
    values.set(key, { row, value: rest.join(";") });
  }
  const wrong = (key: string, reason: string) => {
    const entry = values.get(key);
    return sections.errorAt(entry?.row ?? header, entry === undefined ? 0 : 1, reason);
  };
  const value = (key: string) => {
    const text = values.get(key)?.value ?? "";
    return text === "" ? null : text;
  };
  const number = (key: string): Decimal | null => {
    const text = value(key);
    if (text === null) return null;
    const parsed = parseDecimal(text);
    if (parsed === null)
      throw wrong(key, `${key} is "${text}", which is not a number (one separator, before the decimals)`);
    return parsed;
  };
  return {
    value,
    /** Keys that no count looks at, in the order of the file, with their values. */
    uncounted: (): [string, string][] =>
      [...values]
        .filter(([key, entry]) => !known.has(key) && entry.value !== "")
        .map(([key, entry]) => [key, entry.value]),
    /** An error at the value of a key. */
    wrong,
    decimal: (key: string): string | null => (number(key) === null ? null : value(key)),
    amount(key: string): Decimal | null {
      const parsed = number(key);
      if (parsed !== null && parsed.units < 0n) throw wrong(key, `${key} is negative`);
      return parsed;
    },
    count(key: string): number | null {
      const parsed = number(key);
      if (parsed === null) return null;
      if (parsed.decimals > 0 || parsed.units < 0n) throw wrong(key, `${key} is not a whole number`);
      return Number(parsed.units);
    },
    missing(key: string): never {
      throw wrong(key, values.has(key) ? `${key} has no value` : `META does not give the ${key}`);
    },
    voteType(): BallotType {
      const text = value("vote_type");
      if (text === null) throw wrong("vote_type", "META does not give the vote_type");
      const type = Object.hasOwn(TYPES, text) ? TYPES[text] : undefined;
      if (type === undefined) {
        throw wrong("vote_type", `vote_type is "${text}"; it can be ${Object.keys(TYPES).join(", ")}`);
      }
      return type;
    },
    tieOrder(list: ProjectList, inComment: readonly string[] | null): readonly string[] | null {
      const [key, ids] = inComment
        ? ["comment", inComment]
        : [
            TIE_ORDER_KEY,
            value(TIE_ORDER_KEY)
              ?.split(",")
              .map((id) => id.trim()) ?? null,
          ];
      if (ids === null) return null;
      const whole = new Set(ids).size === list.projects.length && ids.length === list.projects.length;
      if (!whole || !ids.every((id) => list.indexOf.has(id))) {
        throw wrong(key, "the order for ties does not hold every project once");
      }
      return ids;
    },
  };
}

const COUNTED_KEYS = [
  "budget",
  "vote_type",
  "min_length",
  "max_length",
  "min_sum_cost",
  "max_sum_cost",
  "min_points",
  "max_points",
  "min_sum_points",
  "max_sum_points",
  "default_score",
  "rule",
  "min_project_score_threshold",
  "comment",
  TIE_ORDER_KEY,
];
