/** From a prepared recovery, with its people's keys and the signatures of two organisations, to the ledger. */
import { municipalService, signerOf } from "@/ledger/client/identities/services";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { type Recorded, waitFor } from "@/ledger/client/outbox/wait";
import { db } from "@/lib/db";
import { recoveryText } from "@/protocol/acts/recovery-texts";
import type { InputOf } from "@/protocol/transactions";
import type { MadeKey } from "../found/description";
import { inputOfSignatures, type Signatures } from "../found/signatures";
import type { Preparation } from "./description";

type Name = "recovery:propose" | "recovery:complete";

/** What the recovery keys sign, byte for byte. */
export function textToSign(
  channel: string,
  { founding, command, plan }: Preparation,
  passkeys: readonly MadeKey[],
): string {
  return recoveryText(channel, founding, { ...plan, passkeys: [...passkeys], command, signatures: [] });
}

/** @throws NotRecordedError with the chaincode's refusal, StillWaitingError where no worker sends it */
export function proposeRecovery(
  { command, plan }: Preparation,
  passkeys: readonly MadeKey[],
  signatures: Signatures,
): Promise<Recorded> {
  const input = { ...plan, passkeys: [...passkeys], signatures: inputOfSignatures(signatures) };
  return tell("recovery:propose", command, input);
}

/** @throws the same; before its day the refusal is `too_early` */
export function completeRecovery({
  completeCommand,
  plan: { municipality, id },
}: Preparation): Promise<Recorded> {
  return tell("recovery:complete", completeCommand, { municipality, id });
}

/** Asks for it once; what was refused is asked for again. */
async function tell<T extends Name>(
  transaction: T,
  command: string,
  input: Omit<InputOf<T>, "command"> & { municipality: string; id: string },
): Promise<Recorded> {
  const { municipality, id } = input;
  await db.outboxItem.deleteMany({ where: { id: command, status: "failed" } });
  await once(command, (tx) =>
    enqueue(tx, {
      ...{ id: command, transaction, input },
      signer: signerOf(municipalService(municipality)),
      subject: { type: "recovery", id },
    }),
  );
  return waitFor(db, command, { timeoutMs: 120_000 });
}
