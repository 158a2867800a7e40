/**
 * Counts a Pabulib file by a rule: `npm run --silent allocate -- FILE.pb [--rule RULE [options]] [--json]`.
 * Prints the outcome to standard output; what is wrong goes to standard error with exit code 2.
 */
import { allocate, type RuleSpec } from "../voting/allocation/rule";
import { VotingError } from "../voting/errors";
import { PabulibError } from "../voting/pabulib/csv";
import { type PabulibFile, parsePabulib } from "../voting/pabulib/parse";
import { HELP, type Options, readOptions, UsageError } from "./allocate/options";
import { createProgress } from "./allocate/progress";
import { FileError, readText } from "./allocate/read";
import { jsonReport, textReport } from "./allocate/report";
import { readScores } from "./allocate/scores";

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  try {
    const options = readOptions(args);
    if (options === null) {
      process.stdout.write(HELP);
      return 0;
    }
    for (const note of options.notes) tell(note);
    const progress = createProgress(process.stderr);
    const file = inFile(options.file, () => parsePabulib(readText(options.file), progress.reading));
    const rule = ruleOf(options, file);
    const notes = [...file.warnings, ...file.notApplied(rule)];
    for (const note of notes) tell(`${options.file}: ${note}`);
    const started = performance.now();
    const outcome = allocate(file.instance, rule, progress.counting(file.instance.budget));
    const milliseconds = Math.round((performance.now() - started) * 1000) / 1000;
    progress.clear();
    const report = { file, outcome, notes, milliseconds };
    process.stdout.write(options.json ? `${jsonReport(report)}\n` : printable(textReport(report)));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) tell(`${error.message}\nnpm run allocate -- --help shows the options.`);
    else if (error instanceof FileError || error instanceof VotingError) tell(error.message);
    else throw error;
    return 2;
  }
}

function ruleOf({ file: path, rule, scoresFile }: Options, file: PabulibFile): RuleSpec {
  if (rule === null) {
    if (file.rule !== null) return file.rule;
    throw new UsageError(`META of ${path} does not say how to count; choose a rule with --rule.`);
  }
  if (rule.rule !== "score-plus-votes" || scoresFile === null) return rule;
  return { ...rule, scores: inFile(scoresFile, () => readScores(readText(scoresFile), file)) };
}

function tell(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** What a file says must not steer the terminal it is shown on. */
function printable(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, "\uFFFD");
}

/** Puts the name of the file before line and column. */
function inFile<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PabulibError) {
      throw new FileError(`${path}:${error.line}:${error.column}: ${error.reason}`);
    }
    throw error;
  }
}
