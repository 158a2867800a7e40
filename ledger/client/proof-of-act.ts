/** By what right a transaction is somebody's: their passkey's signature, the word of the Comune, or a certificate. */
import { type Carried, readCarried } from "../../protocol/acts/carried";
import { readSignedAct } from "../../protocol/acts/signed-act";
import { RuleError } from "../../protocol/errors";
import type { Event } from "../../protocol/events";
import type { Transaction } from "../evidence/types";
import type { LedgerGateway } from "./gateway";
import { verifyGesture } from "./gesture";

/** What stands behind the actor of a transaction. */
export type SignedWith = "passkey" | "vouched" | "certificate";

export interface ProofOfAct {
  readonly signedWith: SignedWith;
  /** The act is about this very transaction and signed by its actor; null where there is none. */
  readonly act: boolean | null;
}

/** Reads what was carried out of the transaction itself and checks the signature once more, against the register's key. */
export async function proveAct(
  gateway: LedgerGateway,
  { action }: Transaction,
  event: Event,
): Promise<ProofOfAct> {
  const carried = carriedIn(Buffer.from(action?.args[0] ?? new Uint8Array()).toString("utf8"));
  if (carried === "unreadable") return { signedWith: "certificate", act: false };
  // A program is its certificate, as everybody was before people signed acts.
  if (carried === undefined || carried.by === "service") return { signedWith: "certificate", act: null };
  if (carried.by === "resident") {
    const isTheirs = carried.person === event.actor.person && event.actor.role === "resident";
    return { signedWith: "vouched", act: isTheirs ? null : false };
  }
  return { signedWith: "passkey", act: await isActOf(gateway, carried, event) };
}

async function isActOf(
  gateway: LedgerGateway,
  carried: Extract<Carried, { by: "act" }>,
  { actor, command, signed, transaction }: Event,
): Promise<boolean> {
  try {
    const act = readSignedAct(carried.act);
    const { passkey, act: digest } = await verifyGesture(gateway, actor, carried);
    return (
      act.transaction === transaction &&
      act.municipality === actor.municipality &&
      act.person === actor.person &&
      act.role === actor.role &&
      act.input.command === command &&
      passkey.organisation === actor.organisation &&
      signed?.act === digest &&
      signed.passkey === passkey.id
    );
  } catch (error) {
    if (error instanceof RuleError) return false;
    throw error;
  }
}

function carriedIn(argument: string): Carried | "unreadable" | undefined {
  try {
    return readCarried(argument);
  } catch (error) {
    if (error instanceof RuleError) return "unreadable";
    throw error;
  }
}
