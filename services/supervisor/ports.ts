import { createServer } from "node:net";
import { StartFailure } from "./failure";
import { words } from "./words";

/** @throws StartFailure with a sentence when the site could not listen there. */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") throw new StartFailure(words.failed.portBusy(host, port));
    if (code === "EACCES") throw new StartFailure(words.failed.portDenied(port));
    throw new StartFailure(words.failed.hostUnknown(host));
  }
  await new Promise<void>((closed) => server.close(() => closed()));
}
