import "reflect-metadata";
import { resolve } from "node:path";
import { people } from "@/chaincode/testing/people";
import { keyOf } from "@/chaincode/testing/register";
import { foundingOnLedger, recoveryKeysOnLedger } from "@/tests/chaincode/founding";
import { LedgerCity } from "@/tests/chaincode/ledger-city";
import { type EmbeddedLedger, startEmbedded } from "@/tests/conformance/embedded";
import { newPerson, organisationOf } from "@/tests/fabric/people";
import { openSession, type Put, round, run } from "./ledger/clients";
import { childrenOf, cpuMsOf, ownCpuMs } from "./ledger/processor-time";
import { documentInput, recordDocument, signedDocument, signer } from "./ledger/signed-documents";

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
const warmUp = { clients: 100, transactions: 6_000 };
const every = [warmUp, ...runs].reduce((sum, { transactions }) => sum + transactions, 0);

/** The embedded ledger, its chaincode and the clients, all on this machine. */
export default async function measure(): Promise<{
  /** The conformance chaincode, which writes one key and checks nothing. */
  runs: readonly LedgerFigures[];
  /** The contracts in a founded municipality: acts that were signed before, carried by the Comune's service. */
  acts: readonly LedgerFigures[];
}> {
  return { runs: await onLedger({}, plainPuts), acts: await onLedger(contracts, carriedActs) };
}

const contracts = {
  chaincodeDir: resolve("chaincode"),
  env: { COCITY_RECOVERY_KEYS: recoveryKeysOnLedger.join(",") },
};

type Writing = { put: Put; close(): void };

async function plainPuts({ connection }: EmbeddedLedger): Promise<Writing> {
  return openSession(connection, await newPerson(organisationOf(connection, "comune"), "officer"));
}

async function carriedActs({ connection }: EmbeddedLedger): Promise<Writing> {
  const city = LedgerCity.on(connection);
  await city.submit(people.service, "municipality:found", foundingOnLedger());
  await city.close();
  const key = keyOf(signer.person);
  // A person's device signs, not what is measured here.
  const signed = Array.from({ length: every }, (_, index) =>
    JSON.stringify(signedDocument(key, documentInput(`document-${index}`))),
  );
  const session = openSession(
    connection,
    await newPerson(organisationOf(connection, "comune"), "service", signer.municipality),
  );
  return {
    put: () => session.submit(recordDocument, signed.pop() ?? ""),
    close: session.close,
  };
}

async function onLedger(
  options: Parameters<typeof startEmbedded>[0],
  open: (ledger: EmbeddedLedger) => Promise<Writing>,
): Promise<LedgerFigures[]> {
  const ledger = await startEmbedded(options);
  try {
    const { put, close } = await open(ledger);
    // The chaincode, and what compiled the ledger for this start.
    const children = await childrenOf(ledger.pid);
    const chaincodeCpuMs = async () =>
      (await Promise.all(children.map(cpuMsOf))).reduce((sum, ms) => sum + ms, 0);
    await run(put, warmUp.clients, warmUp.transactions, "warm");
    const figures: LedgerFigures[] = [];
    for (const { clients, transactions } of runs) {
      const before = [await cpuMsOf(ledger.pid), await chaincodeCpuMs(), ownCpuMs()] as const;
      const timed = await run(put, clients, transactions, `key-${clients}`);
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
    close();
    return figures;
  } finally {
    await ledger.stop();
  }
}
