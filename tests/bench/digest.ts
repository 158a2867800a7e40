import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundlePrograms } from "@/scripts/programs";
import { lackingPostgresql } from "@/scripts/test/machine";
import { startMailServer } from "@/tests/integration/mail-server";
import type { DigestFigures } from "./digest/process";
import { startDatabase } from "./roll/databases";

export const needs = "contracts";
export const onlyByName = true;

const run = promisify(execFile);
const bundles = join("dist", "bench");
const FOLLOWERS = 20_000;
/** What a run may take, from the events until the server has the last mail. */
const MOST_SECONDS = 300;
const MOST_MEMORY_MB = 1_000;

/**
 * Digests of three events each for many followers: made, and taken by a mail server on this machine; in a process of its own,
 * bundled as the worker is. Prints seconds and the most memory that the process had at once.
 */
export default async function measureDigests(): Promise<object> {
  await bundlePrograms(["tests/bench/digest/process.ts"], bundles);
  const results: Record<string, object> = {};
  for (const kind of ["pglite", "postgresql"] as const) {
    const lacking = kind === "postgresql" ? await lackingPostgresql() : undefined;
    if (lacking) {
      results[kind] = { notMeasured: lacking };
      continue;
    }
    const [database, mails] = [await startDatabase(kind), await startMailServer()];
    try {
      const program = join(bundles, "tests", "bench", "digest", "process.js");
      const { stdout } = await run(
        process.execPath,
        ["--conditions=react-server", program, String(FOLLOWERS)],
        {
          env: {
            ...process.env,
            ...{ KEY_ENCRYPTION_KEY: "0".repeat(64), DATABASE_URL: database.url, DATABASE_KIND: kind },
            ...{ SMTP_URL: mails.url, MAIL_FROM: "Co-City <cocity@example.org>" },
          },
        },
      );
      const figures = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as DigestFigures;
      const received = new Set(mails.received.map(({ headers }) => headers.get("message-id"))).size;
      if (received !== FOLLOWERS)
        throw new Error(`${FOLLOWERS} followers were sent ${received} digests, on ${kind}`);
      const { told, made, sent } = figures.seconds;
      if (told + made + sent > MOST_SECONDS || figures.peakMemoryMB > MOST_MEMORY_MB)
        throw new Error(`digests on ${kind}: ${JSON.stringify(figures)}`);
      results[kind] = { ...figures, received };
    } finally {
      await mails.close();
      await database.stop();
    }
  }
  return results;
}
