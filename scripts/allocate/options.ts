import { parseArgs } from "node:util";
import { parseRule, type RuleSpec } from "../../voting/allocation/rule";
import { VotingError } from "../../voting/errors";

/** The command line itself is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export interface Options {
  readonly file: string;
  /** Null for the rule that the file's META names. */
  readonly rule: RuleSpec | null;
  /** Where the technical scores of `score-plus-votes` are; its rule holds none until they are read. */
  readonly scoresFile: string | null;
  readonly json: boolean;
  /** What was given and changes nothing. */
  readonly notes: readonly string[];
}

export const HELP = `npm run --silent allocate -- FILE.pb [--rule RULE [options]] [--json]

  Without --rule the file is counted by the rule and parameters in its META.
  --rule greedy            most votes first, taking what fits
      --no-skip            stop at the first project that does not fit
      --threshold N        leave out projects with fewer than N votes
      --residue            offer what is left to the first project that does not fit
      --incompatible a:b,… of each pair take at most one
  --rule greedy-per-cost   most votes for each unit of cost first
  --rule mes               Method of Equal Shares
      --utility cost|cardinality|points|points-x-cost      (cost)
      --completion none|utilitarian|add1|add1u             (add1u)
      --start exact|floor                                  (exact; none and utilitarian: always)
      --stop exhaustive|overspend                          (exhaustive)
      --increment N        in the file's currency unit     (1)
      --comparison         let greedy stand where more voters prefer it
  --rule phragmen          sequential Phragmén
  --rule score-plus-votes  technical points + N × votes / most votes
      --scores FILE.csv    columns project and technical_score
      --weight N                                           (50)
  --json                   one JSON object instead of text
`;

/** The rule each option belongs to. */
const OPTION_RULE: Readonly<Record<string, RuleSpec["rule"]>> = {
  "no-skip": "greedy",
  threshold: "greedy",
  residue: "greedy",
  incompatible: "greedy",
  utility: "mes",
  completion: "mes",
  start: "mes",
  stop: "mes",
  increment: "mes",
  comparison: "mes",
  scores: "score-plus-votes",
  weight: "score-plus-votes",
};

/** Reads the command line; null when help is asked for. Throws UsageError. */
export function readOptions(args: readonly string[]): Options | null {
  const { values, positionals } = parse(args);
  if (values.help === true) return null;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError("Name the .pb file to count.");
  if (more.length > 0) throw new UsageError(`One file at a time: ${more.join(" ")} is too much.`);
  for (const [option, owner] of Object.entries(OPTION_RULE)) {
    if (values[option as keyof typeof values] === undefined || owner === values.rule) continue;
    if (values.rule === undefined) throw new UsageError(`--${option} needs --rule ${owner}.`);
    throw new UsageError(`--${option} does not belong to the rule ${values.rule}; it belongs to ${owner}.`);
  }
  const scoresFile = values.scores ?? null;
  if (values.rule === "score-plus-votes" && scoresFile === null) {
    throw new UsageError("score-plus-votes needs the technical scores: --scores FILE.csv.");
  }
  const rule = values.rule === undefined ? null : ruleOf(values);
  return { file, rule, scoresFile, json: values.json === true, notes: notesOn(values) };
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: readonly string[]) {
  try {
    const parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      tokens: true,
      options: {
        rule: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        "no-skip": { type: "boolean" },
        threshold: { type: "string" },
        residue: { type: "boolean" },
        incompatible: { type: "string" },
        utility: { type: "string" },
        completion: { type: "string" },
        start: { type: "string" },
        stop: { type: "string" },
        increment: { type: "string" },
        comparison: { type: "boolean" },
        scores: { type: "string" },
        weight: { type: "string" },
      },
    });
    const names = parsed.tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    const twice = names.find((name, place) => names.indexOf(name) !== place);
    if (twice !== undefined) throw new UsageError(`--${twice} is given twice.`);
    return parsed;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function ruleOf(values: Values): RuleSpec {
  const given = (name: keyof Values & string, value: unknown = values[name]) =>
    value === undefined ? {} : { [name]: value };
  try {
    return parseRule({
      rule: values.rule,
      ...(values["no-skip"] === true ? { skip: false } : {}),
      ...given("threshold"),
      ...given("residue"),
      ...given("incompatible", values.incompatible?.split(",").map(pairOf)),
      ...given("utility"),
      ...given("completion"),
      ...given("start"),
      ...given("stop"),
      ...given("increment"),
      ...given("comparison"),
      ...given("weight"),
      ...(values.rule === "score-plus-votes" ? { scores: {} } : {}),
    });
  } catch (error) {
    if (error instanceof VotingError && error.code === "rule-unknown") {
      throw new UsageError(
        `${error.message}; rules are greedy, greedy-per-cost, mes, phragmen and score-plus-votes.`,
      );
    }
    if (error instanceof VotingError) throw new UsageError(`--${error.message}.`);
    throw error;
  }
}

function pairOf(text: string): [string, string] {
  const [a = "", b = "", ...more] = text.split(":").map((id) => id.trim());
  if (a === "" || b === "" || more.length > 0) {
    throw new UsageError(`--incompatible takes pairs such as a:b,c:d; "${text}" is none.`);
  }
  return [a, b];
}

function notesOn(values: Values): string[] {
  if (values.rule !== "mes" || (values.completion !== "none" && values.completion !== "utilitarian"))
    return [];
  return (["start", "stop", "increment"] as const)
    .filter((option) => values[option] !== undefined)
    .map(
      (option) =>
        `--${option} changes nothing: --completion ${values.completion} always runs once, from exactly B/n.`,
    );
}
