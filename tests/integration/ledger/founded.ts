/** A municipality founded on a ledger with its register of people in office, whose keys are in memory. */
import { createHash, randomUUID } from "node:crypto";
import type { Authenticator, Said } from "@/chaincode/testing/authenticator";
import type { Input, Teller } from "@/chaincode/testing/city";
import { registration } from "@/chaincode/testing/founding-inputs";
import { people, torino } from "@/chaincode/testing/people";
import {
  channel,
  founding,
  keyOf,
  officeOf,
  passkeyOf,
  recoveryKeys,
  signedWith,
  signers,
} from "@/chaincode/testing/register";
import { municipalService, signerOf } from "@/ledger/client/identities/services";
import { type Command, enqueue } from "@/ledger/client/outbox/enqueue";
import { type Recorded, submitAndWait, waitFor } from "@/ledger/client/outbox/wait";
import type { Viewer } from "@/lib/permissions";
import type { Assertion } from "@/protocol/acts/carried";
import { foundingText } from "@/protocol/acts/recovery-texts";
import { actBytes, actListBytes } from "@/protocol/acts/signed-act";
import { type Actor, mspIds, type Organisation, organisations } from "@/protocol/primitives";
import type { InputOf, TransactionName } from "@/protocol/transactions";
import type { FreshDatabase } from "../database";

/** Where everybody signs: organisations of a trial may share it. */
export const origin = "http://localhost:3000";

type Database = Pick<FreshDatabase, "db">;

/** What the endorsers of a ledger have to know of the recovery keys. */
export const knownRecoveryKeys = organisations
  .map((part) => `${mspIds[part]}:${sha256(Buffer.from(recoveryKeys[part].spki, "base64"))}`)
  .join(",");

/** Makes an embedded ledger that is started from now on know the recovery keys. */
export function configureRecoveryKeys(): void {
  process.env.COCITY_RECOVERY_KEYS = knownRecoveryKeys;
}

/**
 * Founds Torino as a trial, with everybody of the story and these others in office; a worker must be running.
 * @param on the chain's first day
 */
export async function foundTorino(
  world: Database,
  others: readonly Actor[] = [],
  on = registration().day,
): Promise<void> {
  const settings = { challengeDays: 0, objectionDays: 0, votingDays: 0 };
  await found(world, {
    ...{ municipality: torino, ...registration(settings), day: on },
    ...{ inOffice: [...signers, ...others], originOf: () => origin },
  });
}

type Founding = Omit<InputOf<"municipality:found">, "command" | "register" | "signatures"> & {
  inOffice: readonly Actor[];
  originOf: (part: Organisation) => string;
};

/** Founds a municipality with its people in office; a worker must be running. */
export async function found(
  { db }: Database,
  { inOffice, originOf, ...registered }: Founding,
): Promise<void> {
  const { municipality } = registered;
  const unsigned = {
    ...registered,
    register: {
      founding,
      organisations: organisations.map((part) => ({
        ...{ part, mspId: mspIds[part], origin: originOf(part), recoveryKey: recoveryKeys[part].spki },
      })),
      offices: inOffice.map((actor) => since(officeOf(actor), registered.day)),
      passkeys: inOffice.map(({ person }) => passkeyOf(person)),
    },
  };
  const command = randomUUID();
  const text = foundingText(channel, { ...unsigned, command, signatures: [] });
  await submitAndWait(db, {
    id: command,
    transaction: "municipality:found",
    input: { ...unsigned, signatures: signedWith(text, organisations) },
    signer: signerOf(municipalService(municipality)),
    subject: { type: "municipality", id: municipality },
  });
}

/** An office that is held from the chain's first day on. */
function since(office: ReturnType<typeof officeOf>, day: string) {
  return day < office.from ? { ...office, from: day, act: { ...office.act, date: day } } : office;
}

/** A person of the register as they look at a page. */
export function viewerOf({ person, role, organisation, municipality }: Actor): Viewer {
  return {
    ...{ id: person, name: person, language: "it" },
    roles: [{ municipality, organisation, role }],
  };
}

/** One gesture over acts, with a key in memory. */
export function assertionOf(
  texts: readonly string[],
  key: Authenticator,
  said: Partial<Said> = {},
): Assertion {
  const digests = texts.map((text) => sha256(actBytes(text))).sort();
  const [only] = texts;
  const bytes = texts.length === 1 && only !== undefined ? actBytes(only) : actListBytes(digests);
  return key.assert(bytes, { origin, rpId: "localhost", ...said });
}

/** Prepares acts of a person as the signing page does, signs them with one gesture, and hands them in. */
export async function signActs(actor: Actor, ids: readonly string[]): Promise<void> {
  const { acceptSignature } = await import("@/features/acts/service");
  await acceptSignature(viewerOf(actor), actor.municipality, await prepareAndSign(actor, ids));
}

/** The same without handing the signature in. */
export async function prepareAndSign(actor: Actor, ids: readonly string[]) {
  const { prepareActs } = await import("@/features/acts/service");
  const { acts } = await prepareActs(viewerOf(actor), actor.municipality, ids, origin);
  const texts = acts.map(({ text }) => text);
  return { texts, assertion: assertionOf(texts, keyOf(actor.person)) };
}

/** Queues a transaction of somebody and, where it is an act, signs it, and waits until the tables show it. */
export async function submitSigned<T extends TransactionName>(
  { db }: Database,
  actor: Actor,
  command: Command<T>,
): Promise<Recorded> {
  const id = await db.$transaction((tx) => enqueue(tx, command));
  const { status } = await db.outboxItem.findUniqueOrThrow({ where: { id } });
  if (status === "to_sign") await signActs(actor, [id]);
  return waitFor(db, id);
}

/** The story of the chaincode's own tests, told by people who sign, through outbox, ledger and projection. */
export class FoundedCity implements Teller {
  constructor(private readonly world: Database) {}

  async submit<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<Recorded> {
    const { municipality, organisation, role, person } = actor;
    const id = "id" in input && typeof input.id === "string" ? input.id : municipality;
    return submitSigned(this.world, actor, {
      transaction: name,
      input: { municipality, ...input } as Omit<InputOf<T>, "command">,
      signer: { organisation, role, person },
      subject: { type: name.split(":")[0] ?? "", id },
    });
  }

  async advanceTo(day: string): Promise<void> {
    await this.submit(people.service, "municipality:advanceDay", { day });
  }

  /** Certificates here have keys of their own. */
  holdsKey(): never {
    throw new Error("a certificate's key cannot be chosen here");
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
