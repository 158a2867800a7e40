/** A part's server on its socket, or on a port of loopback behind the organisation's own web server. */
import { rm } from "node:fs/promises";
import type { Server } from "node:http";

/** @param target path of a socket, or `127.0.0.1:PORT` */
export async function listen(server: Server, target: string): Promise<void> {
  const [, host, port] = /^(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/.exec(target) ?? [];
  // A process that was killed leaves its socket.
  if (!port) await rm(target, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    if (port) server.listen(Number(port), host, resolve);
    else server.listen(target, resolve);
  });
}

export function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const limit = setTimeout(() => server.closeAllConnections(), 3_000);
  return closed.finally(() => clearTimeout(limit));
}
