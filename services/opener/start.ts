import { type PartOptions, type RunningPart, runPart } from "../sealed/part";
import { Rounds } from "../sealed/rounds";
import { PartSecret } from "../sealed/secrets";
import { ServiceKeys } from "../sealed/service-keys";
import { openStore } from "../sealed/store";
import { Opener } from "./opener";
import { Receiving } from "./receiving";
import { openerRoutes } from "./routes";
import { OpenerStore, openerSchema } from "./store";

export function startOpener(options: PartOptions): Promise<RunningPart> {
  const { ledger, now } = options;
  const file = openStore(options.folder, openerSchema);
  const store = new OpenerStore(file);
  const keys = new ServiceKeys("opener", new PartSecret(options.secret));
  const rounds = new Rounds(ledger, now);
  const opener = new Opener({ store, keys, rounds, ledger, now });
  return runPart("opener", options, file, openerRoutes(new Receiving(store, keys, rounds)), () =>
    opener.work(),
  );
}
