import { randomBytes, timingSafeEqual } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import type { Service } from "./service";

/** How another program of the same account finds the supervisor of a data folder. */
export const controlFile = (folder: string) => join(folder, "control.json");
export const controlSchema = z.object({
  socket: z.string(),
  token: z.string(),
  databaseUrl: z.string(),
  /** Whether the ledger is one of the supervisor's own processes. */
  embeddedLedger: z.boolean(),
});
export type Control = z.infer<typeof controlSchema>;

const MOST_CLIENTS = 8;
/** Whoever has not asked for anything by then is sent away. */
const LONGEST_SILENCE_MS = 5_000;
/** From its beginning, whatever its holder goes on sending. */
const LONGEST_PAUSE_MS = 120_000;

/**
 * Lets a backup hold the ledger still. A client sends the token and `pause`; the ledger's process is stopped
 * where it is (SIGSTOP) and goes on when that client closes the connection, or ends, or takes too long. What is
 * on disk meanwhile is what kill -9 would leave, which the ledger starts from by design.
 */
export async function startControl(
  folder: string,
  socket: string,
  ledger: Pick<Service, "pause" | "resume"> | undefined,
  databaseUrl: string,
): Promise<{ close(): Promise<void> }> {
  const token = randomBytes(32).toString("hex");
  const asked = `${token} pause\n`;
  const clients = new Set<Socket>();
  const holders = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    let limit = setTimeout(() => client.destroy(), LONGEST_SILENCE_MS);
    let received = Buffer.alloc(0);
    client.on("error", () => client.destroy());
    client.on("close", () => {
      clearTimeout(limit);
      clients.delete(client);
      if (holders.delete(client) && holders.size === 0) ledger?.resume();
    });
    client.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < asked.length) return;
      if (holders.has(client) || !isSame(received, Buffer.from(asked))) client.destroy();
      else if (ledger?.pause() === false) client.end("not running\n");
      else {
        clearTimeout(limit);
        limit = setTimeout(() => client.destroy(), LONGEST_PAUSE_MS);
        holders.add(client);
        client.write("paused\n");
      }
    });
  });
  server.maxConnections = MOST_CLIENTS;
  await rm(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  const control: Control = { socket, token, databaseUrl, embeddedLedger: ledger !== undefined };
  await writeFile(controlFile(folder), JSON.stringify(control), { mode: 0o600 });
  return {
    async close() {
      for (const client of clients) client.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(controlFile(folder), { force: true });
    },
  };
}

function isSame(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
