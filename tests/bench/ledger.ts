import { startEmbedded } from "@/tests/conformance/embedded";
import { newPerson, organisationOf } from "@/tests/fabric/people";
import { openSession, round, run } from "./ledger/clients";
import { childrenOf, cpuMsOf, ownCpuMs } from "./ledger/processor-time";

export const needs = "contracts";

/** Clients that each wait for their transaction to be committed before they send the next. */
interface LedgerFigures {
  readonly clients: number;
  readonly transactions: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Processor time that a transaction cost in each process, which other work on the machine bears on less. */
  readonly cpuMsEach: { readonly ledger: number; readonly chaincode: number; readonly clients: number };
}

const runs = [
  { clients: 1, transactions: 300 },
  { clients: 100, transactions: 5_000 },
] as const;
/** What runs for days has long been compiled; a start is measured elsewhere. */
const warmUp = { clients: 100, transactions: 2_000 };

/** The embedded ledger with the conformance chaincode and the clients, all on this machine. */
export default async function measure(): Promise<{ runs: readonly LedgerFigures[] }> {
  const ledger = await startEmbedded();
  try {
    const person = await newPerson(organisationOf(ledger.connection, "comune"), "officer");
    const session = openSession(ledger.connection, person);
    // The chaincode, and what compiled the ledger for this start.
    const children = await childrenOf(ledger.pid);
    const chaincodeCpuMs = async () =>
      (await Promise.all(children.map(cpuMsOf))).reduce((sum, ms) => sum + ms, 0);
    await run(session.put, warmUp.clients, warmUp.transactions, "warm");
    const figures: LedgerFigures[] = [];
    for (const { clients, transactions } of runs) {
      const before = [await cpuMsOf(ledger.pid), await chaincodeCpuMs(), ownCpuMs()] as const;
      const timed = await run(session.put, clients, transactions, `key-${clients}`);
      const each = (now: number, then: number) => round((now - then) / transactions, 100);
      figures.push({
        clients,
        transactions,
        ...timed,
        cpuMsEach: {
          ledger: each(await cpuMsOf(ledger.pid), before[0]),
          chaincode: each(await chaincodeCpuMs(), before[1]),
          clients: each(ownCpuMs(), before[2]),
        },
      });
    }
    session.close();
    return { runs: figures };
  } finally {
    await ledger.stop();
  }
}
