import { randomBytes, timingSafeEqual } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Service } from "./service";

/** How another program of the same account finds the supervisor of a data folder. */
export const controlFile = (folder: string) => join(folder, "control.json");
export const controlSchema = z.object({
  port: z.number(),
  token: z.string(),
  databaseUrl: z.string(),
  /** Whether the ledger is one of the supervisor's own processes. */
  embeddedLedger: z.boolean(),
});
export type Control = z.infer<typeof controlSchema>;

/**
 * Lets a backup hold the ledger still. A client sends the token and `pause`; the ledger's process is stopped
 * where it is (SIGSTOP) and goes on when the client closes the connection, or ends, or takes too long. What is
 * on disk meanwhile is what kill -9 would leave, which the ledger starts from by design.
 */
export async function startControl(
  folder: string,
  ledger: Service | undefined,
  databaseUrl: string,
): Promise<{ close(): Promise<void> }> {
  const token = randomBytes(32).toString("hex");
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setTimeout(longestPause, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      if (sockets.size === 0) ledger?.resume();
    });
    createInterface(socket).on("line", (line) => {
      if (!isSame(line, `${token} pause`)) socket.destroy();
      else socket.write(`${ledger?.pause() === false ? "not running" : "paused"}\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const control: Control = { port, token, databaseUrl, embeddedLedger: ledger !== undefined };
  await writeFile(controlFile(folder), JSON.stringify(control), { mode: 0o600 });
  return {
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(controlFile(folder), { force: true });
    },
  };
}

const longestPause = 120_000;

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
