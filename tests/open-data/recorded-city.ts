/** A city in memory that keeps what each transaction left, as the projection does of blocks. */
import { City, type Input } from "@/chaincode/testing/city";
import { people } from "@/chaincode/testing/people";
import { storyFounding } from "@/chaincode/testing/register";
import type { LedgerRecord, Process, Step } from "@/features/open-data/ocds/process";
import type { Event } from "@/protocol/events";
import type { Actor } from "@/protocol/primitives";
import type { TransactionName } from "@/protocol/transactions";

export class RecordedCity extends City {
  readonly steps: Step[] = [];
  readonly events: { txId: string; time: Date; event: Event }[] = [];

  static override async founded(): Promise<RecordedCity> {
    const city = new RecordedCity();
    await city.submit(people.service, "municipality:found", storyFounding());
    return city;
  }

  override async submit<T extends TransactionName>(
    actor: Actor,
    name: T,
    input: Input<T>,
  ): ReturnType<City["submit"]> {
    const simulated = await super.submit(actor, name, input);
    const { event, txId } = simulated;
    this.events.push({ txId, time: new Date(this.now), event: event as Event });
    this.steps.push({
      transactionId: txId,
      time: new Date(this.now),
      day: event.day,
      records: event.entries.map(({ type, record }) => ({ type, record }) as LedgerRecord),
    });
    return simulated;
  }
}

export function process(changes: Partial<Process> = {}): Process {
  return {
    ocid: "ocds-213czf-001272-call-2026",
    call: "call-2026",
    municipality: { istatCode: "001272", name: "Torino", ipaCode: "c_l219" },
    words: {
      call: { title: "Avviso di prova", summary: "Per i beni comuni.", whoMay: "Chiunque." },
      subjects: new Map([["garden-friends", "Amici del giardino"]]),
      milestones: new Map([["commitment-1-m1", "Allestimento"]]),
      commons: new Map([["commons-garden", "Giardino"]]),
    },
    proofOf: (transaction) => `https://comune.example/torino/verifica/${transaction}`,
    ...changes,
  };
}
