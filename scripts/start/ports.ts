import { createServer } from "node:net";
import { StartFailure } from "./failure";
import { words } from "./words";

/** @throws StartFailure with a sentence when the site could not listen there. */
export async function checkPort(host: string, port: number): Promise<void> {
  try {
    await listen(host, port);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") throw new StartFailure(words.failed.portBusy(host, port));
    if (code === "EACCES") throw new StartFailure(words.failed.portDenied(port));
    throw new StartFailure(words.failed.hostUnknown(host));
  }
}

/** Ports of loopback that are free now. They stay the same while the supervisor runs, also across restarts. */
export async function freePorts<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const servers = await Promise.all(names.map(() => open("127.0.0.1", 0)));
  const entries = names.map((name, index) => [name, servers[index]?.port]);
  await Promise.all(servers.map(({ close }) => close()));
  return Object.fromEntries(entries) as Record<Name, number>;
}

async function listen(host: string, port: number): Promise<void> {
  await (await open(host, port)).close();
}

function open(host: string, port: number): Promise<{ port: number; close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const close = () => new Promise<void>((closed) => server.close(() => closed()));
      resolve({ port: typeof address === "object" && address ? address.port : port, close });
    });
  });
}
