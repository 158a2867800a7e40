import { createServer } from "node:net";
import { StartFailure } from "./failure";
import { words } from "./words";

/**
 * @param variable that chooses the port
 * @throws StartFailure with a sentence when nothing could listen there.
 */
export async function checkPort(
  host: string,
  port: number,
  variable: "PORT" | "SIGNER_PORT" = "PORT",
): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") throw new StartFailure(words.failed.portBusy(host, port, variable));
    if (code === "EACCES") throw new StartFailure(words.failed.portDenied(port));
    throw new StartFailure(words.failed.hostUnknown(host));
  }
  await new Promise<void>((closed) => server.close(() => closed()));
}
