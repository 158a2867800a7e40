/**
 * The first register of a demonstration's municipality: its organisations, people in office with an act of appointment,
 * and keys of the trial signer, signed with the organisations' recovery keys, which the signer holds as well.
 */
import { randomBytes } from "node:crypto";
import { readConnection } from "@/ledger/client/connection";
import { env } from "@/lib/env";
import { Origin } from "@/protocol/acts/origins";
import { foundingText } from "@/protocol/acts/recovery-texts";
import { type Act, mspIds, type Organisation, organisations, type Role } from "@/protocol/primitives";
import type { InputOf } from "@/protocol/transactions";
import type { Register } from "@/protocol/transactions/register";
import type { SignerDesk } from "@/services/signer/desk-client";
import type { Memory } from "./story";

/** Somebody of an organisation, with what they hold there. */
export type Official = {
  /** Id at the trial identity provider. */
  account: string;
  person: string;
  name: string;
  organisation: Organisation;
  offices: readonly { role: Role; district?: number | null }[];
};

export type Registering = {
  municipality: string;
  officials: readonly Official[];
  /** First day of every office. */
  from: string;
  appointment: Act;
  /** Ids that are made up, the same when it is done again. */
  memory: Memory;
  idOf(step: string): string;
};

/** Where the site has no name that a passkey can be bound to, the signer signs for this one all the same. */
const nameless = "http://localhost";

/** Asks the signer for everybody's key. @throws DeskError */
export async function makeRegister(desk: SignerDesk, given: Registering): Promise<Register> {
  const { municipality, officials, from, appointment, memory, idOf } = given;
  const origin = Origin.safeParse(env.ORIGIN).success ? env.ORIGIN : nameless;
  const make = async () => randomBytes(16).toString("hex");
  return {
    founding: await memory.once(`${municipality} founding`, make),
    organisations: await Promise.all(
      organisations.map(async (part) => ({
        ...{ part, mspId: mspIds[part], origin },
        recoveryKey: await desk.recoveryKey(part),
      })),
    ),
    offices: officials.flatMap(({ account, person, organisation, offices }) =>
      offices.map(({ role, district }) => ({
        ...{ id: idOf(`office ${account} ${role}`), person, organisation, role, from, act: appointment },
        ...(typeof district === "number" && { district: String(district) }),
      })),
    ),
    passkeys: await Promise.all(
      officials.map(({ offices: _, ...owner }) => desk.passkey({ municipality, origin, ...owner })),
    ),
  };
}

type Founding = InputOf<"municipality:found"> | InputOf<"municipality:introduceRegister">;

/** The signatures of all organisations over a founding. */
export async function signFounding(
  desk: SignerDesk,
  founding: Omit<Founding, "signatures" | "command">,
): Promise<Founding["signatures"]> {
  const { channel } = await readConnection(env.LEDGER_CONNECTION);
  const text = foundingText(channel, { ...founding, command: "", signatures: [] } as Founding);
  return Promise.all(
    organisations.map(async (part) => ({ part, signature: await desk.signRecovery(part, text) })),
  );
}
