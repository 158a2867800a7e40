import { type PartOptions, type RunningPart, runPart } from "../sealed/part";
import { Rounds } from "../sealed/rounds";
import { PartSecret } from "../sealed/secrets";
import { ServiceKeys } from "../sealed/service-keys";
import { openStore } from "../sealed/store";
import { CopyKeeper, copyKeeperSchema } from "./copy-keeper";
import { copyKeeperRoutes } from "./routes";

export function startCopyKeeper(options: PartOptions): Promise<RunningPart> {
  const { ledger, now } = options;
  const store = openStore(options.folder, copyKeeperSchema);
  const keys = new ServiceKeys("copy-keeper", new PartSecret(options.secret));
  const rounds = new Rounds(ledger, now);
  const keeper = new CopyKeeper(store, keys, rounds, now);
  return runPart("copy-keeper", options, store, copyKeeperRoutes(keeper), () =>
    rounds.workOnEach((round) => keys.offer(round, ledger)),
  );
}
