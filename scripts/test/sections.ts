import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

export type Outcome = { passed: number; failed: number };

export type Section = {
  name: string;
  /** What it needs and this machine lacks; undefined when it can run. */
  lacking?(): Promise<string | undefined>;
  /** It starts the built site. */
  needsSite?: boolean;
  run(): Promise<Outcome>;
};

const minutes = 60_000;

/** A check that is right or wrong as a whole. */
export function check(name: string, command: readonly string[]): Section {
  return {
    name,
    async run() {
      const code = await show(command, {}, 5 * minutes);
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

export type VitestSection = {
  project: string;
  limitMinutes: number;
  /** Another file than `vitest.config.ts`. */
  config?: string;
  environment?: Readonly<Record<string, string>>;
} & Pick<Section, "lacking" | "needsSite">;

/** The tests of one vitest project, each counted. A skipped test is one that failed to run. */
export function vitest(
  name: string,
  { project, limitMinutes, config = "vitest.config.ts", environment = {}, ...needs }: VitestSection,
): Section {
  return {
    name,
    ...needs,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), "cocity-test-"));
      const report = join(folder, "report.json");
      try {
        const code = await show(
          [
            process.execPath,
            ...["node_modules/vitest/vitest.mjs", "run", "--config", config, "--project", project],
            ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
          ],
          environment,
          limitMinutes * minutes,
        );
        return count(await readFile(report, "utf8").catch(() => ""), code);
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
});

function count(report: string, code: number): Outcome {
  const parsed = report ? reportSchema.safeParse(JSON.parse(report)) : undefined;
  if (!parsed?.success) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = parsed.data;
  const failed = numFailedTests + numPendingTests + numTodoTests;
  // A file that does not load and an error outside every test are no test's failure, and failures all the same.
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** Runs a command before everybody's eyes and returns its exit code. */
function show(
  [command = "", ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
  limit: number,
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "inherit", "inherit"],
      detached: true,
    });
    const kill = () => {
      try {
        if (child.pid) process.kill(-child.pid, "SIGKILL");
      } catch {
        // Its group has ended already.
      }
    };
    const timer = setTimeout(() => {
      console.log(`stopped after ${limit / minutes} minutes`);
      kill();
    }, limit);
    process.once("exit", kill);
    child.once("error", (error) => console.log(error.message));
    child.once("close", (code) => {
      clearTimeout(timer);
      process.off("exit", kill);
      kill();
      resolve(code ?? 1);
    });
  });
}
