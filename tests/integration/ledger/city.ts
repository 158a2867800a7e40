import { createPublicKey, randomUUID, X509Certificate } from "node:crypto";
import type { Input, Teller } from "@/chaincode/testing/city";
import { VoterKey } from "@/chaincode/testing/keys";
import { people, torino } from "@/chaincode/testing/people";
import { drawAndOpen, round, withAdmitted } from "@/chaincode/testing/story";
import { signMessage } from "@/ledger/client/gateway/signature";
import { type Recorded, submitAndWait } from "@/ledger/client/outbox/wait";
import type { Actor } from "@/protocol/primitives";
import { admissionBytes } from "@/protocol/signing";
import type { InputOf, TransactionName } from "@/protocol/transactions";
import type { FreshDatabase } from "../database";
import type { RunningLedger, World } from "./world";

/** The story of the chaincode's own tests, told through outbox, ledger and projection. */
export class OutboxCity implements Teller {
  constructor(private readonly world: Pick<World<RunningLedger>, "db">) {}

  async submit<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<Recorded> {
    const { municipality, organisation, role, person } = actor;
    const id = "id" in input && typeof input.id === "string" ? input.id : municipality;
    return submitAndWait(this.world.db, {
      transaction: name,
      input: { municipality, ...input } as Omit<InputOf<T>, "command">,
      signer: { organisation, role, person },
      subject: { type: name.split(":")[0] ?? "", id },
    });
  }

  async advanceTo(day: string): Promise<void> {
    await this.submit(people.service, "municipality:advanceDay", { day });
  }

  /** Certificates here have keys of their own: the steps in which a registrar brings one are told below. */
  holdsKey(): never {
    throw new Error("a certificate's key cannot be chosen here");
  }
}

/** Registers Torino on the ledger; a worker must be running. */
export async function registerTorino({ db }: Pick<FreshDatabase, "db">): Promise<void> {
  await submitAndWait(db, {
    transaction: "municipality:register",
    input: {
      municipality: torino,
      name: "Torino",
      casaBody: "Rete delle Case del Quartiere",
      settings: {
        leastAge: 16,
        longestPactYears: 9,
        challengeDays: 0,
        publishGrantsAboveCents: 100_000,
        cigRequired: true,
        objectionDays: 0,
        votingDays: 0,
      },
      trial: true,
      day: "2026-01-01",
    },
    signer: { person: "administrator-1", organisation: "Comune", role: "administrator" },
    subject: { type: "municipality", id: torino },
  });
}

/** A round of Torino open for as many voters. */
export async function openRound(
  world: Pick<World<RunningLedger>, "db" | "access">,
  voters: readonly VoterKey[],
): Promise<void> {
  const city = new OutboxCity(world);
  await withAdmitted(city, ["garden", "square"]);
  await city.submit(
    people.officer,
    "rounds:freeze",
    round(["garden", "square"], { rollSize: voters.length }),
  );
  await drawAndOpen(city);
  const { signatory } = await world.access.identities.signatory(people.caseRegistrar);
  const publicKey = createPublicKey(
    new X509Certificate(signatory.certificatePem).publicKey.export({ format: "pem", type: "spki" }),
  )
    .export({ format: "der", type: "spki" })
    .toString("base64");
  await city.submit(people.caseRegistrar, "municipality:registerSigningKey", { id: "case-key", publicKey });
  for (let start = 0; start < voters.length; start += 200) {
    const admissions = voters
      .slice(start, start + 200)
      .map(({ publicKey: key }, index) => ({ slot: start + index + 1, key }));
    const message = admissionBytes(torino, "round-2026", admissions);
    await city.submit(people.registrar, "rounds:admit", {
      round: "round-2026",
      admissions,
      cosigner: "case-key",
      cosignature: Buffer.from(signMessage(signatory.key, message)).toString("base64"),
    });
  }
}

export function newVoters(count: number): VoterKey[] {
  return Array.from({ length: count }, () => new VoterKey(randomUUID()));
}
