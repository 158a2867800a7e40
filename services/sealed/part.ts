/** What every part is started with, and what it is once it runs. */
import type { Route } from "./http";
import { createPartServer, json } from "./http";
import type { SealedLedger } from "./ledger";
import { closeServer, listen } from "./listen";
import type { Store } from "./store";
import { keepWorking } from "./work";

export interface PartOptions {
  /** Where the part keeps what it keeps. */
  readonly folder: string;
  /** 32 bytes in hexadecimal, of this part alone. */
  readonly secret: string;
  /** Where it is asked: path of a socket or `127.0.0.1:PORT`. */
  readonly listen: string;
  readonly ledger: SealedLedger;
  readonly now?: () => number;
  /** Between two looks at what is due. */
  readonly pauseMs?: number;
}

export interface RunningPart {
  close(): Promise<void>;
}

const PAUSE_MS = 5_000;

/** @param settle ends what the part does in the background */
export async function runPart(
  name: string,
  { listen: target, pauseMs = PAUSE_MS }: PartOptions,
  store: Store,
  routes: readonly Route[],
  work: () => Promise<void>,
  settle: () => Promise<void> = async () => undefined,
): Promise<RunningPart> {
  const alive: Route = { method: "GET", path: /^\/v1\/alive$/, handle: () => json({ part: name }) };
  const server = createPartServer([...routes, alive]);
  await listen(server, target);
  const stopping = new AbortController();
  const working = keepWorking(name, pauseMs, stopping.signal, work);
  return {
    async close() {
      stopping.abort();
      await closeServer(server);
      await working;
      await settle();
      store.close();
    },
  };
}
