import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { z } from "zod";
import { runGathered } from "./run";

/** One test, for the list of the slowest. */
export type Timing = { name: string; file: string; seconds: number };
/** What went wrong: a test with its message, or a section with the end of what it printed. */
export type Failure = { name: string; message: string };
export type Outcome = {
  passed: number;
  failed: number;
  output: string;
  timings: readonly Timing[];
  failures: readonly Failure[];
};

/** What property tests draw from when `npm test` runs them, so that a change is judged by nothing else than itself. */
const SEED = "2026";

/** Characters of a failure's message that are repeated at the end. */
const messageLength = 1_500;

/**
 * Sections of one lane run one after the other, lanes side by side: what computes, what a browser does, and what waits
 * for the processes of a Fabric network, and then what looks at every page.
 */
export type Lane = "computing" | "browser" | "fabric";

export type Section = {
  name: string;
  lane: Lane;
  /** Too long for every change: only with `--long`, and then nothing else. */
  long?: boolean;
  /** What it needs and this machine lacks; undefined when it can run. */
  lacking?(): Promise<string | undefined>;
  /** It starts the built site. */
  needsSite?: boolean;
  run(): Promise<Outcome>;
};

type Options = Pick<Section, "lane" | "long" | "lacking" | "needsSite">;

/** A check that is right or wrong as a whole. */
export function check(
  name: string,
  command: readonly string[],
  { limitMinutes = 5, ...options }: Partial<Options> & { limitMinutes?: number } = {},
): Section {
  return {
    name,
    lane: "computing",
    ...options,
    async run() {
      const { code, output } = await runGathered(name, command, {}, limitMinutes);
      const failures = code === 0 ? [] : [{ name, message: output.slice(-messageLength) }];
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output, timings: [], failures };
    },
  };
}

export type VitestOptions = Options & {
  project: string;
  limitMinutes: number;
  /** Only test files whose path contains one of these. */
  files?: readonly string[];
  /** Another file than `vitest.config.ts`. */
  config?: string;
  environment?: Readonly<Record<string, string>>;
};

/** The tests of one vitest project, each counted. A skipped test is one that failed to run. */
export function vitest(
  name: string,
  { project, limitMinutes, files = [], config = "vitest.config.ts", environment, ...options }: VitestOptions,
): Section {
  const size: Record<string, string> = options.long
    ? { COCITY_TEST_LONG: "1" }
    : { COCITY_TEST_SEED: process.env.COCITY_TEST_SEED || SEED };
  return {
    name,
    ...options,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), "cocity-test-"));
      const report = join(folder, "report.json");
      try {
        const { code, output } = await runGathered(
          name,
          [
            process.execPath,
            ...["node_modules/vitest/vitest.mjs", "run", ...files, "--config", config, "--project", project],
            ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
          ],
          { ...size, ...environment },
          limitMinutes,
        );
        const counted = count(await readFile(report, "utf8").catch(() => ""), code);
        // Without a failed test something outside of all tests has failed, such as the setup.
        const outside = counted.failed > 0 && counted.failures.length === 0;
        const failures = outside ? [{ name, message: output.slice(-messageLength) }] : counted.failures;
        return { ...counted, failures, output };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          duration: z.number().nullish(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

function count(report: string, code: number): Omit<Outcome, "output"> {
  const parsed = report ? reportSchema.safeParse(JSON.parse(report)) : undefined;
  if (!parsed?.success) return { passed: 0, failed: 1, timings: [], failures: [] };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed.data;
  const failed = numFailedTests + numPendingTests + numTodoTests;
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: relative(process.cwd(), name) })),
  );
  const timings = tests.map(({ fullName, file, duration }) => ({
    ...{ name: fullName, file, seconds: (duration ?? 0) / 1000 },
  }));
  const failures = tests
    .filter(({ status }) => status !== "passed")
    .map(({ fullName, file, status, failureMessages }) => ({
      name: `${file}: ${fullName}`,
      message: (failureMessages ?? []).join("\n").slice(0, messageLength) || status,
    }));
  // A file that does not load and an error outside every test are no test's failure, and failures all the same.
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed, timings, failures };
}
