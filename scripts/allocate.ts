/**
 * Counts a Pabulib file by a rule: `npm run --silent allocate -- FILE.pb --rule RULE [options] [--json]`.
 * Prints the outcome to standard output; what is wrong goes to standard error with exit code 2.
 */
import { allocate, type RuleSpec } from "../voting/allocation/rule";
import { VotingError } from "../voting/errors";
import { PabulibError } from "../voting/pabulib/csv";
import { parsePabulib } from "../voting/pabulib/parse";
import { HELP, readOptions, UsageError } from "./allocate/options";
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
    for (const note of options.notes) process.stderr.write(`${note}\n`);
    const progress = createProgress(process.stderr);
    const file = inFile(options.file, () => parsePabulib(readText(options.file), progress.reading));
    for (const warning of file.warnings) process.stderr.write(`${options.file}: ${warning}\n`);
    const { scoresFile } = options;
    const rule: RuleSpec =
      options.rule.rule === "score-plus-votes" && scoresFile !== null
        ? { ...options.rule, scores: inFile(scoresFile, () => readScores(readText(scoresFile), file)) }
        : options.rule;
    const started = performance.now();
    const outcome = allocate(file.instance, rule, progress.counting(file.instance.budget));
    const milliseconds = Math.round((performance.now() - started) * 1000) / 1000;
    progress.clear();
    const report = { file, outcome, milliseconds };
    process.stdout.write(options.json ? `${jsonReport(report)}\n` : textReport(report));
    return 0;
  } catch (error) {
    if (error instanceof UsageError)
      process.stderr.write(`${error.message}\nnpm run allocate -- --help shows the options.\n`);
    else if (error instanceof FileError || error instanceof VotingError)
      process.stderr.write(`${error.message}\n`);
    else throw error;
    return 2;
  }
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
