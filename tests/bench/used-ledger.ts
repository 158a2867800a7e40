import { startEmbedded } from "@/tests/conformance/embedded";
import { newPerson, organisationOf } from "@/tests/fabric/people";
import { openSession, type Pace, type Put, round, run } from "./ledger/clients";
import { askable, type HeldMemory, heldBy, residentMbOf } from "./ledger/held-memory";
import { childrenOf, cpuMsOf } from "./ledger/processor-time";

export const needs = "contracts";
/** It takes minutes: only when it is asked for by name. */
export const onlyByName = true;

const clients = 100;
/** What runs for days has long been compiled; a start is measured elsewhere. */
const warmUp = 2_000;
const measured = 10_000;
const used = 200_000;
const step = 20_000;

interface Stretch extends Pace {
  /** Transactions on the ledger before this stretch. */
  readonly after: number;
  /** Processor time of the ledger that a transaction cost, which other work on the machine bears on less. */
  readonly ledgerCpuMsEach: number;
}

interface Memory {
  readonly after: number;
  readonly ledger: HeldMemory;
  readonly chaincodeResidentMb: number;
}

/** Transactions a second, and the memory held, on a ledger with few transactions and on one with many, in one run. */
export default async function measureUsed(): Promise<object> {
  const ledger = await startEmbedded({ env: askable });
  try {
    const person = await newPerson(organisationOf(ledger.connection, "comune"), "officer");
    const session = openSession(ledger.connection, person);
    let onLedger = 0;
    const stretch = async (put: Put, transactions: number): Promise<Stretch> => {
      const after = onLedger;
      const before = await cpuMsOf(ledger.pid);
      const pace = await run(put, clients, transactions, `key-${after}`);
      onLedger += transactions;
      const cpu = (await cpuMsOf(ledger.pid)) - before;
      return { after, ...pace, ledgerCpuMsEach: round(cpu / transactions, 100) };
    };
    const memory: Memory[] = [];
    const look = async () => {
      // The chaincode, and what compiled the ledger for this start.
      const children = await Promise.all((await childrenOf(ledger.pid)).map(residentMbOf));
      const held = {
        after: onLedger,
        ledger: await heldBy(ledger),
        chaincodeResidentMb: Math.max(...children),
      };
      memory.push(held);
      console.error(JSON.stringify(held));
    };
    await stretch(session.put, warmUp);
    const fresh = await stretch(session.put, measured);
    await look();
    const between: Stretch[] = [];
    while (onLedger < used) {
      between.push(await stretch(session.put, Math.min(step, used - onLedger)));
      await look();
    }
    const worn = await stretch(session.put, measured);
    session.close();
    return {
      clients,
      fresh,
      between,
      used: worn,
      memory,
      ratio: round(worn.perSecond / fresh.perSecond, 100),
      cpuRatio: round(worn.ledgerCpuMsEach / fresh.ledgerCpuMsEach, 100),
    };
  } finally {
    await ledger.stop();
  }
}
