import { PartClient } from "@/lib/part-client";
import { type PartOptions, type RunningPart, runPart } from "../sealed/part";
import { Rounds } from "../sealed/rounds";
import { PartSecret } from "../sealed/secrets";
import { ServiceKeys } from "../sealed/service-keys";
import { openStore } from "../sealed/store";
import { CopyKeeping } from "./copies";
import { PassingOn } from "./passing-on";
import { Relay } from "./relay";
import { relayRoutes } from "./routes";
import { RelayStore, relaySchema } from "./store";

export interface RelayPartOptions extends PartOptions {
  /** Path of a socket or origin of a server. */
  readonly copyKeeper: string;
  readonly opener: string;
}

export function startRelay(options: RelayPartOptions): Promise<RunningPart> {
  const { ledger, now = Date.now } = options;
  const file = openStore(options.folder, relaySchema);
  const store = new RelayStore(file);
  const keys = new ServiceKeys("relay", new PartSecret(options.secret));
  const rounds = new Rounds(ledger, now);
  const copies = new CopyKeeping(new PartClient(options.copyKeeper), store, keys, now);
  const passing = new PassingOn(new PartClient(options.opener), store, keys);
  const relay = new Relay({ store, keys, rounds, copies, passing, now });
  const work = async () => {
    await rounds.workOnEach((round) => keys.offer(round, ledger));
    await relay.work();
  };
  return runPart("relay", options, file, relayRoutes(relay, store), work, () => relay.settle());
}
