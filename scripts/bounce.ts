/*
 * npm run --silent bounce: reads one mail from standard input, as a mail server pipes it to an alias, and takes in what it reports
 * about a mail of ours that could not be delivered. With the worker's DATABASE_URL and KEY_ENCRYPTION_KEY; whoever can run it is
 * believed. Prints one line of JSON. Ends with 0 for whatever it has read, so that no server answers a report with another one,
 * and with 75, try again later, where the database cannot be reached.
 */
import { MOST_BOUNCE_BYTES } from "@/features/notifications/bounce";

const TRY_AGAIN = 75;

const message = await read();
try {
  const [{ takeBounce }, { db }] = [
    await import("@/features/notifications/bounce-service"),
    await import("@/lib/db"),
  ];
  console.log(JSON.stringify(await takeBounce(message)));
  await db.$disconnect();
} catch (error) {
  // What it says may name an address: the kind is enough.
  console.error(`not taken: ${error instanceof Error ? error.name : "error"}`);
  process.exitCode = TRY_AGAIN;
}

/** What is longer is cut: the report stands at the beginning. */
async function read(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    if (length < MOST_BOUNCE_BYTES) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BOUNCE_BYTES).toString("utf8");
}
